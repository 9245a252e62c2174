package dev.gatemend.diagnosis;

import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words by which a cause is told of: a row of {@code phrases.tsv}.
 *
 * @param cause its id
 * @param kinds of lines it is looked for in
 * @param troubles it fits; empty where it fits any
 * @param only nginx's own log has to show such a trouble
 * @param words to be found in a line
 * @param needed in small letters; without one of them the words are not there
 * @param meaning what it says, as a sentence without a full stop
 */
record Phrase(
        String cause,
        Strength strength,
        Set<Kind> kinds,
        Set<Trouble> troubles,
        boolean only,
        Pattern words,
        Set<String> needed,
        String meaning) {
    static final int COLUMNS = 6;

    /** Behind the troubles: it says something only beside a line of nginx that shows one. */
    private static final String ONLY = "!";

    private static final Set<Trouble> LATE =
            Set.of(
                    Trouble.CONNECT,
                    Trouble.TIMEOUT,
                    Trouble.UPSTREAM_STATUS,
                    Trouble.OWN_STATUS,
                    Trouble.UNTOLD);

    /** A text with its lines in small letters too. */
    record Text(GivenText text, List<String> small) {
        static Text of(GivenText text) {
            return new Text(
                    text, text.lines().stream().map(l -> Literals.small(l.text())).toList());
        }
    }

    private static final int QUOTED_BEFORE = 30;
    private static final int LONGEST_QUOTE = 120;

    /** A row of the catalogue. */
    static Phrase of(String[] row) {
        return new Phrase(
                row[0],
                Strength.valueOf(row[1]),
                kinds(row[2]),
                troubles(row[3]),
                row[3].endsWith(ONLY),
                Pattern.compile(row[5]),
                Literals.of(row[5]),
                row[4]);
    }

    /** {@code words} is whatever is neither nginx's log nor its configuration. */
    private static Set<Kind> kinds(String names) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String name : names.split(",", -1)) {
            if (name.equals("words")) {
                kinds.addAll(EnumSet.of(Kind.PROSE, Kind.LOG, Kind.OUTPUT));
            } else {
                kinds.add(Kind.valueOf(name));
            }
        }
        return kinds;
    }

    private static Set<Trouble> troubles(String names) {
        return Stream.of(names.replace(ONLY, "").split(","))
                .filter(t -> !t.equals("-"))
                .map(Trouble::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean fits(Matter matter) {
        boolean untold = matter.trouble() == Trouble.UNTOLD && !only && !isOnlyLate(matter);
        return untold || troubles.isEmpty() || troubles.contains(matter.trouble());
    }

    /**
     * Somebody speaks of a 504 and of no other status, and the words fit none of what ends in one:
     * nginx gave up waiting, for the connection or for the answer.
     */
    private boolean isOnlyLate(Matter matter) {
        return matter.scene().saidStatuses().equals(Set.of(504))
                && !troubles.isEmpty()
                && troubles.stream().noneMatch(LATE::contains);
    }

    /** The first line of a text that has the words, quoted. */
    Optional<Clue> in(Text given) {
        GivenText text = given.text();
        for (int i = 0; i < text.lines().size(); i++) {
            GivenText.Line line = text.lines().get(i);
            if (kinds.contains(line.kind()) && Literals.mayMatch(needed, given.small().get(i))) {
                Matcher matcher = words.matcher(line.text());
                if (matcher.find()) {
                    return Optional.of(clue(text, line, matcher));
                }
            }
        }
        return Optional.empty();
    }

    private Clue clue(GivenText text, GivenText.Line line, Matcher found) {
        String said = "%s: '%s'".formatted(meaning, quote(line.text().strip(), found.group()));
        return new Clue(cause, strength, Sighting.of("text", said, text.where(line)));
    }

    /** The line from its beginning, or where it is long from a few words before what was found. */
    private static String quote(String line, String found) {
        int at = Math.max(0, line.indexOf(found));
        int space = line.indexOf(' ', Math.max(0, at - QUOTED_BEFORE));
        boolean whole = at <= 2 * QUOTED_BEFORE || space < 0 || space > at;
        return Excerpt.of(whole ? line : "... " + line.substring(space + 1), LONGEST_QUOTE);
    }
}
