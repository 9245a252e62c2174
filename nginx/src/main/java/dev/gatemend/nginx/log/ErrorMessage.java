package dev.gatemend.nginx.log;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message taken apart the way nginx put it together: a text, what OpenSSL said, the errno, the
 * place in the configuration, the action. The catalogue's patterns are taken apart by the same
 * rules, so a pattern and a line meet part by part.
 *
 * @param whole everything but the action: the entry's message
 * @param core the text alone
 * @param placed the text with code and { in FILE:LINE}, which some messages have as their own words
 * @param ssl inside {@code (SSL: ...)}
 * @param code number of the last parenthesis {@code (111: Connection refused)}; an errno but for
 *     names that could not be resolved
 * @param phase behind {@code while }
 * @param cut the text ends within one of these parts
 */
record ErrorMessage(
        String whole,
        String core,
        String placed,
        Optional<String> ssl,
        OptionalInt code,
        Optional<String> phase,
        boolean cut) {
    private static final String WHILE = " while ";
    private static final String SSL = " (SSL: ";

    /** Resolver results 1 to 5 are DNS response codes; 110 is ETIMEDOUT. */
    private static final int LAST_DNS_CODE = 5;

    /** Linux has errnos up to 133 and reserves up to 4095. */
    private static final int ERRNO_DIGITS = 4;

    /**
     * @param text from behind the head to the context fields
     * @param toTheEnd nothing follows it in the entry, so that it may be cut
     */
    static ErrorMessage of(String text, boolean toTheEnd) {
        int at = text.lastIndexOf(WHILE);
        String behind = at < 0 ? "" : text.substring(at + WHILE.length());
        Optional<String> completed = toTheEnd ? Phase.completed(behind) : Optional.empty();
        boolean phased = at >= 0 && (completed.isPresent() || Phase.isOne(behind));
        if (!phased && toTheEnd) {
            String whole = withoutCutWhile(text);
            return of(whole, Optional.empty(), true, whole.length() < text.length());
        }
        return phased
                ? of(
                        text.substring(0, at),
                        Optional.of(completed.orElse(behind)),
                        false,
                        completed.isPresent())
                : of(text, Optional.empty(), false, false);
    }

    private static ErrorMessage of(
            String whole, Optional<String> phase, boolean toTheEnd, boolean cut) {
        String text = withoutPlace(whole);
        int at = codeAt(text, toTheEnd);
        OptionalInt code = at < 0 ? OptionalInt.empty() : OptionalInt.of(codeOf(text, at));
        boolean codeCut = at >= 0 && !text.endsWith(")");
        String rest = at < 0 ? text : text.substring(0, at);
        int ssl = rest.indexOf(SSL);
        boolean closed = rest.endsWith(")");
        boolean sslThere = ssl >= 0 && (closed || toTheEnd);
        Optional<String> sslText =
                sslThere
                        ? Optional.of(
                                rest.substring(
                                        ssl + SSL.length(), rest.length() - (closed ? 1 : 0)))
                        : Optional.empty();
        return new ErrorMessage(
                whole,
                sslThere ? rest.substring(0, ssl) : rest,
                whole,
                sslText,
                code,
                phase,
                cut || codeCut || (sslThere && !closed));
    }

    /** The operating system's error number, when the parenthesis holds one. */
    OptionalInt errno() {
        boolean dns =
                code.isPresent()
                        && code.getAsInt() <= LAST_DNS_CODE
                        && core.endsWith("could not be resolved");
        return dns ? OptionalInt.empty() : code;
    }

    /** Configuration errors end with { in FILE:LINE}; the errno stands before it. */
    static String withoutPlace(String text) {
        int in = text.lastIndexOf(" in ");
        int colon = text.lastIndexOf(':');
        boolean place = in > 0 && colon > in + 4 && colon < text.length() - 1;
        for (int i = colon + 1; place && i < text.length(); i++) {
            place = Character.isDigit(text.charAt(i));
        }
        if (place && text.startsWith("/", in + 4) && text.indexOf(' ', in + 4) < 0) {
            return text.substring(0, in);
        }
        String commandLine = " in command line";
        return text.endsWith(commandLine)
                ? text.substring(0, text.length() - commandLine.length())
                : text;
    }

    /** Where {@code (111: text)} begins at the end of the text; -1 when there is none. */
    private static int codeAt(String text, boolean toTheEnd) {
        if (!text.endsWith(")") && !toTheEnd) {
            return -1;
        }
        int open = text.lastIndexOf(" (");
        int digits = open + 2;
        int end = digits;
        while (open >= 0
                && end < text.length()
                && Character.isDigit(text.charAt(end))
                && end - digits < ERRNO_DIGITS) {
            end++;
        }
        boolean colon =
                open >= 0
                        && end > digits
                        && (text.startsWith(": ", end)
                                || (toTheEnd && text.endsWith(":") && end == text.length() - 1));
        boolean unclosed = text.indexOf(')', Math.max(open, 0)) < 0;
        return colon && (text.endsWith(")") || unclosed) ? open : -1;
    }

    private static int codeOf(String text, int at) {
        return Integer.parseInt(text, at + 2, text.indexOf(':', at), 10);
    }

    /** Takes a cut {@code whi} off the end; at least {@code wh}, because a word may end in w. */
    private static String withoutCutWhile(String text) {
        for (int length = WHILE.length(); length >= 3; length--) {
            if (text.endsWith(WHILE.substring(0, length))) {
                return text.substring(0, text.length() - length);
            }
        }
        return text;
    }
}
