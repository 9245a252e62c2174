package dev.gatemend.host;

import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What security modules refused, in auditd's own log. Where auditd runs (on Fedora and its kin from
 * the start) it takes these lines, and the kernel's ring buffer has none of them.
 */
public final class AuditLog implements Observer {
    private static final String DIRECTORY = "var/log/audit";
    private static final String FILE = "audit.log";
    private static final int MOST_BYTES = 2 << 20;
    private static final int MOST_EVENTS = 200;

    private final Optional<Path> elsewhere;

    /** That of the host. */
    public AuditLog() {
        this(Optional.empty());
    }

    /** That below another directory, for a refusal that is composed. */
    public AuditLog(Path root) {
        this(Optional.of(root));
    }

    private AuditLog(Optional<Path> elsewhere) {
        this.elsewhere = elsewhere;
    }

    @Override
    public String name() {
        return "audit log";
    }

    @Override
    public void look(Look look) {
        Path directory = elsewhere.orElse(look.host().root()).resolve(DIRECTORY);
        Path log = directory.resolve(FILE);
        try {
            // A pipe or a device would make the reading wait.
            if (Files.isRegularFile(log)) {
                newest(log, look.request().window())
                        .forEach(denial -> look.add(denial, "ausearch -m avc"));
            } else if (isShut(directory)) {
                look.couldNotLook("permission denied: " + log + "; run with sudo");
            }
        } catch (IOException e) {
            look.couldNotLook(Because.of(e));
        }
    }

    private static boolean isShut(Path directory) {
        return Files.isDirectory(directory) && !Files.isExecutable(directory);
    }

    private static Deque<KernelEvent> newest(Path log, Window window) throws IOException {
        Deque<KernelEvent> newest = new ArrayDeque<>();
        TextTail.lines(log, MOST_BYTES, StandardCharsets.UTF_8).stream()
                .flatMap(line -> AuditLine.denial(line).stream())
                .filter(denial -> !denial.at().isBefore(window.from()))
                .forEach(
                        denial -> {
                            newest.addLast(denial);
                            if (newest.size() > MOST_EVENTS) {
                                newest.removeFirst();
                            }
                        });
        return newest;
    }
}
