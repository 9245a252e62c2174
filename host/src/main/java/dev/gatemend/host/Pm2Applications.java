package dev.gatemend.host;

import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.Keeper;
import dev.gatemend.model.KeptProgram.State;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The applications of each PM2: of a running daemon as it tells them, else those it saved to start
 * again ({@code dump.pm2}).
 */
final class Pm2Applications {
    private static final Pattern TITLE =
            Pattern.compile("PM2 v[^:]{1,40}: God Daemon \\((/[^)]+)\\)");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i).*(port|socket|sock|bind|listen|address|host)");
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST = 500;

    private Pm2Applications() {}

    static void look(Look look, List<List<String>> commands) {
        Set<String> running = new LinkedHashSet<>();
        for (List<String> words : commands) {
            Matcher title = TITLE.matcher(words.getFirst());
            if (title.lookingAt()) {
                running.add(title.group(1));
            }
        }
        running.forEach(home -> ask(look, home));
        homes(look.host().root()).stream()
                .filter(home -> !running.contains(home))
                .forEach(home -> readSaved(look, home));
    }

    /** Where a daemon that does not run has left what it kept: in the homes of users. */
    private static List<String> homes(Path root) {
        Set<String> homes = new LinkedHashSet<>(List.of("/root/.pm2"));
        try (DirectoryStream<Path> users = Files.newDirectoryStream(root.resolve("home"))) {
            users.forEach(user -> homes.add("/home/" + user.getFileName() + "/.pm2"));
        } catch (IOException | DirectoryIteratorException e) {
            // Where there is no /home, accounts may have homes elsewhere.
        }
        Accounts.homes(root).forEach(home -> homes.add(home + "/.pm2"));
        return homes.stream().limit(MOST).toList();
    }

    private static void ask(Look look, String home) {
        Path socket = look.host().root().resolve(home.substring(1)).resolve("rpc.sock");
        try {
            Pm2Socket.applications(socket).items().stream()
                    .limit(MOST)
                    .forEach(a -> add(look, home, a.at("pm2_env"), true));
        } catch (IOException e) {
            look.couldNotLook(
                    "cannot ask PM2 in %s: %s%s"
                            .formatted(
                                    home,
                                    Because.of(e),
                                    look.host().privileged() ? "" : "; run with sudo"));
        }
    }

    private static void readSaved(Look look, String home) {
        Path dump = look.host().root().resolve(home.substring(1)).resolve("dump.pm2");
        try {
            if (Files.isRegularFile(dump)) {
                Json.read(SmallFile.read(dump, MOST_BYTES)).items().stream()
                        .limit(MOST)
                        .forEach(a -> add(look, home, a, false));
            }
        } catch (IOException e) {
            look.couldNotLook("what PM2 saved: " + Because.of(e));
        }
    }

    private static void add(Look look, String home, Json application, boolean running) {
        Optional<String> name = application.at("name").text();
        if (name.isEmpty() || name.get().startsWith("pm2-")) {
            return;
        }
        String status = application.at("status").text().orElse("unknown");
        look.add(
                new KeptProgram(
                        Keeper.PM2,
                        name.get(),
                        running ? state(status) : State.KEEPER_DOWN,
                        running ? status + ended(application) : "PM2 itself does not run",
                        listens(application),
                        home,
                        application.at("username").text(),
                        Optional.empty(),
                        Stream.of("pm_err_log_path", "pm_out_log_path")
                                .flatMap(key -> application.at(key).text().stream())
                                .toList(),
                        running ? restarts(application) : 0,
                        running ? started(application) : Optional.empty(),
                        Optional.empty()),
                "pm2 describe " + name.get());
    }

    /** PM2's own words: constants.js. */
    private static State state(String status) {
        return switch (status) {
            case "online", "launching", "one-launch-status" -> State.RUNNING;
            case "errored", "waiting restart" -> State.FAILED;
            default -> State.STOPPED;
        };
    }

    private static String ended(Json application) {
        StringBuilder text = new StringBuilder();
        application
                .at("exit_code")
                .count()
                .ifPresent(code -> text.append(", exit code ").append(code));
        application
                .at("restart_time")
                .count()
                .ifPresent(restarts -> text.append(", ").append(restarts).append(" restarts"));
        return text.toString();
    }

    private static int restarts(Json application) {
        return Math.clamp(application.at("restart_time").count().orElse(0), 0, 1_000_000);
    }

    /** In milliseconds, of the last start. */
    private static Optional<Instant> started(Json application) {
        return application.at("pm_uptime").count().stream()
                .filter(millis -> millis > 0)
                .mapToObj(Instant::ofEpochMilli)
                .findFirst();
    }

    /** Only what names an address is taken from the environment: the rest may be secret. */
    private static List<String> listens(Json application) {
        String environment =
                Stream.of(application, application.at("env"))
                        .flatMap(e -> e.members().entrySet().stream())
                        .filter(e -> ADDRESS.matcher(e.getKey()).matches())
                        .flatMap(e -> written(e).stream())
                        .distinct()
                        .collect(Collectors.joining("\n"));
        String arguments =
                application.at("args").items().stream()
                        .flatMap(a -> a.text().stream())
                        .collect(Collectors.joining(" "));
        return ListeningWords.in(environment + "\n" + arguments);
    }

    private static Optional<String> written(Map.Entry<String, Json> variable) {
        return variable.getValue()
                .text()
                .or(() -> variable.getValue().count().stream().mapToObj(Long::toString).findFirst())
                .map(value -> variable.getKey() + "=" + value);
    }
}
