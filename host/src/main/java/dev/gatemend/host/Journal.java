package dev.gatemend.host;

import dev.gatemend.model.JournalLine;
import dev.gatemend.model.SystemdUnit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the units that matter wrote to the journal within the window, the newest lines of it. */
public final class Journal implements Observer {
    private static final int MOST_UNITS = 16;
    private static final int MOST_LINES = 2_000;
    private static final int LONGEST = 1_024;
    private static final Duration LIMIT = Duration.ofMillis(2_500);

    /** What journalctl says on stderr to those who may see their own messages only. */
    static final String HINT = "You are currently not seeing messages";

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        List<String> units =
                look.facts(SystemdUnit.class).map(SystemdUnit::name).limit(MOST_UNITS).toList();
        if (units.isEmpty()
                || !Files.isDirectory(look.host().root().resolve("run/systemd/system"))) {
            return;
        }
        Commands.Answer answer = look.host().commands().run(LIMIT, command(look, units));
        String how = "journalctl -u " + units.getFirst();
        int lines = 0;
        for (String line : answer.output().split("\n", -1)) {
            Optional<JournalLine> read = line.isEmpty() ? Optional.empty() : read(Json.read(line));
            read.ifPresent(fact -> look.add(fact, "journalctl -u " + fact.unit()));
            lines += read.isPresent() ? 1 : 0;
        }
        if (answer.error().contains(HINT) || answer.error().contains("insufficient permissions")) {
            look.couldNotLook("permission denied; run with sudo (sudo " + how + ")");
        } else if (!answer.succeeded() && answer.output().isBlank()) {
            look.couldNotLook(
                    "journalctl said: "
                            + answer.error().lines().findFirst().orElse("nothing")
                            + "; try sudo "
                            + how);
        } else if (lines >= MOST_LINES || answer.cut()) {
            look.couldNotLook("read the newest " + lines + " lines only; more by " + how);
        }
    }

    private static List<String> command(Look look, List<String> units) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "journalctl",
                                "--output=json",
                                "--no-pager",
                                "--lines=" + MOST_LINES,
                                "--since=@" + look.request().window().from().getEpochSecond(),
                                "--until=@" + (look.request().window().to().getEpochSecond() + 1)));
        units.forEach(unit -> command.add("--unit=" + unit));
        return command;
    }

    /** systemd's own messages about a unit carry its name in {@code UNIT}. */
    private static Optional<JournalLine> read(Json entry) {
        Optional<String> unit = entry.at("UNIT").text().or(() -> entry.at("_SYSTEMD_UNIT").text());
        String micros = entry.at("__REALTIME_TIMESTAMP").text().orElse("");
        if (unit.isEmpty() || !micros.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        Instant at = Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
        String text = text(entry.at("MESSAGE"));
        return Optional.of(
                new JournalLine(
                        unit.get(),
                        at,
                        text.length() <= LONGEST ? text : text.substring(0, LONGEST)));
    }

    /** A message that is not UTF-8 is an array of its bytes. */
    private static String text(Json message) {
        if (!(message instanceof Json.Items items)) {
            return message.text().orElse("");
        }
        byte[] bytes = new byte[Math.min(items.values().size(), LONGEST)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) items.values().get(i).count().orElse('?');
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
