package dev.gatemend.cli;

import java.util.List;
import java.util.function.UnaryOperator;

/** Lines of text of a certain width, with labels in a column of their own on the left. */
final class Page {
    private final StringBuilder text = new StringBuilder();
    private final int columns;

    Page(int columns) {
        this.columns = columns;
    }

    int columns() {
        return columns;
    }

    void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    void blank() {
        if (!text.isEmpty()) {
            text.append('\n');
        }
    }

    /** The first line of an answer, broken where the sentence turns if it is too long. */
    void headline(String words, UnaryOperator<String> style) {
        int turn = words.lastIndexOf("; ");
        if (words.length() <= columns || turn < 0) {
            hanging(words, style);
        } else {
            hanging(words.substring(0, turn + 1), style);
            wrapped("", 2, words.substring(turn + 2), style);
        }
    }

    /** Wrapped text whose later lines are indented. */
    private void hanging(String words, UnaryOperator<String> style) {
        String lead = "";
        for (String line : Words.wrap(words, columns - 2)) {
            line(lead + style.apply(line));
            lead = "  ";
        }
    }

    /** A line whose end stands at the right margin. */
    String rightAligned(String line, String end, UnaryOperator<String> style) {
        int gap = columns - line.length() - end.length();
        return line + " ".repeat(Math.max(0, gap)) + style.apply(end);
    }

    /**
     * Wrapped text whose first line begins with {@code label} and whose other lines are indented.
     */
    void wrapped(String label, int indent, String body, UnaryOperator<String> style) {
        String lead = label + " ".repeat(Math.max(0, indent - label.length()));
        for (String line : Words.wrap(body, columns - indent)) {
            line(lead + style.apply(line));
            lead = " ".repeat(indent);
        }
    }

    /**
     * Wrapped text with a remark at the right margin: on the first line, which keeps room for it.
     */
    void withMargin(int indent, String body, String margin, UnaryOperator<String> style) {
        List<String> lines = Words.wrap(body, columns - indent - margin.length() - 2);
        String lead = " ".repeat(indent);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int gap = columns - indent - line.length() - margin.length();
            String end = i == 0 ? " ".repeat(Math.max(2, gap)) + margin : "";
            line(lead + style.apply(line) + end);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
