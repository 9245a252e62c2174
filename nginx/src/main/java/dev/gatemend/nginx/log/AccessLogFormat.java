package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
                    "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
                            + " \"$http_referer\" \"$http_user_agent\"",
                    LogFormat.Escape.DEFAULT);

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w{1,200})}|(\\w{1,200}))");

    private static final byte QUOTE = '"';

    /** How the end of a value is found. */
    private enum End {
        /** At a known distance. */
        WIDTH,
        /** At the next quote, which is escaped within values. */
        QUOTE,
        /** At the literal behind it, not counting separators between attempts. */
        LIST,
        /** At the first place of the literal behind it. */
        LITERAL,
        /** At the end of the line, less the literal behind it. */
        LINE
    }

    /** One value and what follows it. */
    private static final class Step {
        /** Index of the variable, -1 when it is stepped over. */
        private final int slot;

        private final End end;
        private final int width;
        private final byte[] literal;
        private final boolean timeFollows;

        /** First byte of the literal. */
        private final byte first;

        /** The first place of the literal ends the value, unless a backslash is before it. */
        private final boolean quick;

        Step(int slot, End end, int width, byte[] literal, boolean timeFollows) {
            this.slot = slot;
            this.end = end;
            this.width = width;
            this.literal = literal;
            this.timeFollows = timeFollows;
            this.first = literal.length == 0 ? 0 : literal[0];
            this.quick =
                    literal.length > 0 && !timeFollows && (end == End.QUOTE || end == End.LITERAL);
        }
    }

    private final LogFormat format;
    private final byte[] beginning;
    private final Step[] steps;
    private final List<String> doubts;
    private final Set<AccessVariable> variables;

    private AccessLogFormat(
            LogFormat format,
            byte[] beginning,
            List<Step> steps,
            List<String> doubts,
            Set<AccessVariable> variables) {
        this.format = format;
        this.beginning = beginning;
        this.steps = steps.toArray(new Step[0]);
        this.doubts = List.copyOf(doubts);
        this.variables =
                variables.isEmpty()
                        ? EnumSet.noneOf(AccessVariable.class)
                        : EnumSet.copyOf(variables);
    }

    /** Compiles any format, also one that cannot be read without doubt. */
    public static AccessLogFormat compile(LogFormat format) {
        return new Compiler(format).compile();
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
        for (Step step : steps) {
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
    private static int quickEnd(Step step, byte[] buffer, int at, int to) {
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

    private int end(Step step, byte[] buffer, int at, int to) {
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

    private static int find(byte[] buffer, int from, int to, Step step) {
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

    /** Collects the parts of the format text. */
    private static final class Compiler {
        private final LogFormat format;
        private final List<String> names = new ArrayList<>();
        private final List<String> literals = new ArrayList<>();
        private final List<String> doubts = new ArrayList<>();
        private final Set<AccessVariable> variables = EnumSet.noneOf(AccessVariable.class);

        Compiler(LogFormat format) {
            this.format = format;
        }

        AccessLogFormat compile() {
            Matcher matcher = VARIABLE.matcher(format.text());
            String beginning = format.text();
            int from = 0;
            while (matcher.find()) {
                String before = format.text().substring(from, matcher.start());
                if (names.isEmpty()) {
                    beginning = before;
                } else {
                    literals.add(before);
                }
                names.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
                from = matcher.end();
            }
            literals.add(format.text().substring(names.isEmpty() ? format.text().length() : from));
            List<Step> steps = steps();
            return new AccessLogFormat(format, bytes(beginning), steps, doubts, variables);
        }

        private List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                int last = i;
                while (last < names.size() - 1
                        && literals.get(last).isEmpty()
                        && width(last) == 0) {
                    last++;
                }
                if (last > i) {
                    doubts.add(
                            "nothing separates $"
                                    + String.join(" $", names.subList(i, last + 1))
                                    + " in log_format "
                                    + format.name());
                }
                steps.add(step(i, last));
                i = last;
            }
            return steps;
        }

        private Step step(int first, int last) {
            Optional<AccessVariable> variable =
                    first == last ? AccessVariable.named(names.get(first)) : Optional.empty();
            byte[] literal = bytes(literals.get(last));
            End end = end(variable, literals.get(last), last);
            doubt(first, last, end, literals.get(last));
            boolean known = variable.isPresent() && variables.add(variable.get());
            boolean time = last + 1 < names.size() && names.get(last + 1).startsWith("time_");
            return new Step(known ? variable.get().slot() : -1, end, width(last), literal, time);
        }

        private End end(Optional<AccessVariable> variable, String literal, int index) {
            if (width(index) > 0) {
                return End.WIDTH;
            }
            if (literal.startsWith("\"") && format.escape() != LogFormat.Escape.NONE) {
                return End.QUOTE;
            }
            if (index == names.size() - 1) {
                return End.LINE;
            }
            return variable.map(AccessVariable::hasOneValueAnAttempt).orElse(false)
                    ? End.LIST
                    : End.LITERAL;
        }

        private int width(int index) {
            return AccessVariable.named(names.get(index)).map(AccessVariable::width).orElse(0);
        }

        /**
         * Values of the client's choice that are neither quoted nor last can hold the literal
         * behind them.
         */
        private void doubt(int first, int last, End end, String literal) {
            boolean chosen = first == last && isClients(names.get(first));
            if (chosen && end == End.LITERAL) {
                doubts.add(
                        "$"
                                + names.get(first)
                                + " in log_format "
                                + format.name()
                                + " can hold the text '"
                                + literal
                                + "' that ends it");
            }
        }

        /**
         * Values with blanks or any other byte. $remote_user is not among them where a time follows
         * it, as in combined.
         */
        private boolean isClients(String name) {
            boolean header =
                    name.startsWith("http_")
                            || name.startsWith("arg_")
                            || name.startsWith("cookie_")
                            || name.startsWith("sent_http_")
                            || name.startsWith("upstream_http_");
            return (header && !name.equals("http_host"))
                    || name.equals("request")
                    || name.equals("uri")
                    || name.equals("document_uri")
                    || name.equals("request_body");
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
