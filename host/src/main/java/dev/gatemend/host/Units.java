package dev.gatemend.host;

import dev.gatemend.model.NginxConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The systemd units that have to do with nginx and its peers, and those that failed. Says nothing
 * where systemd does not run.
 */
public final class Units implements Observer {
    private static final int MOST_FAILED = 20;
    private static final int MOST_UNITS = 80;
    private static final Duration LIMIT = Duration.ofMillis(1500);
    private static final Pattern NAME = Pattern.compile("[\\w:.\\\\@-]{1,250}\\.(service|socket)");

    @Override
    public String name() {
        return "systemd";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        // sd_booted(3)
        if (!Files.isDirectory(look.host().root().resolve("run/systemd/system"))) {
            return;
        }
        UnitFiles reader = new UnitFiles(look.host().root());
        Map<String, String> files = reader.texts();
        Set<String> names = new LinkedHashSet<>(UnitNames.in(look, files, reader));
        names.addAll(failed(look));
        addTriggered(names);
        Optional<Boot> boot = Boot.of(look.host(), look.clock());
        if (boot.isPresent() && !look.facts(NginxConfiguration.class).toList().isEmpty()) {
            names.addAll(RecentUnits.of(look, boot.get()));
        }
        List<String> asked =
                names.stream().filter(n -> NAME.matcher(n).matches()).limit(MOST_UNITS).toList();
        if (asked.isEmpty()) {
            return;
        }
        Set<String> shown = new LinkedHashSet<>();
        List<ShownUnit> units = show(look, asked);
        for (ShownUnit unit : units) {
            if (unit.exists() && shown.add(unit.name())) {
                String file = files.getOrDefault(unit.name(), "");
                String environment = reader.environment(file) + (unit.isMasked() ? file : "");
                look.add(
                        unit.fact(boot, environment, unit.ofItsSockets(units)),
                        "systemctl status " + unit.name());
            }
        }
    }

    /** systemd.socket(5): what a socket unit starts is called like it unless Service= says else. */
    private static void addTriggered(Set<String> names) {
        List<String> sockets = names.stream().filter(n -> n.endsWith(".socket")).toList();
        sockets.forEach(s -> names.add(s.replaceFirst("socket$", "service")));
    }

    private static List<ShownUnit> show(Look look, List<String> names)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("systemctl", "show", "--property=" + ShownUnit.PROPERTIES, "--"));
        command.addAll(names);
        Commands.Answer answer = look.host().commands().run(LIMIT, command);
        if (answer.output().isBlank()) {
            throw new IOException(
                    "systemctl said: "
                            + answer.error().lines().findFirst().orElse("nothing")
                            + "; try systemctl status "
                            + names.getFirst());
        }
        return ShownUnit.read(answer.output());
    }

    private static List<String> failed(Look look) throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        "systemctl",
                        "list-units",
                        "--state=failed",
                        "--type=service,socket",
                        "--plain",
                        "--no-legend",
                        "--no-pager",
                        "--full");
        return look.host()
                .commands()
                .run(LIMIT, command)
                .output()
                .lines()
                .map(line -> line.strip().split(" ", 2)[0])
                .limit(MOST_FAILED)
                .toList();
    }
}
