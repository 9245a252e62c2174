package dev.gatemend.host;

import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What nginx itself says of the files on disk. Asked only when something is the matter with them:
 * nginx does not run though it should or did a moment ago, it logged an emergency, the files are
 * newer than what it serves, or our own reading found them wrong.
 */
public final class NginxVerdict implements Observer {
    private static final Duration LIMIT = Duration.ofMillis(2_500);
    private static final int MOST = 4;

    private final NginxBuilds builds;

    NginxVerdict(NginxBuilds builds) {
        this.builds = builds;
    }

    @Override
    public String name() {
        return "nginx -t";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        int asked = 0;
        for (NginxConfiguration configuration : look.facts(NginxConfiguration.class).toList()) {
            Optional<NginxMaster> master = Served.by(look, configuration).stream().findFirst();
            if (asked < MOST && isInQuestion(look, configuration, master)) {
                asked++;
                Optional<DryRun> run =
                        master.isPresent()
                                ? of(look, master.get())
                                : installation(look, configuration).map(NginxVerdict::of);
                if (run.isPresent()) {
                    ask(look, configuration, run.get());
                }
            }
        }
    }

    private static boolean isInQuestion(
            Look look, NginxConfiguration configuration, Optional<NginxMaster> master) {
        boolean wrong = configuration.problems().stream().anyMatch(p -> p.fatal());
        if (master.isEmpty()) {
            return wrong
                    || installation(look, configuration)
                            .flatMap(NginxInstallation::expected)
                            .isPresent()
                    || wroteLately(look, configuration);
        }
        int pid = master.get().pid();
        boolean emergency =
                look.facts(ErrorGroup.class)
                        .filter(g -> g.nginx() == pid || g.nginx() == 0)
                        .anyMatch(g -> g.sample().level().filter("emerg"::equals).isPresent());
        boolean newer =
                master.get()
                        .workersSince()
                        .filter(
                                since ->
                                        configuration.files().stream()
                                                .flatMap(f -> f.modified().stream())
                                                .anyMatch(m -> m.isAfter(since)))
                        .isPresent();
        return wrong || emergency || newer;
    }

    /** It ran a moment ago, so that somebody may have tried to start it again. */
    private static boolean wroteLately(Look look, NginxConfiguration configuration) {
        Set<String> logs =
                configuration.logs().stream()
                        .flatMap(l -> l.file().stream())
                        .collect(Collectors.toSet());
        return look.facts(LogScan.class)
                .filter(s -> logs.contains(s.path()))
                .flatMap(s -> s.last().stream())
                .anyMatch(last -> !last.isBefore(look.request().window().from()));
    }

    private static Optional<NginxInstallation> installation(
            Look look, NginxConfiguration configuration) {
        return look.facts(NginxInstallation.class)
                .filter(i -> i.configuration().equals(configuration.path()))
                .findFirst();
    }

    private static DryRun of(NginxInstallation installation) {
        return new DryRun(
                installation.binary(),
                installation.version(),
                installation.configuration(),
                installation.prefix(),
                Optional.empty());
    }

    /**
     * Empty for a master in another mount namespace, whose files a program started here would not
     * find.
     */
    private static Optional<DryRun> of(Look look, NginxMaster master) {
        long own = NamespaceIds.of(look.host().proc(), "self", "mnt");
        if (master.namespaces().mount() != own && look.host().privileged()) {
            look.couldNotLook(
                    "nginx "
                            + master.pid()
                            + " sees other files than we do; try nginx -t inside "
                            + master.container()
                                    .map(c -> "container " + c)
                                    .orElse("its namespace"));
            return Optional.empty();
        }
        if (look.host().privileged() && !isRoots(look, master)) {
            look.couldNotLook(
                    "nginx "
                            + master.pid()
                            + " is not root's; try nginx -t as its user, -c "
                            + master.configuration());
            return Optional.empty();
        }
        Optional<String> globals =
                master.commandLine().stream()
                        .findFirst()
                        .flatMap(NginxCommandLine::parse)
                        .flatMap(NginxCommandLine::globals);
        return Optional.of(
                new DryRun(
                        master.binary(),
                        master.version(),
                        master.configuration(),
                        master.prefix(),
                        globals));
    }

    /** Anybody may call a process "nginx: master process -g load_module ...". */
    private static boolean isRoots(Look look, NginxMaster master) {
        try {
            Path process = look.host().proc().resolve(Integer.toString(master.pid()));
            return Integer.valueOf(0).equals(Files.getAttribute(process, "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    private void ask(Look look, NginxConfiguration configuration, DryRun run)
            throws InterruptedException {
        Optional<String> refusal = refusal(look, configuration, run);
        if (refusal.isPresent()) {
            look.couldNotLook(refusal.get());
            return;
        }
        try {
            Commands.Answer answer = look.host().commands().run(LIMIT, run.command());
            Optional<ConfigurationVerdict> verdict = run.verdict(answer);
            if (verdict.isPresent()) {
                look.add(verdict.get(), "nginx -t -c " + run.configuration());
            } else {
                look.couldNotLook(
                        "no verdict on "
                                + run.configuration()
                                + ": "
                                + answer.error().lines().findFirst().orElse("no answer"));
            }
        } catch (IOException e) {
            look.couldNotLook(e.getMessage() + "; try sudo nginx -t");
        }
    }

    /** Why it must not be asked; empty when it may be. */
    private Optional<String> refusal(Look look, NginxConfiguration configuration, DryRun run) {
        if (!look.host().privileged()) {
            return Optional.of("not asked about " + run.configuration() + "; run with sudo");
        }
        StrangersRights rights = new StrangersRights(look.host().root());
        // Reading everything is a right not to be lent to what another user could have put there.
        for (String path : new String[] {run.binary(), run.configuration()}) {
            if (!rights.onlyRootMade(path)) {
                return Optional.of(
                        path + " could be another user's making, so it is not run; try nginx -t");
            }
        }
        for (String path : opened(look, configuration, run)) {
            if (rights.couldWrite(path)) {
                return Optional.of(
                        "not asked, because it would create "
                                + path
                                + "; to ask all the same: sudo nginx -t -c "
                                + run.configuration());
            }
        }
        return Optional.empty();
    }

    /** What nginx opens before it has read its files to the end, or right then. */
    private List<String> opened(Look look, NginxConfiguration configuration, DryRun run) {
        List<String> paths = new ArrayList<>();
        Optional<NginxBuild> build = build(look, run.binary());
        paths.add(
                configuration
                        .main()
                        .value("pid")
                        .or(() -> build.map(b -> b.compiled().pid()))
                        .orElse("/tmp"));
        if (run.opensErrorLog()) {
            paths.add(build.map(b -> b.compiled().errorLog()).orElse("/tmp"));
        }
        return paths.stream()
                .filter(path -> !path.equals("stderr"))
                .map(path -> NginxPlaces.join(run.prefix(), path))
                .toList();
    }

    private Optional<NginxBuild> build(Look look, String binary) {
        try {
            Path file = look.host().root().resolve(binary.substring(1));
            return Files.exists(file) ? Optional.of(builds.of(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
