package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a scenario cannot do without. Each is a program on the path, or a right. */
public enum Need {
    ROOT("run as root", ""),
    NGINX("apt-get install nginx-light", "nginx"),
    PYTHON("apt-get install python3", "python3"),
    NODE("apt-get install nodejs", "node"),
    GUNICORN("apt-get install gunicorn", "gunicorn"),
    OPENSSL("apt-get install openssl", "openssl"),
    GIT("apt-get install git", "git"),
    /** Of whatever version; Debian has the version in the program's name. */
    PHP_FPM("apt-get install php-fpm", ""),
    UWSGI("apt-get install uwsgi-core uwsgi-plugin-python3", "uwsgi"),
    PUMA("apt-get install puma", "ruby puma"),
    JAVA("install a JDK", "java javac"),
    SUPERVISOR("apt-get install supervisor", "supervisord supervisorctl"),
    PM2("npm install --global pm2; in a clone, scripts/pm2.sh", "node pm2"),
    DOCKER("apt-get install docker.io", "dockerd docker"),
    /** A network namespace of the scenario's own, and a client inside it. */
    NAMESPACE("apt-get install iproute2 curl", "ip nsenter curl"),
    NFT("apt-get install nftables", "nft"),
    /** A mount namespace of a program's own. */
    MOUNTS("apt-get install util-linux mount", "unshare mount"),
    /** A host on which systemd is PID 1. */
    SYSTEMD(
            "apt-get install systemd-container mmdebstrap curl, and scripts/systemd-root.sh of a"
                    + " clone",
            "systemd-nspawn nsenter curl");

    /** Debian keeps nginx, ip and nft in sbin, which an ordinary user's PATH leaves out. */
    private static final List<String> ALSO_IN =
            List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin");

    /** The programs of the JDK that we run on. */
    private static final String OUR_OWN = System.getProperty("java.home") + "/bin";

    /** Where {@code scripts/pm2.sh} puts what Debian does not have. */
    private static final String FETCHED =
            System.getenv()
                            .getOrDefault(
                                    "XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache")
                    + "/gatemend/pm2/node_modules/.bin";

    private final String remedy;

    /** Blank-separated. */
    private final String programs;

    Need(String remedy, String programs) {
        this.remedy = remedy;
        this.programs = programs;
    }

    /** How to get what is missing; empty when it is there. */
    public Optional<String> missing() {
        boolean there =
                switch (this) {
                    case ROOT -> "root".equals(System.getProperty("user.name"));
                    case PHP_FPM -> phpFpm().isPresent();
                    case SYSTEMD -> programsAreThere() && SystemdHost.root().isPresent();
                    default -> programsAreThere();
                };
        return there ? Optional.empty() : Optional.of(remedy);
    }

    private boolean programsAreThere() {
        return Arrays.stream(programs.split(" ", -1)).allMatch(p -> program(p).isPresent());
    }

    /** The name in {@code gatemend lab list}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A program by name. Debian's own interpreter is preferred to one in a home directory, which
     * the application's user could not enter.
     */
    static Optional<Path> program(String name) {
        return directories()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<String> directories() {
        List<String> path = Arrays.asList(System.getenv().getOrDefault("PATH", "").split(":", -1));
        return Stream.of(ALSO_IN.stream(), path.stream(), Stream.of(FETCHED, OUR_OWN))
                .flatMap(directories -> directories)
                .filter(directory -> !directory.isEmpty());
    }

    /** The newest PHP-FPM that is installed: {@code php-fpm8.2} on Debian, {@code php-fpm} else. */
    static Optional<Path> phpFpm() {
        return newest(directories().map(Path::of).distinct().flatMap(Need::phpFpms));
    }

    /** Of programs that have their version in their name. */
    static Optional<Path> newest(Stream<Path> programs) {
        return programs.max(Comparator.comparing(Need::version, Arrays::compare));
    }

    private static int[] version(Path program) {
        return Pattern.compile("\\d{1,4}")
                .matcher(program.getFileName().toString())
                .results()
                .mapToInt(number -> Integer.parseInt(number.group()))
                .toArray();
    }

    private static Stream<Path> phpFpms(Path directory) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> programs = Files.newDirectoryStream(directory, "php-fpm*")) {
                programs.forEach(found::add);
            } catch (IOException | DirectoryIteratorException e) {
                return Stream.empty();
            }
        }
        return found.stream()
                .filter(p -> p.getFileName().toString().matches("php-fpm(?:\\d+(?:\\.\\d+)?)?"))
                .filter(Files::isExecutable);
    }
}
