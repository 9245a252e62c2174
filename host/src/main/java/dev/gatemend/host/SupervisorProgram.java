package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that supervisord is told to run ({@code [program:x]} in its configuration).
 *
 * @param environment as written
 * @param logs absolute paths its output goes to
 */
record SupervisorProgram(String name, String command, String environment, List<String> logs) {
    private static final int MOST_FILES = 200;
    private static final int MOST_BYTES = 64 << 10;
    private static final List<String> FILES =
            List.of("etc/supervisord.conf", "etc/supervisor/supervisord.conf");
    private static final List<String> DIRECTORIES =
            List.of("etc/supervisor/conf.d", "etc/supervisord.d", "etc/supervisor.d");

    /** Where Debian and Fedora keep them; empty where there is no supervisor. */
    static List<SupervisorProgram> in(Path root) {
        List<SupervisorProgram> programs = new ArrayList<>();
        Stream.concat(
                        FILES.stream().map(root::resolve).filter(Files::isRegularFile),
                        DIRECTORIES.stream().map(root::resolve).flatMap(d -> list(d).stream()))
                .limit(MOST_FILES)
                .forEach(file -> read(file, programs));
        return programs;
    }

    private static List<Path> list(Path directory) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.{conf,ini}")) {
            for (Path entry : entries) {
                if (files.size() < MOST_FILES) {
                    files.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return files;
        }
        return files;
    }

    private static void read(Path file, List<SupervisorProgram> programs) {
        String text;
        try {
            text = SmallFile.read(file, MOST_BYTES);
        } catch (IOException e) {
            return;
        }
        String name = "";
        Map<String, String> values = new HashMap<>();
        for (String line : (text + "\n[end]").split("\r?\n", -1)) {
            String stripped = line.strip();
            int equals = stripped.indexOf('=');
            if (stripped.startsWith("[")) {
                add(name, values, programs);
                name = stripped.replaceFirst("^\\[program:([^]]*)].*", "$1");
                values.clear();
            } else if (equals > 0 && !stripped.startsWith(";")) {
                values.put(
                        stripped.substring(0, equals).strip(),
                        stripped.substring(equals + 1).strip());
            }
        }
    }

    private static void add(
            String name, Map<String, String> values, List<SupervisorProgram> programs) {
        String command = values.getOrDefault("command", "");
        if (command.isEmpty() || name.startsWith("[")) {
            return;
        }
        List<String> logs =
                Stream.of("stdout_logfile", "stderr_logfile")
                        .map(key -> values.getOrDefault(key, ""))
                        .map(path -> path.replace("%(program_name)s", name))
                        .filter(path -> path.startsWith("/") && !path.contains("%"))
                        .filter(path -> !path.startsWith("/dev/"))
                        .distinct()
                        .toList();
        programs.add(
                new SupervisorProgram(name, command, values.getOrDefault("environment", ""), logs));
    }
}
