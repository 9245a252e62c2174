package dev.gatemend.host.given;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines of a table that stand together, with the command and the header above them.
 *
 * @param typed the command that printed it, where the text shows it
 * @param header its first header line; empty without one
 * @param at the index of the command's line, or else of the first row
 * @param rows the indices of its rows, ascending
 * @param cut some of it is left out: by the one who pasted it, or because a line was not understood
 * @param ended the next prompt follows, so that nothing is missing at its end
 */
record Block(
        int at,
        Optional<Typed> typed,
        Optional<String> header,
        List<Integer> rows,
        boolean cut,
        boolean ended) {
    Block {
        rows = List.copyOf(rows);
    }

    /** Tells the lines of one kind of table. */
    interface Shape {
        boolean prints(Typed typed);

        boolean isHeader(String line);

        boolean isRow(String line);

        /** A line between rows that is none, and of which nothing is missing. */
        boolean belongs(String line);
    }

    /** All of a text; those without a row only where a prompt shows that there was none. */
    static List<Block> in(List<String> lines, Shape shape) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); ) {
            Optional<Typed> typed = typed(lines.get(i), shape);
            boolean begins =
                    typed.isPresent() || shape.isHeader(lines.get(i)) || shape.isRow(lines.get(i));
            if (begins) {
                i = read(lines, i, typed, shape, blocks);
            } else {
                i++;
            }
        }
        return blocks;
    }

    private static Optional<Typed> typed(String line, Shape shape) {
        return Typed.in(line).filter(shape::prints);
    }

    /** Reads one block and says where it ended. */
    private static int read(
            List<String> lines, int from, Optional<Typed> typed, Shape shape, List<Block> blocks) {
        int i = typed.isPresent() ? from + 1 : from;
        Optional<String> header = Optional.empty();
        List<Integer> rows = new ArrayList<>();
        boolean cut = false;
        for (; i < lines.size(); i++) {
            String line = lines.get(i);
            if (shape.isRow(line)) {
                rows.add(i);
            } else if (shape.isHeader(line)) {
                header = header.isPresent() ? header : Optional.of(line);
            } else if (isGap(line)) {
                cut = true;
            } else if (!shape.belongs(line) && !isBlankBetween(lines, i, shape)) {
                break;
            }
        }
        boolean ended = i < lines.size() && Typed.isPrompt(next(lines, i));
        if (!rows.isEmpty() || (typed.filter(Typed::prompted).isPresent() && ended)) {
            blocks.add(new Block(from, typed, header, rows, cut, ended));
        }
        return Math.max(i, from + 1);
    }

    /** The line there, or the one behind a blank one. */
    private static String next(List<String> lines, int i) {
        return lines.get(i).isBlank() && i + 1 < lines.size() ? lines.get(i + 1) : lines.get(i);
    }

    private static boolean isGap(String line) {
        return line.strip().matches("[\\[(<]?(?:\\.{2,10}|…|snip|cut|truncated|omitted)[\\])>]?");
    }

    private static boolean isBlankBetween(List<String> lines, int i, Shape shape) {
        return lines.get(i).isBlank()
                && i + 1 < lines.size()
                && (shape.isRow(lines.get(i + 1)) || shape.isHeader(lines.get(i + 1)));
    }
}
