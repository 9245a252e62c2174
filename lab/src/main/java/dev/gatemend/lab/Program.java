package dev.gatemend.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A program the bench started, in a session of its own.
 *
 * @param name what the scenario calls it
 * @param log where its output goes
 */
record Program(String name, Process process, Path log, RunDirectory directory) {
    private static final Duration TO_STOP = Duration.ofSeconds(10);

    long pid() {
        return process.pid();
    }

    /** The last line of its output; {@code nothing} when it has said nothing. */
    String lastWords() throws IOException {
        return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .orElse("nothing");
    }

    /** SIGTERM, as a service manager does it, and waits for the end. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        Await.until(name + " has stopped", TO_STOP, () -> !process.isAlive() && !anyLeft());
    }

    /** Waits until so many of its processes have a handler of their own for SIGTERM. */
    void awaitHeeding(int processes) throws IOException, InterruptedException {
        Await.until(
                name + " heeds SIGTERM",
                Await.LONG,
                () -> family().stream().filter(ProcessTable::heedsTerm).count() >= processes);
    }

    /** SIGKILL to it and to its children, all at once, as the OOM killer or an operator does. */
    void killHard() throws IOException, InterruptedException {
        Await.until(
                name + " is dead",
                TO_STOP,
                () -> {
                    for (long pid : family()) {
                        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                    }
                    return !process.isAlive() && !anyLeft();
                });
    }

    /** SIGSTOP to it and its children: they keep their sockets and answer nothing. */
    void freeze() throws IOException, InterruptedException {
        for (long pid : family()) {
            Signal.STOP.to(pid);
            Await.until(name + " is frozen", Await.LONG, () -> ProcessTable.state(pid) == 'T');
        }
    }

    /** SIGCONT, undoing {@link #freeze}. */
    void thaw() throws IOException, InterruptedException {
        for (long pid : family()) {
            Signal.CONT.to(pid);
        }
    }

    /** It and its children may have only so much memory together from now on. */
    void limitMemory(long bytes) throws IOException {
        moveTo(ControlGroup.ofMemory(directory, bytes));
    }

    /** It and its children may run only so long in each tenth of a second from now on. */
    void limitCpu(int micros) throws IOException {
        moveTo(ControlGroup.ofCpu(directory, micros));
    }

    private void moveTo(ControlGroup group) throws IOException {
        for (long pid : family()) {
            Files.writeString(group.door(), Long.toString(pid));
        }
    }

    private boolean anyLeft() throws IOException {
        return !family().isEmpty();
    }

    private List<Long> family() throws IOException {
        return ProcessTable.members(Set.of(pid()), directory.path());
    }
}
