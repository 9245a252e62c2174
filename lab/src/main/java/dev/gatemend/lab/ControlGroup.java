package dev.gatemend.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A control group of ours (cgroups(7)): whatever is started in it stays in it or below, so that it
 * can be ended to the last process.
 *
 * @param path of its directory
 */
record ControlGroup(Path path) {
    private static final Path MOUNTED = Path.of("/sys/fs/cgroup");
    private static final String PROCESSES = "cgroup.procs";

    /**
     * The hierarchies that a systemd of one's own is kept in: the one of version 2, or what stands
     * in for it beside version 1.
     */
    static List<Path> hierarchies() {
        if (Files.exists(MOUNTED.resolve(PROCESSES))) {
            return List.of(MOUNTED);
        }
        return Stream.of("systemd", "unified")
                .map(MOUNTED::resolve)
                .filter(hierarchy -> Files.exists(hierarchy.resolve(PROCESSES)))
                .toList();
    }

    /**
     * A new one whose processes may have only so much memory together.
     *
     * @param directory in which it is noted before it is made
     * @throws IOException where neither version's memory controller is to be had
     */
    static ControlGroup ofMemory(RunDirectory directory, long bytes) throws IOException {
        ControlGroup group = made(directory, "memory");
        String limit = isSecond() ? "memory.max" : "memory.limit_in_bytes";
        Files.writeString(group.path().resolve(limit), Long.toString(bytes));
        return group;
    }

    /**
     * A new one whose processes may together run only so long in each tenth of a second.
     *
     * @param directory in which it is noted before it is made
     * @param micros at least 1000, which the kernel insists on
     * @throws IOException where neither version's cpu controller is to be had
     */
    static ControlGroup ofCpu(RunDirectory directory, int micros) throws IOException {
        ControlGroup group = made(directory, "cpu");
        if (isSecond()) {
            Files.writeString(group.path().resolve("cpu.max"), micros + " 100000");
        } else {
            Files.writeString(group.path().resolve("cpu.cfs_period_us"), "100000");
            Files.writeString(group.path().resolve("cpu.cfs_quota_us"), Integer.toString(micros));
        }
        return group;
    }

    private static boolean isSecond() {
        return Files.exists(MOUNTED.resolve(PROCESSES));
    }

    private static ControlGroup made(RunDirectory directory, String controller) throws IOException {
        Path hierarchy = isSecond() ? MOUNTED : MOUNTED.resolve(controller);
        String name = "gatemend-%08x".formatted(RandomGenerator.getDefault().nextInt());
        ControlGroup group = new ControlGroup(hierarchy.resolve(name));
        directory.noteControlGroup(group);
        Files.createDirectory(group.path());
        return group;
    }

    /** A process writes its number there to move in. */
    Path door() {
        return path.resolve(PROCESSES);
    }

    /** All in it and below it. */
    List<Long> processes() throws IOException {
        List<Long> processes = new ArrayList<>();
        for (Path group : groups()) {
            try {
                for (String line : Files.readAllLines(group.resolve(PROCESSES))) {
                    processes.add(Long.valueOf(line));
                }
            } catch (IOException _) {
                // Removed since it was listed, or ENODEV while it is being removed.
            }
        }
        return processes;
    }

    /** Removes it with all below; false while one of its processes has not quite ended. */
    boolean remove() throws IOException {
        for (Path group : groups()) {
            try {
                Files.deleteIfExists(group);
            } catch (IOException _) {
                return false;
            }
        }
        return true;
    }

    /** Innermost first; its files go with it. */
    private List<Path> groups() throws IOException {
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException | UncheckedIOException _) {
            return List.of();
        }
    }
}
