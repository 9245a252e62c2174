package dev.gatemend.diagnosis;

import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The statuses that somebody says he gets, in words, numbers, or nginx's own error pages. */
final class SaidStatuses {
    private static final Map<Integer, Pattern> WORDS =
            Map.of(
                    500,
                            Pattern.compile(
                                    "(?i)(?<![\\d.:])500(?![\\d.:]\\d|\\w)|internal server error"),
                    502, Pattern.compile("(?i)(?<![\\d.:])502(?![\\d.:]\\d|\\w)|bad gateway"),
                    503,
                            Pattern.compile(
                                    "(?i)(?<![\\d.:])503(?![\\d.:]\\d|\\w)|service (?:temporarily )?unavailable"),
                    504,
                            Pattern.compile(
                                    "(?i)(?<![\\d.:])504(?![\\d.:]\\d|\\w)|gateway time-?out"));

    private static final Set<Kind> KINDS = Set.of(Kind.PROSE, Kind.LOG, Kind.OUTPUT);

    private SaidStatuses() {}

    static Set<Integer> in(List<GivenText> texts) {
        Set<Integer> said = new TreeSet<>();
        texts.stream()
                .flatMap(text -> text.lines().stream())
                .filter(line -> KINDS.contains(line.kind()))
                .forEach(
                        line ->
                                WORDS.forEach(
                                        (status, words) -> {
                                            if (words.matcher(line.text()).find()) {
                                                said.add(status);
                                            }
                                        }));
        return said;
    }
}
