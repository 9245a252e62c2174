package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code ps aux | grep NAME} that found nothing but itself: grep's own row says what was asked for,
 * and that the answer is whole.
 */
final class ShownProcesses {
    /** User, numbers, terminal, state, times; then the command. */
    private static final Pattern ITSELF =
            Pattern.compile(
                    "^\\s*\\S{1,32}\\s+\\d{1,9}\\s.{4,120}\\d:\\d\\d(?::\\d\\d)?\\s+e?grep\\s+(?:-{1,2}[\\w=-]{1,20}\\s+){0,3}[\"']?([\\w./:-]{2,40})[\"']?\\s*$");

    private static final Pattern ROW =
            Pattern.compile(
                    "^\\s*(\\S{1,32})\\s+\\d{1,9}\\s.{4,120}\\d:\\d\\d(?::\\d\\d)?\\s+(\\S.*)$");

    /** Of {@code ps axo user,group,comm}, or user and comm alone. */
    private static final Pattern FEW =
            Pattern.compile(
                    "^\\s*([a-z_][\\w-]{0,31})\\s+(?:[a-z_][\\w-]{0,31}\\s+)?(?:\\d{1,9}\\s+)?nginx(?:: worker process)?\\s*$");

    private static final Pattern WORKER = Pattern.compile("^nginx: worker process");

    private ShownProcesses() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        boolean absent = matter.trouble() == Trouble.CONNECT || matter.trouble() == Trouble.UNTOLD;
        if (!absent) {
            return Stream.empty();
        }
        List<Said> all = Comparisons.told(texts).toList();
        return all.stream().flatMap(said -> onlyItself(matter, said, all).stream());
    }

    private static Optional<Clue> onlyItself(Matter matter, Said said, List<Said> all) {
        Matcher itself = ITSELF.matcher(said.line().text());
        if (!itself.find()) {
            return Optional.empty();
        }
        String name = itself.group(1).toLowerCase(Locale.ROOT);
        boolean found = all.stream().anyMatch(s -> isAnother(s.line().text(), name));
        boolean nginx = name.startsWith("nginx");
        return found || (nginx && !matter.errors().isEmpty())
                ? Optional.empty()
                : Optional.of(
                        new Clue(
                                nginx ? "nginx-not-running" : "app-not-running",
                                Strength.STRONG,
                                said.sighting(
                                        "asked for '%s', ps found nothing but the question itself"
                                                .formatted(name))));
    }

    private static boolean isAnother(String line, String name) {
        Matcher row = ROW.matcher(line);
        return row.find()
                && !ITSELF.matcher(line).find()
                && row.group(2).toLowerCase(Locale.ROOT).contains(name);
    }

    /** Whom nginx's workers run as, by their rows. */
    static Optional<String> worker(List<GivenText> texts) {
        return Comparisons.told(texts)
                .flatMap(s -> worker(s.line().text()).stream())
                .filter(user -> !user.equals("root"))
                .findFirst();
    }

    private static Optional<String> worker(String line) {
        Matcher row = ROW.matcher(line);
        if (row.find() && WORKER.matcher(row.group(2)).find()) {
            return Optional.of(row.group(1));
        }
        Matcher few = FEW.matcher(line);
        return few.find() ? Optional.of(few.group(1)) : Optional.empty();
    }
}
