package dev.gatemend.lab;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a scenario's file: all of it at once, each at its place. */
final class Mistakes {
    private static final Comparator<Mistake> IN_ORDER =
            Comparator.comparingInt(Mistake::line)
                    .thenComparingInt(Mistake::column)
                    .thenComparing(Mistake::what);

    private final String file;
    private final SortedSet<Mistake> found = new TreeSet<>(IN_ORDER);

    /**
     * @param file its name for the reader, as in {@code wrong-port/mine/scenario.yaml}
     */
    Mistakes(String file) {
        this.file = file;
    }

    private record Mistake(int line, int column, String what) {}

    void at(Node node, String what) {
        at(node.getStartMark(), what);
    }

    void at(Optional<Mark> place, String what) {
        at(
                place.map(mark -> mark.getLine() + 1).orElse(1),
                place.map(mark -> mark.getColumn() + 1).orElse(1),
                what);
    }

    /** Both numbers count from 1. */
    void at(int line, int column, String what) {
        found.add(new Mistake(line, column, what));
    }

    /** Each as {@code FILE:LINE:COLUMN: WHAT}, in the order of the file. */
    Stream<String> lines() {
        return found.stream()
                .map(m -> "%s:%d:%d: %s".formatted(file, m.line(), m.column(), m.what()));
    }

    /**
     * @throws ScenarioException with all mistakes, if there are any
     */
    void check() throws ScenarioException {
        if (!found.isEmpty()) {
            throw new ScenarioException(lines().toList());
        }
    }

    /** A folder of scenarios that cannot be read as written. */
    static final class ScenarioException extends IOException {
        private static final long serialVersionUID = 1L;

        ScenarioException(List<String> mistakes) {
            super(String.join("\n", mistakes));
        }
    }
}
