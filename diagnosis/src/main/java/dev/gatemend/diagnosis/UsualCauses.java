package dev.gatemend.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a status most often comes of, for a text that holds nothing else: no diagnosis, and a
 * beginning all the same. Of reports whose cause was found, those of a 502 had an application that
 * was down or on another port first of all, those of a 504 a slow one; a 500 is seldom nginx's own
 * (ngx_http_special_response.c), and one that it makes has a line in the error log.
 */
final class UsualCauses {
    private record Usual(String cause, Strength strength) {}

    private static final Map<Integer, List<Usual>> BY_STATUS =
            Map.of(
                    500,
                    List.of(new Usual("app-error", Strength.STRONG)),
                    502,
                    List.of(
                            new Usual("app-not-running", Strength.WEAK),
                            new Usual("wrong-port", Strength.WEAK)),
                    504,
                    List.of(new Usual("slow-upstream-read-timeout", Strength.MODERATE)));

    private static final Set<Trouble> OPEN =
            Set.of(Trouble.UNTOLD, Trouble.OWN_STATUS, Trouble.UPSTREAM_STATUS);

    private UsualCauses() {}

    /** Of the one status that is seen or spoken of; nothing where there are several, or none. */
    static Stream<Clue> of(Matter matter) {
        Set<Integer> statuses = new TreeSet<>(matter.scene().saidStatuses());
        matter.accesses().stream()
                .map(a -> a.status())
                .filter(s -> s >= 500)
                .forEach(statuses::add);
        if (!OPEN.contains(matter.trouble()) || statuses.size() != 1) {
            return Stream.empty();
        }
        int status = statuses.iterator().next();
        return BY_STATUS.getOrDefault(status, List.of()).stream()
                .map(
                        usual ->
                                new Clue(
                                        usual.cause(),
                                        usual.strength(),
                                        Sighting.of(
                                                "text",
                                                "nothing but a %d: most often it comes of this"
                                                        .formatted(status),
                                                "what the text says")));
    }
}
