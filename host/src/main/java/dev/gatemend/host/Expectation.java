package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why an installed nginx should be running: systemd was told so, or it ran and left its pid file
 * behind. Sites in its configuration alone say nothing: a package brings those along.
 */
final class Expectation {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final List<String> UNITS =
            List.of("nginx.service", "openresty.service", "angie.service", "tengine.service");

    private final Look look;
    private final ProcessFiles files;

    Expectation(Look look, ProcessFiles files) {
        this.look = look;
        this.files = files;
    }

    /**
     * What says that the nginx of a binary should run; empty when nothing does.
     *
     * @param pidFile where its configuration puts the pid
     */
    Optional<String> of(String binary, String pidFile) throws InterruptedException {
        Optional<String> unit = byUnit(binary);
        return unit.isPresent() ? unit : byPidFile(pidFile);
    }

    private Optional<String> byUnit(String binary) throws InterruptedException {
        if (!Files.isDirectory(look.host().root().resolve("run/systemd/system"))) {
            return Optional.empty();
        }
        for (String unit : UNITS) {
            Optional<String> why = ask(unit, binary);
            if (why.isPresent()) {
                return why;
            }
        }
        return Optional.empty();
    }

    private Optional<String> ask(String unit, String binary) throws InterruptedException {
        List<String> command =
                List.of(
                        "systemctl",
                        "show",
                        "--property=LoadState,UnitFileState,ActiveState,Result,ExecStart",
                        "--",
                        unit);
        try {
            return judge(unit, binary, properties(look.host().commands().run(LIMIT, command)));
        } catch (IOException e) {
            look.couldNotLook("whether " + unit + " should run: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<String> judge(
            String unit, String binary, Map<String, String> properties) {
        boolean starts = properties.getOrDefault("ExecStart", "").contains("path=" + binary + " ;");
        if (!starts || !"loaded".equals(properties.get("LoadState"))) {
            return Optional.empty();
        }
        if ("failed".equals(properties.get("ActiveState"))) {
            return Optional.of(
                    unit + " failed (" + properties.getOrDefault("Result", "unknown") + ")");
        }
        return properties.getOrDefault("UnitFileState", "").startsWith("enabled")
                ? Optional.of(
                        unit
                                + " is enabled and "
                                + properties.getOrDefault("ActiveState", "not running"))
                : Optional.empty();
    }

    private static Map<String, String> properties(Commands.Answer answer) {
        Map<String, String> properties = new HashMap<>();
        answer.output()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> properties.merge(parts[0], parts[1], (a, b) -> a + " " + b));
        return properties;
    }

    /** nginx removes its pid file when it ends by itself, so one that is left tells of a kill. */
    private Optional<String> byPidFile(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        try {
            Path root = look.host().root();
            String real = RootedPath.real(root, path);
            return SmallFile.word(root.resolve(real.substring(1)))
                    .filter(text -> text.matches("[1-9]\\d{0,8}"))
                    .filter(pid -> !isNginx(Integer.parseInt(pid)))
                    .map(pid -> path + " is left behind by process " + pid + ", which is gone");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isNginx(int pid) {
        return files.arguments(pid).stream()
                .findFirst()
                .filter(name -> name.startsWith("nginx: ") || name.endsWith("nginx"))
                .isPresent();
    }
}
