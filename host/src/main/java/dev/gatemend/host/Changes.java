package dev.gatemend.host;

import dev.gatemend.model.Change;
import dev.gatemend.model.Change.Kind;
import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was changed within the window, and shortly before it: nginx's files, what says how the
 * applications behind it are run, their directories, repositories and packages. It reads times and
 * the logs of those who changed something, and compares with nothing older.
 */
public final class Changes implements Observer {
    /** What failed when the window began may have been changed before. */
    private static final Duration BEFORE = Duration.ofMinutes(15);

    /** Git touches files before it notes the move of HEAD, and a checkout takes a while. */
    private static final Duration CHECKOUT = Duration.ofSeconds(30);

    private static final int MOST_NGINX_FILES = 2_000;
    private static final int MOST_DIRECTORIES = 24;
    private static final int MOST_LINKS = 200;
    private static final int MOST = 100;

    Changes() {}

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        if (look.facts(NginxConfiguration.class).findAny().isEmpty()) {
            return;
        }
        Window window = look.request().window();
        new Round(look, new Window(window.from().minus(BEFORE), window.to())).look();
    }

    /** One look. */
    private static final class Round {
        private final Look look;
        private final Window period;
        private final Set<String> seen = new HashSet<>();
        private int left = MOST_DIRECTORIES;

        Round(Look look, Window period) {
            this.look = look;
            this.period = period;
        }

        void look() throws InterruptedException {
            for (NginxConfiguration configuration : look.facts(NginxConfiguration.class).toList()) {
                ofNginx(configuration);
            }
            List<Deployment> deployments = Deployments.of(look);
            for (Deployment deployment : deployments) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                ofDefinitions(deployment);
                for (String directory : deployment.directories()) {
                    ofDirectory(directory, deployment);
                }
            }
            ofPackages(deployments);
        }

        private void add(Change change, String how) {
            if (seen.size() < MOST && seen.add(change.kind() + change.what() + change.at())) {
                look.add(change, how);
            }
        }

        /** A container's files are seen through its own root, and only their times of writing. */
        private void ofNginx(NginxConfiguration configuration) {
            List<NginxMaster> masters =
                    look.facts(NginxMaster.class).filter(configuration::isOf).toList();
            boolean here = masters.stream().allMatch(m -> m.container().isEmpty());
            Change.Part part =
                    new Change.Part(
                            List.of(), List.of(), masters.stream().map(NginxMaster::pid).toList());
            configuration.files().stream()
                    .limit(MOST_NGINX_FILES)
                    .forEach(
                            file ->
                                    touched(file, here)
                                            .ifPresent(
                                                    t ->
                                                            add(
                                                                    new Change(
                                                                            Kind.NGINX_FILE,
                                                                            file.path(),
                                                                            t.at(),
                                                                            t.detail(),
                                                                            part),
                                                                    "stat " + file.path())));
            Deployment nginx = new Deployment();
            nginx.masters().addAll(part.masters());
            if (here && configuration.path().startsWith("/etc/nginx/")) {
                checkouts(path("/etc/nginx"), nginx);
            }
        }

        private Optional<Touched> touched(ConfigurationFile file, boolean here) {
            Optional<Touched> written =
                    file.modified().filter(period::contains).map(at -> new Touched(at, true));
            return written.isPresent() || !here ? written : Touched.in(period, path(file.path()));
        }

        private void ofDefinitions(Deployment deployment) {
            for (String file : deployment.definitions()) {
                // PM2's is a directory, which it writes to all the time.
                if (!Files.isRegularFile(path(file))) {
                    continue;
                }
                Touched.in(period, path(file))
                        .ifPresent(
                                t ->
                                        add(
                                                new Change(
                                                        Kind.DEFINITION,
                                                        file,
                                                        t.at(),
                                                        t.detail(),
                                                        deployment.part()),
                                                "stat " + file));
            }
        }

        private void ofDirectory(String directory, Deployment deployment) {
            if (left-- <= 0) {
                return;
            }
            ofLinks(directory, deployment);
            Path path = path(directory);
            List<Instant> checkedOut = checkouts(path, deployment);
            try {
                for (ChangedFiles files :
                        Files.isDirectory(path)
                                ? ChangedFiles.in(path.toRealPath(), period)
                                : List.<ChangedFiles>of()) {
                    if (checkedOut.stream().noneMatch(at -> isOf(files, at))) {
                        add(
                                new Change(
                                        Kind.FILES,
                                        directory,
                                        files.at(),
                                        files.words(),
                                        deployment.part()),
                                "find %s -newermt -30min -ls".formatted(directory));
                    }
                }
            } catch (IOException e) {
                look.couldNotLook(directory + ": " + Because.of(e));
            }
        }

        /** The move that git noted tells of these files already. */
        private static boolean isOf(ChangedFiles files, Instant move) {
            return !files.at().isBefore(move.minus(CHECKOUT))
                    && !files.at().isAfter(move.plus(CHECKOUT));
        }

        private List<Instant> checkouts(Path directory, Deployment deployment) {
            List<Instant> moves = new ArrayList<>();
            try {
                GitHistory.of(look.host().root(), directory, period)
                        .ifPresent(
                                git ->
                                        git.moves()
                                                .forEach(
                                                        move -> {
                                                            moves.add(move.at());
                                                            checkout(git, move, deployment);
                                                        }));
            } catch (IOException e) {
                look.couldNotLook("git in " + named(directory) + ": " + Because.of(e));
            }
            return moves;
        }

        private void checkout(GitHistory git, GitHistory.Move move, Deployment deployment) {
            String repository = named(git.repository());
            add(
                    new Change(
                            Kind.CHECKOUT, repository, move.at(), move.words(), deployment.part()),
                    "git -C %s reflog --date=iso".formatted(repository));
        }

        /** Links on the way to it, and links beside it and above that lead to it. */
        private void ofLinks(String directory, Deployment deployment) {
            for (Path link : DeployedLinks.to(path(directory), look.host().root(), MOST_LINKS)) {
                Touched.in(period, link, LinkOption.NOFOLLOW_LINKS)
                        .ifPresent(t -> link(link, t, deployment));
            }
        }

        private void link(Path link, Touched touched, Deployment deployment) {
            try {
                add(
                        new Change(
                                Kind.LINK,
                                named(link),
                                touched.at(),
                                Files.readSymbolicLink(link).toString(),
                                deployment.part()),
                        "ls -l " + named(link));
            } catch (IOException e) {
                look.couldNotLook(named(link) + ": " + Because.of(e));
            }
        }

        private void ofPackages(List<Deployment> deployments) {
            PackageFiles files = new PackageFiles(look.host().root());
            try {
                for (PackageLog.Entry entry :
                        PackageLog.in(look.host().root(), period, look.request().zone())) {
                    Deployment users = new Deployment();
                    deployments.stream()
                            .filter(d -> files.isUsedBy(entry.name(), d))
                            .forEach(
                                    d -> {
                                        users.peers().addAll(d.peers());
                                        users.units().addAll(d.units());
                                        users.masters().addAll(d.masters());
                                    });
                    add(
                            new Change(
                                    Kind.PACKAGE,
                                    entry.name(),
                                    entry.at(),
                                    entry.words(),
                                    users.part()),
                            named(entry.log()));
                }
            } catch (IOException e) {
                look.couldNotLook("the log of the packages: " + Because.of(e));
            }
        }

        private Path path(String absolute) {
            return look.host().root().resolve(absolute.substring(1));
        }

        private String named(Path path) {
            return "/" + look.host().root().relativize(path);
        }
    }
}
