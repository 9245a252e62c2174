package dev.gatemend.host.given;

import dev.gatemend.host.ShownContainer;
import dev.gatemend.model.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What {@code docker inspect} and {@code podman inspect} printed: a JSON array, or one object of
 * it, on lines of its own. Whoever left a part out has made it something that nobody can read; its
 * lines are then words like others.
 */
final class Inspections {
    /** One container takes some 250 lines. */
    private static final int MOST_LINES = 20_000;

    private Inspections() {}

    /**
     * The containers that a document describes.
     *
     * @param from index of its first line
     * @param end index behind its last line
     */
    record Inspection(int from, int end, List<Container> containers) {}

    static List<Inspection> in(List<String> lines) {
        List<Inspection> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            OptionalInt end = end(lines, i);
            if (end.isPresent()) {
                List<Container> containers =
                        ShownContainer.inspected(
                                String.join("\n", lines.subList(i, end.getAsInt())));
                if (!containers.isEmpty()) {
                    found.add(new Inspection(i, end.getAsInt(), containers));
                    i = end.getAsInt() - 1;
                }
            }
        }
        return found;
    }

    /** Behind the line that closes what this one opens: both engines indent what is inside. */
    private static OptionalInt end(List<String> lines, int from) {
        String opening = lines.get(from).stripTrailing();
        if (!opening.strip().equals("[") && !opening.strip().equals("{")) {
            return OptionalInt.empty();
        }
        String closing = opening.replace('[', ']').replace('{', '}');
        int last = Math.min(lines.size(), from + MOST_LINES);
        for (int i = from + 1; i < last; i++) {
            if (lines.get(i).stripTrailing().equals(closing)) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }
}
