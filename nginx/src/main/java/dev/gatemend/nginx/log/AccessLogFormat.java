package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A {@code log_format} turned into a plan of literals and values. Parsing notes where each value
 * begins and ends and decodes nothing; {@link AccessLine} decodes what is asked for. Immutable; any
 * thread may parse with it into an {@link AccessLine} of its own.
 *
 * <p>What makes it exact: with {@code escape=default} and {@code escape=json} nginx escapes quotes,
 * so a quoted value ends at the next quote; times and {@code $status} have a fixed width; upstream
 * values are lists whose separators are known. Where none of these holds, {@link #doubts} says so.
 */
public final class AccessLogFormat {
    /** nginx's own format, in effect where an access_log names none. */
    public static final LogFormat COMBINED =
            new LogFormat(
                    "combined",
                    "$remote_addr - $remote_user [$time_local] \"$request\" $status"
                            + " $body_bytes_sent \"$http_referer\" \"$http_user_agent\"",
                    LogFormat.Escape.DEFAULT);

    private static final byte QUOTE = '"';

    private final LogFormat format;
    private final byte[] beginning;
    private final AccessStep[] steps;
    private final List<String> doubts;
    private final Set<AccessVariable> variables;

    AccessLogFormat(
            LogFormat format,
            byte[] beginning,
            List<AccessStep> steps,
            List<String> doubts,
            Set<AccessVariable> variables) {
        this.format = format;
        this.beginning = beginning;
        this.steps = steps.toArray(new AccessStep[0]);
        this.doubts = List.copyOf(doubts);
        this.variables =
                variables.isEmpty()
                        ? EnumSet.noneOf(AccessVariable.class)
                        : EnumSet.copyOf(variables);
    }

    /** Compiles any format, also one that cannot be read without doubt. */
    public static AccessLogFormat compile(LogFormat format) {
        return new AccessFormatCompiler(format).compile();
    }

    public LogFormat format() {
        return format;
    }

    /** Sentences that say which values cannot be told apart; empty when all can. */
    public List<String> doubts() {
        return doubts;
    }

    /** True when lines of this format carry the variable, and it can be read. */
    public boolean has(AccessVariable variable) {
        return variables.contains(variable);
    }

    /** What stands right before the variable in every line; empty when nothing fixed does. */
    public Optional<String> literalBefore(AccessVariable variable) {
        byte[] before = beginning;
        for (AccessStep step : steps) {
            if (step.slot == variable.slot()) {
                return Optional.of(new String(before, StandardCharsets.UTF_8))
                        .filter(literal -> !literal.isEmpty());
            }
            before = step.literal;
        }
        return Optional.empty();
    }

    /** How many variables lines carry that can be read. */
    int variableCount() {
        return variables.size();
    }

    /** True when lines carry a time. */
    public boolean hasTime() {
        return has(AccessVariable.TIME_LOCAL)
                || has(AccessVariable.TIME_ISO8601)
                || has(AccessVariable.MSEC);
    }

    /**
     * Finds the values of one line.
     *
     * @param to behind its last byte, without newline and carriage return
     * @param line filled when the line fits; its contents are undefined when it does not
     * @return false when the line does not have this format
     */
    public boolean parse(byte[] buffer, int from, int to, AccessLine line) {
        if (!startsWith(buffer, from, to, beginning)) {
            return false;
        }
        line.begin(buffer, from, to, format.escape());
        int at = from + beginning.length;
        for (AccessStep step : steps) {
            int end = quickEnd(step, buffer, at, to);
            if (end < 0) {
                end = end(step, buffer, at, to);
                if (end < 0) {
                    return false;
                }
            }
            if (step.slot >= 0) {
                line.value(step.slot, at, end);
            }
            at = end + step.literal.length;
        }
        return at == to;
    }

    /**
     * The end of nearly every value: the next place of a single byte. Anything else is left to
     * {@link #end}.
     */
    private static int quickEnd(AccessStep step, byte[] buffer, int at, int to) {
        if (step.width > 0) {
            int end = at + step.width;
            return end < to && buffer[end] == step.first && step.literal.length == 1 ? end : -1;
        }
        if (!step.quick) {
            return -1;
        }
        int end = ByteSearch.find(buffer, at, to, step.first);
        boolean escaped = end > at && buffer[end - 1] == '\\';
        return end >= 0 && !escaped && startsWith(buffer, end, to, step.literal) ? end : -1;
    }

    private int end(AccessStep step, byte[] buffer, int at, int to) {
        return switch (step.end) {
            case WIDTH -> {
                int end = at + step.width;
                yield startsWith(buffer, end, to, step.literal) ? end : find(buffer, at, to, step);
            }
            case QUOTE -> quote(buffer, at, to, step.literal);
            case LIST -> list(buffer, at, to, step.literal);
            case LITERAL -> find(buffer, at, to, step);
            case LINE -> {
                int end = to - step.literal.length;
                yield end >= at && startsWith(buffer, end, to, step.literal) ? end : -1;
            }
        };
    }

    private int quote(byte[] buffer, int from, int to, byte[] literal) {
        int at = ByteSearch.find(buffer, from, to, QUOTE);
        if (format.escape() == LogFormat.Escape.JSON) {
            while (at > from && isEscaped(buffer, from, at)) {
                at = ByteSearch.find(buffer, at + 1, to, QUOTE);
            }
        }
        return at >= 0 && startsWith(buffer, at, to, literal) ? at : -1;
    }

    /** An odd number of backslashes stands before it. */
    private static boolean isEscaped(byte[] buffer, int from, int at) {
        int i = at;
        while (i > from && buffer[i - 1] == '\\') {
            i--;
        }
        return ((at - i) & 1) == 1;
    }

    private static int find(byte[] buffer, int from, int to, AccessStep step) {
        byte[] literal = step.literal;
        if (literal.length == 0) {
            return -1;
        }
        int at = ByteSearch.find(buffer, from, to, literal[0]);
        while (at >= 0) {
            if (startsWith(buffer, at, to, literal)
                    && (!step.timeFollows || looksLikeTime(buffer, at + literal.length, to))) {
                return at;
            }
            at = ByteSearch.find(buffer, at + 1, to, literal[0]);
        }
        return -1;
    }

    /** {@code $remote_user} may hold { [}; a time follows only the real one. */
    private static boolean looksLikeTime(byte[] buffer, int at, int to) {
        return at + 7 < to
                && (buffer[at + 2] == '/' || buffer[at + 4] == '-')
                && (buffer[at + 6] == '/' || buffer[at + 7] == '-');
    }

    /** The literal's first place that is no separator between attempts or passes. */
    private static int list(byte[] buffer, int from, int to, byte[] literal) {
        int last = to - literal.length;
        for (int i = from; i <= last; i++) {
            byte b = buffer[i];
            if (b == ',' && i + 1 < to && buffer[i + 1] == ' ') {
                i++;
            } else if (b == ' ' && i + 2 < to && buffer[i + 1] == ':' && buffer[i + 2] == ' ') {
                i += 2;
            } else if (b == literal[0] && startsWith(buffer, i, to, literal)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] buffer, int at, int to, byte[] literal) {
        int length = literal.length;
        if (at + length > to) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer[at + i] != literal[i]) {
                return false;
            }
        }
        return true;
    }
}
