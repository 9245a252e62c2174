package dev.gatemend.host.given;

import dev.gatemend.model.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The tables that commands printed into a text, as facts. What they show was so when they were
 * typed, which is after the failures that somebody shows them for.
 */
final class Listings {
    private static final SocketListing SOCKETS = new SocketListing();
    private static final SpaceListing SPACE = new SpaceListing();

    private Listings() {}

    /** A fact and the number of the line that it begins at, counted from 1. */
    record Shown(int number, Fact fact) {}

    /**
     * Reads the tables of a text.
     *
     * @param name of the text
     * @param taken told the index of each line that a table has
     */
    static List<Shown> in(List<String> lines, String name, BiConsumer<Integer, Integer> taken) {
        List<Shown> shown = new ArrayList<>();
        for (Block block : Block.in(lines, SOCKETS)) {
            int number = block.at() + 1;
            SocketListing.facts(block, lines, name + ":" + number)
                    .forEach(fact -> shown.add(new Shown(number, fact)));
            block.rows().forEach(row -> taken.accept(row, row + 1));
        }
        for (Block block : Block.in(lines, SPACE)) {
            SpaceListing.facts(block, lines)
                    .forEach(fact -> shown.add(new Shown(block.at() + 1, fact)));
            block.rows().forEach(row -> taken.accept(row, row + 1));
        }
        for (Inspections.Inspection inspection : Inspections.in(lines)) {
            inspection
                    .containers()
                    .forEach(fact -> shown.add(new Shown(inspection.from() + 1, fact)));
            taken.accept(inspection.from(), inspection.end());
        }
        return shown;
    }
}
