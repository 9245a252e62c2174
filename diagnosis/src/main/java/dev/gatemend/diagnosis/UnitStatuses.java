package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.GivenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code systemctl status} printed of nginx or of the application. */
final class UnitStatuses {
    private static final Pattern UNIT =
            Pattern.compile("^\\s*(?:[●×○↻*] )?([\\w@.:-]{1,120})\\.(?:service|socket)\\b - ");
    private static final Pattern LOADED =
            Pattern.compile(
                    "Loaded: \\w[\\w-]* \\((?:[^;)]*/)?([\\w@.:-]{1,120})\\.(?:service|socket)");
    private static final Pattern ACTIVE =
            Pattern.compile("Active: (\\w+)(?: \\(([\\w-]+)\\))?(?: \\(Result: ([\\w-]+)\\))?");

    private UnitStatuses() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        boolean mayFollow =
                matter.trouble() == Trouble.CONNECT || matter.trouble() == Trouble.UNTOLD;
        if (!mayFollow) {
            return Stream.empty();
        }
        List<Clue> clues = new ArrayList<>();
        String unit = "";
        for (Said said : Comparisons.told(texts).toList()) {
            unit = named(said).orElse(unit);
            active(said, unit).ifPresent(clues::add);
        }
        return clues.stream();
    }

    private static Optional<String> named(Said said) {
        return Stream.of(UNIT, LOADED)
                .map(pattern -> pattern.matcher(said.line().text()))
                .filter(Matcher::find)
                .findFirst()
                .map(found -> found.group(1));
    }

    private static Optional<Clue> active(Said said, String unit) {
        Matcher active = ACTIVE.matcher(said.line().text());
        if (!active.find()) {
            return Optional.empty();
        }
        String result = String.valueOf(active.group(3));
        boolean failed =
                active.group(1).equals("failed")
                        || String.valueOf(active.group(2)).equals("auto-restart");
        boolean inactive = active.group(1).equals("inactive");
        boolean nginx = unit.equals("nginx");
        if (failed && result.equals("oom-kill")) {
            return Optional.of(clue("out-of-memory", said, "systemd says that its memory ran out"));
        }
        if (nginx && (failed || inactive)) {
            return Optional.of(clue("nginx-not-running", said, "systemd says so of nginx"));
        }
        if (failed) {
            return Optional.of(
                    clue("app-crashed-at-start", said, unit + " ends with an error, says systemd"));
        }
        return inactive
                ? Optional.of(clue("app-not-running", said, "systemd says so of " + unit))
                : Optional.empty();
    }

    private static Clue clue(String cause, Said said, String meaning) {
        return new Clue(cause, Strength.DECISIVE, said.sighting(meaning));
    }
}
