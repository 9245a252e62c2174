package dev.gatemend.host;

import dev.gatemend.model.ControlGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the files of a control group lie: one directory in version 2, one for each controller in
 * version 1 (Documentation/admin-guide/cgroup-v1).
 *
 * @param path below the mount
 * @param controllers directory of {@code pids}, {@code cpu} and {@code memory}, as far as it has
 *     one
 */
record GroupFiles(String path, Map<String, Path> controllers) {
    private static final List<String> WANTED = List.of("pids", "cpu", "memory");
    private static final int MOST_LEVELS = 8;
    private static final int MOST_LINES = 64;
    private static final int MILLI = 1_000;

    GroupFiles {
        controllers = Map.copyOf(controllers);
    }

    /**
     * The groups a process is in, and those above them: any of these may hold the limit.
     *
     * @param text of {@code /proc/PID/cgroup}: {@code 0::/a/b} in version 2, {@code
     *     4:cpu,cpuacct:/a} in version 1
     */
    static List<GroupFiles> of(Path root, String text) {
        Path mount = root.resolve("sys/fs/cgroup");
        Map<String, Map<String, Path>> groups = new LinkedHashMap<>();
        text.lines()
                .limit(MOST_LINES)
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3 && fields[2].startsWith("/"))
                .forEach(
                        fields -> {
                            List<String> names =
                                    fields[1].isEmpty() ? WANTED : List.of(fields[1].split(","));
                            for (String level : levels(fields[2])) {
                                for (String name : names) {
                                    if (WANTED.contains(name)) {
                                        Path directory =
                                                (fields[1].isEmpty() ? mount : mount.resolve(name))
                                                        .resolve(level.substring(1));
                                        groups.computeIfAbsent(level, _ -> new LinkedHashMap<>())
                                                // Version 1 is listed first where both are there.
                                                .putIfAbsent(name, directory);
                                    }
                                }
                            }
                        });
        List<GroupFiles> all = new ArrayList<>();
        groups.forEach((path, directories) -> all.add(new GroupFiles(path, directories)));
        return all;
    }

    /** {@code /a/b}, {@code /a}; not the root, which has no limits. */
    private static List<String> levels(String path) {
        List<String> levels = new ArrayList<>();
        String level = path;
        while (level.length() > 1 && levels.size() < MOST_LEVELS && !level.contains("/../")) {
            levels.add(level);
            level = level.substring(0, Math.max(0, level.lastIndexOf('/')));
        }
        return levels;
    }

    boolean limitsAnything() {
        return mostTasks().isPresent() || milliCpus().isPresent() || mostMemory().isPresent();
    }

    String directories() {
        return String.join(
                ", ",
                controllers.values().stream().map(Path::toString).distinct().sorted().toList());
    }

    String cpuStatistics() {
        return text("cpu", "cpu.stat");
    }

    /**
     * Its limits and how near it is to them.
     *
     * @param before what {@link #cpuStatistics} said a moment ago
     */
    ControlGroup read(String before, Set<Integer> pids) {
        return new ControlGroup(path, List.copyOf(pids), tasks(), cpu(before), memory());
    }

    private OptionalLong number(String controller, String file) {
        Path directory = controllers.get(controller);
        return directory == null ? OptionalLong.empty() : Numbers.in(directory.resolve(file));
    }

    private String text(String controller, String file) {
        Path directory = controllers.get(controller);
        return directory == null ? "" : SmallFile.word(directory.resolve(file)).orElse("");
    }

    private OptionalLong mostTasks() {
        return number("pids", "pids.max");
    }

    private Optional<ControlGroup.Tasks> tasks() {
        OptionalLong most = mostTasks();
        OptionalLong now = number("pids", "pids.current");
        return most.isPresent() && now.isPresent()
                ? Optional.of(
                        new ControlGroup.Tasks(
                                now.getAsLong(),
                                most.getAsLong(),
                                Numbers.behind(text("pids", "pids.events"), "max")))
                : Optional.empty();
    }

    /** {@code cpu.max} is {@code QUOTA PERIOD}; version 1 has a file for each, and -1 for none. */
    OptionalLong milliCpus() {
        String[] words = text("cpu", "cpu.max").split("\\s+", 2);
        OptionalLong quota =
                words.length == 2 ? Numbers.of(words[0]) : number("cpu", "cpu.cfs_quota_us");
        OptionalLong period =
                words.length == 2 ? Numbers.of(words[1]) : number("cpu", "cpu.cfs_period_us");
        return quota.isPresent() && period.orElse(0) > 0
                ? OptionalLong.of(quota.getAsLong() * MILLI / period.getAsLong())
                : OptionalLong.empty();
    }

    private Optional<ControlGroup.Cpu> cpu(String before) {
        OptionalLong quota = milliCpus();
        if (quota.isEmpty()) {
            return Optional.empty();
        }
        String after = cpuStatistics();
        long periods = Numbers.behind(after, "nr_periods").orElse(0);
        long throttled = Numbers.behind(after, "nr_throttled").orElse(0);
        return Optional.of(
                new ControlGroup.Cpu(
                        quota.getAsLong(),
                        periods,
                        throttled,
                        periods - Numbers.behind(before, "nr_periods").orElse(0),
                        throttled - Numbers.behind(before, "nr_throttled").orElse(0)));
    }

    /** Version 1 says 9223372036854771712, or so, for none. */
    private OptionalLong mostMemory() {
        return Stream.of("memory.max", "memory.high", "memory.limit_in_bytes")
                .map(file -> number("memory", file))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .filter(bytes -> bytes < Long.MAX_VALUE / 2)
                .min();
    }

    private Optional<ControlGroup.Memory> memory() {
        OptionalLong most = mostMemory();
        OptionalLong now = number("memory", "memory.current");
        OptionalLong used = now.isPresent() ? now : number("memory", "memory.usage_in_bytes");
        return most.isPresent() && used.isPresent()
                ? Optional.of(
                        new ControlGroup.Memory(
                                used.getAsLong(),
                                most.getAsLong(),
                                Load.average(text("memory", "memory.pressure"), "some", "avg10")))
                : Optional.empty();
    }
}
