package dev.gatemend.host;

import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.Keeper;
import dev.gatemend.model.KeptProgram.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The programs of each supervisord: defined in its configuration, their states as a running one
 * tells them over its unix socket ({@code supervisor.getAllProcessInfo}).
 */
final class SupervisorPrograms {
    /** Where supervisord looks by itself, Debian's place first (supervisord(1)). */
    private static final List<String> USUAL =
            List.of("/etc/supervisor/supervisord.conf", "/etc/supervisord.conf");

    private static final int MOST_LOGS = 8;

    /** Of gunicorn, uWSGI and others. */
    private static final Pattern LOG_OPTION =
            Pattern.compile(
                    "--(?:error-logfile|log-file|logfile|logto2?|daemonize)[= ](/[\\w./@+-]{1,250})");

    private SupervisorPrograms() {}

    static void look(Look look, List<List<String>> commands) {
        Path root = look.host().root();
        Set<String> running = new LinkedHashSet<>();
        for (List<String> words : commands) {
            if (words.stream().limit(2).anyMatch(w -> w.endsWith("/supervisord"))) {
                configuration(words).or(() -> usual(root)).ifPresent(running::add);
            }
        }
        Set<String> all = new LinkedHashSet<>(running);
        usual(root).ifPresent(all::add);
        for (String file : all) {
            if (isThere(root, file)) {
                read(look, file, running.contains(file));
            }
        }
    }

    private static Optional<String> usual(Path root) {
        return USUAL.stream().filter(file -> isThere(root, file)).findFirst();
    }

    private static boolean isThere(Path root, String file) {
        return Files.isRegularFile(root.resolve(file.substring(1)));
    }

    private static Optional<String> configuration(List<String> words) {
        for (int i = 0; i < words.size() - 1; i++) {
            if (words.get(i).equals("-c") || words.get(i).equals("--configuration")) {
                return Optional.of(words.get(i + 1)).filter(file -> file.startsWith("/"));
            }
        }
        return Optional.empty();
    }

    private static void read(Look look, String file, boolean running) {
        try {
            List<IniFile.Section> sections = IniFile.read(look.host().root(), file);
            Map<String, SupervisorSocket.Info> known =
                    running ? ask(look, file, sections) : Map.of();
            for (IniFile.Section section : sections) {
                if (section.name().startsWith("program:")
                        && (!running || known.containsKey(name(section)))) {
                    look.add(
                            program(section, file, Optional.ofNullable(known.get(name(section)))),
                            section.file());
                }
            }
        } catch (IOException e) {
            look.couldNotLook("the programs of supervisor: " + Because.of(e));
        }
    }

    private static Map<String, SupervisorSocket.Info> ask(
            Look look, String file, List<IniFile.Section> sections) {
        Optional<String> socket =
                sections.stream()
                        .filter(s -> s.name().equals("unix_http_server"))
                        .flatMap(s -> s.value("file").stream())
                        .filter(path -> path.startsWith("/"))
                        .findFirst();
        if (socket.isEmpty()) {
            look.couldNotLook("supervisor's %s names no unix socket to ask".formatted(file));
            return Map.of();
        }
        try {
            return SupervisorSocket.processes(
                    look.host().root().resolve(socket.get().substring(1)));
        } catch (IOException e) {
            look.couldNotLook(
                    "cannot ask supervisor: %s%s"
                            .formatted(
                                    Because.of(e),
                                    look.host().privileged() ? "" : "; run with sudo"));
            return Map.of();
        }
    }

    private static String name(IniFile.Section section) {
        return section.name().substring("program:".length());
    }

    private static KeptProgram program(
            IniFile.Section section, String file, Optional<SupervisorSocket.Info> info) {
        String words =
                section.value("command").orElse("")
                        + "\n"
                        + section.value("environment").orElse("").replace("\"", "");
        return new KeptProgram(
                Keeper.SUPERVISOR,
                name(section),
                info.map(i -> state(i.state())).orElse(State.KEEPER_DOWN),
                info.map(SupervisorPrograms::said).orElse("supervisord itself does not run"),
                ListeningWords.in(words),
                file,
                section.value("user"),
                Optional.of("supervisor"),
                Stream.concat(
                                written(section).stream(),
                                info.map(SupervisorSocket.Info::logs).stream()
                                        .flatMap(List::stream))
                        .filter(path -> !path.startsWith("/dev/"))
                        .distinct()
                        .toList(),
                0,
                info.map(SupervisorSocket.Info::startedAt)
                        .filter(start -> start > 0)
                        .map(Instant::ofEpochSecond),
                Optional.empty());
    }

    /** Where its output goes, and the logs that its command names. */
    private static List<String> written(IniFile.Section section) {
        List<String> logs = new ArrayList<>();
        for (String key : List.of("stdout_logfile", "stderr_logfile")) {
            section.value(key)
                    .map(path -> path.replace("%(program_name)s", name(section)))
                    .filter(path -> path.startsWith("/") && !path.contains("%"))
                    .ifPresent(logs::add);
        }
        Matcher option = LOG_OPTION.matcher(section.value("command").orElse(""));
        while (option.find() && logs.size() < MOST_LOGS) {
            logs.add(option.group(1));
        }
        return logs;
    }

    private static String said(SupervisorSocket.Info info) {
        return info.reason().isEmpty() ? info.state() : info.state() + ": " + info.reason();
    }

    /** supervisor/states.py. */
    private static State state(String name) {
        return switch (name) {
            case "RUNNING", "STARTING" -> State.RUNNING;
            case "FATAL", "BACKOFF", "EXITED" -> State.FAILED;
            default -> State.STOPPED;
        };
    }
}
