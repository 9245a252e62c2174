package dev.gatemend.host;

import dev.gatemend.model.LogDestination;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the bytes behind one log setting, wherever nginx's writing ends up, and has them read. */
final class LogSource {
    private static final Duration JOURNAL = Duration.ofMillis(1_500);
    private static final Pattern STANDARD =
            Pattern.compile("/dev/std(out|err)|/proc/self/fd/([12])|/dev/fd/([12])");

    private final Look look;
    private final LogReading reading;
    private final LogTarget target;

    LogSource(Look look, LogReading reading, LogTarget target) {
        this.look = look;
        this.reading = reading;
        this.target = target;
    }

    /**
     * Reads it, or says why not.
     *
     * @throws IOException with a message that says what would help
     */
    void read() throws IOException, InterruptedException {
        switch (target.destination()) {
            case LogDestination.File file -> file(file.path());
            case LogDestination.Stderr _ -> descriptor(2);
            case LogDestination.Syslog syslog -> syslog(syslog);
            case LogDestination.Unreadable unreadable ->
                    look.couldNotLook(
                            "the "
                                    + target.kind()
                                    + " "
                                    + unreadable.written()
                                    + " cannot be found from outside; paste it with --from");
        }
    }

    private void file(String path) throws IOException, InterruptedException {
        Path root = target.root(look.host());
        String real = withoutLinks(root, path);
        Matcher standard = STANDARD.matcher(real);
        if (standard.matches()) {
            descriptor(real.endsWith("out") || real.endsWith("1") ? 1 : 2);
            return;
        }
        Path file = root.resolve(real.substring(1));
        boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        Optional<OpenFiles> open = openFiles();
        boolean replaced = there && open.filter(o -> !o.holds(real, file)).isPresent();
        if (there && isReadable(file, path)) {
            reading.file(target, file, replaced ? path + " (not open in nginx)" : path);
        }
        boolean followed = open.isPresent() && follow(open.get(), real, path, !there || replaced);
        if (!followed && target.nginx().isPresent()) {
            lost(path, file, replaced);
        }
    }

    private void lost(String path, Path file, boolean replaced) {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            look.couldNotLook("the " + target.kind() + " " + path + ": no such file");
        } else if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            // A directory on the way does not let us see.
            look.couldNotLook(
                    "the " + target.kind() + " " + path + ": permission denied; run with sudo");
        } else if (replaced) {
            look.couldNotLook(
                    "nginx writes the %s %s to a file that has another name now; nginx -s reopen"
                            .formatted(target.kind(), path));
        }
    }

    /** The links on the way, but not those of {@code /proc/self}, which would be ours. */
    private static String withoutLinks(Path root, String path) throws IOException {
        if (STANDARD.matcher(path).matches()) {
            return path;
        }
        Path link = root.resolve(path.substring(1));
        if (Files.isSymbolicLink(link)) {
            String to = Files.readSymbolicLink(link).toString();
            if (STANDARD.matcher(to).matches()) {
                return to;
            }
        }
        try {
            return RootedPath.real(root, path);
        } catch (FileSystemException e) {
            throw new IOException("the log " + path + ": " + e.getReason(), e);
        }
    }

    private boolean isReadable(Path file, String path) throws IOException {
        Object mode;
        try {
            mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new IOException("the " + target.kind() + " " + path + ": " + Because.of(e), e);
        }
        String what =
                switch ((Integer) mode & 0170000) {
                    case 0100000 -> "";
                    case 0040000 -> "is a directory";
                    case 0140000 -> "is a socket";
                    // A reader would take nginx's lines away from whoever they are meant for.
                    case 0010000 -> "is a FIFO, which only its own reader may read";
                    default -> "is a device";
                };
        if (!what.isEmpty()) {
            look.couldNotLook("the " + target.kind() + " " + path + " " + what);
            return false;
        }
        if (!Files.isReadable(file)) {
            look.couldNotLook(
                    "the " + target.kind() + " " + path + ": permission denied; run with sudo");
            return false;
        }
        return true;
    }

    /**
     * A log that was removed or renamed under nginx's hands is still written, until nginx reopens
     * it.
     */
    private boolean follow(OpenFiles open, String real, String path, boolean lost)
            throws IOException {
        Optional<Integer> deleted = open.deleted(real);
        Optional<Integer> renamed = lost ? open.renamed(real) : Optional.empty();
        if (deleted.isPresent()) {
            still(open.file(deleted.get()), path + " (deleted)", "deleted");
        } else if (renamed.isPresent()) {
            String name = open.link(renamed.get()).orElse(path);
            still(open.file(renamed.get()), name, "once " + path);
        }
        return deleted.isPresent() || renamed.isPresent();
    }

    private void still(Path file, String shown, String what) throws IOException {
        reading.one(
                target,
                file,
                shown,
                "%s (%s, but nginx still writes there; nginx -s reopen makes a new one)"
                        .formatted(file, what));
    }

    /** Standard output or error: a file, the journal, a container runtime's pipe, a terminal. */
    private void descriptor(int number) throws IOException, InterruptedException {
        if (target.nginx().isEmpty()) {
            return;
        }
        NginxMaster nginx = target.nginx().get();
        Optional<OpenFiles> open = openFiles();
        String link = open.flatMap(o -> o.link(number)).orElse("");
        if (link.startsWith("/") && !link.startsWith("/dev/")) {
            Path file = open.orElseThrow().file(number);
            reading.one(target, file, link, file.toString());
        } else if (nginx.container().isPresent()) {
            container(nginx.container().get());
        } else if (nginx.unit().isPresent() && !link.startsWith("/dev/")) {
            journal(List.of("--unit=" + nginx.unit().get()), nginx.unit().get());
        } else {
            look.couldNotLook(
                    "the "
                            + target.kind()
                            + " of nginx "
                            + nginx.pid()
                            + " goes to "
                            + (link.isEmpty() ? "its standard output or error" : link)
                            + ", where it cannot be read"
                            + (open.isEmpty() ? "; run with sudo" : ""));
        }
    }

    private void container(String id) throws IOException {
        Optional<Path> file = ContainerLogs.of(look.host(), id);
        if (file.isPresent()) {
            reading.one(target, file.get(), file.get().toString(), "docker logs " + id);
        } else {
            look.couldNotLook(
                    "the "
                            + target.kind()
                            + " goes to the container's runtime; try sudo docker logs "
                            + id);
        }
    }

    private void syslog(LogDestination.Syslog syslog) throws IOException, InterruptedException {
        boolean local = syslog.server().startsWith("unix:");
        if (local && Files.isDirectory(look.host().root().resolve("run/systemd/system"))) {
            journal(List.of("--identifier=" + syslog.tag()), syslog.tag());
        } else {
            look.couldNotLook(
                    "the "
                            + target.kind()
                            + " goes to syslog at "
                            + syslog.server()
                            + "; try grep "
                            + syslog.tag()
                            + " /var/log/syslog"
                            + (local ? "" : " there"));
        }
    }

    private void journal(List<String> which, String name) throws IOException, InterruptedException {
        if (!Files.isDirectory(look.host().root().resolve("run/systemd/system"))) {
            look.couldNotLook("the " + target.kind() + " goes to a pipe that nobody here reads");
            return;
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "journalctl",
                                "--output=cat",
                                "--no-pager",
                                "--lines=50000",
                                "--since=@" + look.request().window().from().getEpochSecond()));
        command.addAll(which);
        Commands.Answer answer = look.host().commands().run(JOURNAL, command);
        if (answer.error().contains(Journal.HINT)) {
            look.couldNotLook(
                    "the "
                            + target.kind()
                            + " in the journal: permission denied; run with sudo (sudo journalctl "
                            + which.getFirst()
                            + ")");
        }
        byte[] bytes = answer.output().getBytes(StandardCharsets.UTF_8);
        reading.scan(
                target, HeldLog.of(bytes), "journal:" + name, "journalctl " + which.getFirst());
    }

    private Optional<OpenFiles> openFiles() {
        return target.nginx().flatMap(m -> reading.openFiles(m.pid()));
    }
}
