package dev.gatemend.host;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.CompiledDefaults;
import dev.gatemend.nginx.config.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each nginx is told: its configuration, read through its own root, so that a container's
 * files are the container's. Where none runs, that of the nginx which should.
 */
public final class ConfigurationObserver implements Observer {
    /** For an nginx whose version is unknown: every directive our table knows exists in it. */
    private static final Version NEWEST = new Version(1, 31, 5);

    private final NginxBuilds builds;

    ConfigurationObserver(NginxBuilds builds) {
        this.builds = builds;
    }

    @Override
    public String name() {
        return "configuration";
    }

    /**
     * Ten thousand files are read in about a second; the whole diagnosis is to answer within ten.
     */
    @Override
    public Duration limit() {
        return Duration.ofSeconds(6);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        List<NginxMaster> masters = look.facts(NginxMaster.class).toList();
        for (NginxMaster master : masters) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            read(look, master);
        }
        look.facts(NginxInstallation.class)
                .filter(i -> i.expected().isPresent() || masters.isEmpty())
                .forEach(i -> read(look, i));
    }

    private void read(Look look, NginxMaster master) {
        Optional<Path> root = root(look, master);
        if (root.isEmpty() || !master.configuration().startsWith("/")) {
            return;
        }
        Optional<NginxCommandLine> line =
                master.commandLine().stream().findFirst().flatMap(NginxCommandLine::parse);
        NginxConfiguration configuration =
                ConfigurationReader.read(
                        new RootedFiles(root.get()),
                        master.configuration(),
                        master.prefix(),
                        master.version().orElse(NEWEST),
                        line.flatMap(NginxCommandLine::globals),
                        compiled(look, master, line.flatMap(NginxCommandLine::errorLog)));
        add(look, configuration.readBy(master.pid()), root.get());
    }

    private void read(Look look, NginxInstallation installation) {
        Path root = look.host().root();
        NginxConfiguration configuration =
                of(root, installation, build(look, installation.binary()));
        add(look, configuration, root);
    }

    /** The configuration of an nginx that does not run. */
    static NginxConfiguration of(Path root, NginxInstallation installation, NginxBuild build) {
        return ConfigurationReader.read(
                new RootedFiles(root),
                installation.configuration(),
                installation.prefix(),
                installation.version().orElse(NEWEST),
                Optional.empty(),
                build.compiled());
    }

    private static void add(Look look, NginxConfiguration configuration, Path root) {
        look.add(configuration, root.resolve(configuration.path().substring(1)).toString());
        List<String> unread =
                configuration.problems().stream()
                        .filter(problem -> !problem.fatal())
                        .map(problem -> problem.message())
                        .filter(message -> message.contains("could not be read"))
                        .toList();
        if (!unread.isEmpty()) {
            String more = unread.size() > 1 ? " (and " + (unread.size() - 1) + " more)" : "";
            look.couldNotLook(unread.getFirst() + more);
        }
    }

    /**
     * Without root a master's root is closed. Then our own has to serve, which shows the same
     * {@code /etc} unless the master runs in a container.
     */
    private static Optional<Path> root(Look look, NginxMaster master) {
        Path root = look.host().seenBy(master.pid(), "/");
        if (Files.isDirectory(root)) {
            return Optional.of(root);
        }
        if (master.container().isEmpty()) {
            return Optional.of(look.host().root());
        }
        look.couldNotLook(
                "the files of container "
                        + master.container().get()
                        + " that nginx "
                        + master.pid()
                        + " runs in; run with sudo");
        return Optional.empty();
    }

    /** {@code -e} stands in for the compiled-in error log ({@code ngx_process_options}). */
    private CompiledDefaults compiled(Look look, NginxMaster master, Optional<String> errorLog) {
        CompiledDefaults compiled = build(look, master).compiled();
        if (errorLog.isEmpty()) {
            return compiled;
        }
        Map<String, String> options = new HashMap<>(compiled.options());
        options.put("error-log-path", errorLog.get());
        return new CompiledDefaults(options);
    }

    private NginxBuild build(Look look, NginxMaster master) {
        try {
            return builds.of(look.host().proc().resolve(master.pid() + "/exe"));
        } catch (IOException e) {
            return build(look, master.binary());
        }
    }

    private NginxBuild build(Look look, String binary) {
        try {
            return builds.of(look.host().root().resolve(binary.replaceAll("^/+", "")));
        } catch (IOException e) {
            return NginxBuild.UNKNOWN;
        }
    }
}
