package dev.gatemend.diagnosis;

import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins what has one cause and one place: a dead pool behind five hundred sites is one problem. */
final class Problems {
    private record Key(int nginx, boolean traffic, String cause, String place) {}

    /** The best told part first: surest, then most failures. */
    private static final Comparator<Ranked> BEST_TOLD_FIRST =
            Comparator.comparingDouble(
                            (Ranked r) ->
                                    r.findings().isEmpty()
                                            ? 0
                                            : -r.findings().getFirst().probability())
                    .thenComparingLong(r -> -r.matter().failures());

    private Problems() {}

    static List<Problem> join(List<Ranked> ranked) {
        Map<Key, List<Ranked>> joined = new LinkedHashMap<>();
        ranked.forEach(r -> joined.computeIfAbsent(key(r), k -> new ArrayList<>()).add(r));
        List<Problem> problems = new ArrayList<>();
        joined.values()
                .forEach(
                        parts ->
                                problems.add(
                                        new Problem(
                                                parts.stream().sorted(BEST_TOLD_FIRST).toList())));
        return problems;
    }

    private static Key key(Ranked ranked) {
        Matter matter = ranked.matter();
        boolean known = !ranked.leading().equals(Ranked.UNKNOWN);
        return new Key(
                matter.master().map(NginxMaster::pid).orElse(0),
                matter.kind() == Symptom.Kind.TRAFFIC,
                ranked.leading(),
                known
                        ? ranked.place()
                        : matter.trouble() + matter.peerText() + matter.name().orElse(""));
    }
}
