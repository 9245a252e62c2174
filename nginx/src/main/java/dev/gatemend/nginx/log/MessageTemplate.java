package dev.gatemend.nginx.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format string of nginx's sources as literals with gaps between them. Matching is anchored at
 * both ends and takes the first place of each literal, which is linear and needs no backtracking:
 * what a gap swallowed is of no interest, only that the literals follow each other.
 */
final class MessageTemplate {
    /** ngx_sprintf's conversions as far as the catalogue uses them. */
    private static final Pattern GAP =
            Pattern.compile("%(?:\\*s|\\d*(?:ui|uz|uA|Xi|xd|[VsdilpPOz]))");

    private final List<String> literals;
    private final boolean endsWithNumber;
    private final int weight;

    private MessageTemplate(List<String> literals, boolean endsWithNumber) {
        this.literals = List.copyOf(literals);
        this.endsWithNumber = endsWithNumber;
        this.weight = 16 * literals.stream().mapToInt(String::length).sum() - literals.size();
    }

    static MessageTemplate of(String format) {
        List<String> literals = new ArrayList<>();
        Matcher gap = GAP.matcher(format);
        int from = 0;
        while (gap.find()) {
            literals.add(format.substring(from, gap.start()));
            from = gap.end();
        }
        literals.add(format.substring(from));
        boolean number = format.endsWith("%d") || format.endsWith("%ui");
        return new MessageTemplate(literals, number);
    }

    /** What the message begins with; empty when nginx begins it with a value. */
    String beginning() {
        return literals.getFirst();
    }

    /** Of two that match, the one with more literal characters, then with fewer gaps, says more. */
    int weight() {
        return weight;
    }

    boolean matches(String text) {
        int last = literals.size() - 1;
        if (last == 0) {
            return text.equals(literals.getFirst());
        }
        if (!text.startsWith(literals.getFirst())) {
            return false;
        }
        int at = literals.getFirst().length();
        for (int i = 1; i < last; i++) {
            int found = text.indexOf(literals.get(i), at);
            if (found < 0) {
                return false;
            }
            at = found + literals.get(i).length();
        }
        String end = literals.get(last);
        boolean digits = !endsWithNumber || Character.isDigit(text.charAt(text.length() - 1));
        return text.length() - end.length() >= at && text.endsWith(end) && digits;
    }

    /**
     * True when the text, which was cut off, can be the beginning of this message.
     *
     * @param least how many literal characters must be there
     */
    boolean beginsWith(String text, int least) {
        int at = 0;
        int matched = 0;
        for (int i = 0; i < literals.size(); i++) {
            String literal = literals.get(i);
            int found = i == 0 ? (text.startsWith(literal) ? 0 : -1) : text.indexOf(literal, at);
            if (found < 0) {
                boolean within = i > 0 || literal.startsWith(text);
                int there = i == 0 ? text.length() : 0;
                return within && matched + there >= least;
            }
            matched += literal.length();
            at = found + literal.length();
        }
        return false;
    }
}
