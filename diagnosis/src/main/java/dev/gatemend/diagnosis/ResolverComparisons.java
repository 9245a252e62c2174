package dev.gatemend.diagnosis;

import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What excerpts of a configuration tell of nginx's resolver. */
final class ResolverComparisons {
    private static final Pattern RESOLVER = Pattern.compile("^\\s*resolver\\s");

    private static final Pattern LITERAL_NAME =
            Pattern.compile(
                    "\\bproxy_pass\\s+https?://[a-z][\\w.-]*[a-z](?::\\d+)?[/;]|written literally");

    private static final Pattern INNER_NAME =
            Pattern.compile("\\.svc\\b|cluster\\.local|\\.internal\\b|\\.consul\\b|\\.lan\\b");

    private static final Pattern PUBLIC_RESOLVER =
            Pattern.compile(
                    "^\\s*resolver\\s+(?:8\\.8\\.[84]\\.[84]|1\\.[01]\\.[01]\\.1|9\\.9\\.9\\.9)\\b");

    private ResolverComparisons() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        return Stream.of(idleResolver(matter, texts), publicResolver(matter, texts))
                .flatMap(Optional::stream);
    }

    /** A resolver helps a name in a variable alone; a literal one is looked up at the start. */
    private static Optional<Clue> idleResolver(Matter matter, List<GivenText> texts) {
        boolean literal =
                Comparisons.told(texts).anyMatch(s -> LITERAL_NAME.matcher(s.line().text()).find());
        boolean may = matter.trouble() == Trouble.UNTOLD || matter.trouble() == Trouble.CONNECT;
        return literal && may
                ? Comparisons.told(texts)
                        .filter(s -> RESOLVER.matcher(s.line().text()).find())
                        .findFirst()
                        .map(
                                s ->
                                        new Clue(
                                                "stale-upstream-dns",
                                                Strength.MODERATE,
                                                s.sighting(
                                                        "a resolver is not asked for a name that is no variable")))
                : Optional.empty();
    }

    /** Names of a cluster, asked of a name server of the world. */
    private static Optional<Clue> publicResolver(Matter matter, List<GivenText> texts) {
        boolean inner =
                Comparisons.told(texts).anyMatch(s -> INNER_NAME.matcher(s.line().text()).find());
        boolean may = matter.trouble() == Trouble.UNTOLD || matter.trouble() == Trouble.RESOLVE;
        return inner && may
                ? Comparisons.told(texts)
                        .filter(s -> PUBLIC_RESOLVER.matcher(s.line().text()).find())
                        .findFirst()
                        .map(
                                s ->
                                        new Clue(
                                                "resolver-cannot-resolve",
                                                Strength.STRONG,
                                                s.sighting(
                                                        "a public name server knows no inner names")))
                : Optional.empty();
    }
}
