package dev.gatemend.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The few questions the bench asks of {@code /proc} (proc(5)). */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /** Fields of /proc/PID/stat behind the command's closing parenthesis, counted from 0. */
    private static final int STATE = 0;

    private static final String CAUGHT = "SigCgt:";

    /** Signal 15 in a mask of signals, which begin with 1. */
    private static final long TERM = 1L << 14;

    private static final int SESSION = 3;
    private static final int START_TIME = 19;

    private ProcessTable() {}

    /** Pid and start time: what tells a process from a later one with the same pid. */
    static String identity(long pid) {
        List<String> fields = stat(pid);
        return fields.isEmpty() ? pid + " gone" : pid + " " + fields.get(START_TIME);
    }

    /** The kernel's letter; {@code X} when there is no such process. */
    static char state(long pid) {
        List<String> fields = stat(pid);
        return fields.isEmpty() ? 'X' : fields.get(STATE).charAt(0);
    }

    /** It has a handler for SIGTERM: {@code SigCgt} in its status. */
    static boolean heedsTerm(long pid) {
        try {
            return text(process(pid).resolve("status"))
                    .lines()
                    .filter(line -> line.startsWith(CAUGHT))
                    .map(
                            line ->
                                    Long.parseUnsignedLong(
                                            line.substring(CAUGHT.length()).strip(), 16))
                    .anyMatch(caught -> (caught & TERM) != 0);
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Processes of these sessions that work in the directory. A session's number may be given to
     * somebody else once all of ours have ended; nobody else works in our directory.
     */
    static List<Long> members(Set<Long> sessions, Path directory) throws IOException {
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .map(p -> p.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .filter(pid -> inSession(pid, sessions) && worksIn(pid, directory))
                    .toList();
        }
    }

    /**
     * Processes that a run started, by the {@link RunDirectory#MARK} they inherited: whoever keeps
     * applications gives each a session of its own.
     */
    static List<Long> marked(Path directory) throws IOException {
        String mark = "\0" + RunDirectory.MARK + "=" + directory + "\0";
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .map(p -> p.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .filter(pid -> state(pid) != 'Z' && environment(pid).contains(mark))
                    .toList();
        }
    }

    private static String environment(long pid) {
        try {
            return "\0" + text(process(pid).resolve("environ"));
        } catch (IOException _) {
            return "";
        }
    }

    private static boolean inSession(long pid, Set<Long> sessions) {
        List<String> fields = stat(pid);
        return !fields.isEmpty()
                && fields.get(STATE).charAt(0) != 'Z'
                && (sessions.contains(pid) || sessions.contains(Long.valueOf(fields.get(SESSION))));
    }

    private static boolean worksIn(long pid, Path directory) {
        try {
            return Files.readSymbolicLink(process(pid).resolve("cwd")).startsWith(directory)
                    || commandLine(pid).contains(directory.toString());
        } catch (IOException _) {
            return false;
        }
    }

    /** What it is called in {@code ps}; empty when there is no such process. */
    static String title(long pid) {
        try {
            return commandLine(pid);
        } catch (IOException _) {
            return "";
        }
    }

    private static String commandLine(long pid) throws IOException {
        return text(process(pid).resolve("cmdline"));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    private static List<String> stat(long pid) {
        try {
            String stat = text(process(pid).resolve("stat"));
            return List.of(stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ", -1));
        } catch (IOException _) {
            return List.of();
        }
    }

    private static Path process(long pid) {
        return PROC.resolve(Long.toString(pid));
    }
}
