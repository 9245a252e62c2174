package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where the values of the last parsed line are. Filled by {@link AccessLogFormat#parse}, valid
 * until the buffer changes. Not thread-safe: meant to be reused line after line without allocating.
 */
public final class AccessLine {
    private static final String OWN_AGENT = "Gatemend/";
    private static final byte[] OWN = OWN_AGENT.getBytes(StandardCharsets.US_ASCII);

    /** Of a line without a time that can be read. */
    public static final long NO_TIME = AccessTime.NONE;

    private static final AccessVariable[] ASKED_BY = {
        AccessVariable.REQUEST,
        AccessVariable.REQUEST_URI,
        AccessVariable.URI,
        AccessVariable.DOCUMENT_URI
    };

    /** The time has not been read yet. */
    private static final long UNREAD = Long.MAX_VALUE;

    private final int[] starts = new int[AccessVariable.values().length];
    private final int[] ends = new int[starts.length];
    private byte[] buffer = new byte[0];
    private long millis = UNREAD;

    /** The time of the line before as written, and what it came to. */
    private final byte[] timeText = new byte[32];

    private int timeLength = -1;
    private long timeMillis;
    private int from;
    private int to;
    private LogFormat.Escape escape = LogFormat.Escape.DEFAULT;

    void begin(byte[] bytes, int lineFrom, int lineTo, LogFormat.Escape lineEscape) {
        buffer = bytes;
        from = lineFrom;
        to = lineTo;
        escape = lineEscape;
        millis = UNREAD;
        Arrays.fill(starts, -1);
    }

    void value(int slot, int start, int end) {
        starts[slot] = start;
        ends[slot] = end;
    }

    /** True when the format has the variable, whatever its value. */
    public boolean has(AccessVariable variable) {
        return starts[variable.slot()] >= 0;
    }

    /**
     * The value decoded; empty when the format has it not, or nginx had no value ({@code -},
     * nothing).
     */
    public Optional<String> text(AccessVariable variable) {
        return written(variable).filter(text -> !text.isEmpty() && !text.equals("-"));
    }

    /**
     * The value decoded as it is, {@code -} and the empty text included; empty when the format has
     * it not.
     */
    public Optional<String> written(AccessVariable variable) {
        int start = starts[variable.slot()];
        if (start < 0) {
            return Optional.empty();
        }
        String raw =
                new String(buffer, start, ends[variable.slot()] - start, StandardCharsets.UTF_8);
        return Optional.of(
                switch (escape) {
                    case DEFAULT -> EscapedValue.decodeDefault(raw);
                    case JSON -> EscapedValue.decodeJson(raw);
                    case NONE -> raw;
                });
    }

    /** The status sent to the client, 0 to 999. */
    public OptionalInt status() {
        int start = starts[AccessVariable.STATUS.slot()];
        int end = ends[AccessVariable.STATUS.slot()];
        if (start < 0 || end - start < 1 || end - start > 3) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                return OptionalInt.empty();
            }
            value = value * 10 + buffer[i] - '0';
        }
        return OptionalInt.of(value);
    }

    /** When it was logged; empty when the line has no time that can be read. */
    public Optional<Instant> time() {
        long millis = millis();
        return millis == AccessTime.NONE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** What its local time was ahead of UTC; empty when the line has no local time. */
    public Optional<ZoneOffset> offset() {
        return text(AccessVariable.TIME_LOCAL)
                .or(() -> text(AccessVariable.TIME_ISO8601))
                .filter(_ -> millis() != AccessTime.NONE)
                .flatMap(AccessTime::offset);
    }

    /** Milliseconds since the epoch, {@link #NO_TIME} without a time. */
    public long millis() {
        if (millis == UNREAD) {
            millis = readMillis();
        }
        return millis;
    }

    /** Many lines in a row are of one second; {@code $msec} alone differs from line to line. */
    private long readMillis() {
        AccessVariable variable =
                has(AccessVariable.TIME_LOCAL)
                        ? AccessVariable.TIME_LOCAL
                        : AccessVariable.TIME_ISO8601;
        int start = start(variable);
        if (start < 0 || has(AccessVariable.MSEC)) {
            return parseMillis();
        }
        int end = end(variable);
        boolean again =
                end - start == timeLength
                        && Arrays.equals(buffer, start, end, timeText, 0, timeLength);
        if (!again) {
            timeMillis = parseMillis();
            timeLength = Math.min(end - start, timeText.length);
            System.arraycopy(buffer, start, timeText, 0, timeLength);
        }
        return timeMillis;
    }

    private long parseMillis() {
        long read = AccessTime.NONE;
        if (has(AccessVariable.MSEC)) {
            read = AccessTime.seconds(buffer, start(AccessVariable.MSEC), end(AccessVariable.MSEC));
        }
        if (read == AccessTime.NONE && has(AccessVariable.TIME_LOCAL)) {
            read =
                    AccessTime.local(
                            buffer,
                            start(AccessVariable.TIME_LOCAL),
                            end(AccessVariable.TIME_LOCAL));
        }
        if (read == AccessTime.NONE && has(AccessVariable.TIME_ISO8601)) {
            read =
                    AccessTime.iso8601(
                            buffer,
                            start(AccessVariable.TIME_ISO8601),
                            end(AccessVariable.TIME_ISO8601));
        }
        return read;
    }

    /**
     * What the client asked for, with its arguments: of {@code $request}, else {@code
     * $request_uri}, else {@code $uri}.
     */
    public Optional<String> uri() {
        Optional<String> request = text(AccessVariable.REQUEST).flatMap(AccessLine::uriOf);
        return request.or(() -> text(AccessVariable.REQUEST_URI))
                .or(() -> text(AccessVariable.URI))
                .or(() -> text(AccessVariable.DOCUMENT_URI));
    }

    /** {@code GET}, of {@code $request} or {@code $request_method}. */
    public Optional<String> method() {
        return text(AccessVariable.REQUEST_METHOD)
                .or(
                        () ->
                                text(AccessVariable.REQUEST)
                                        .filter(r -> r.indexOf(' ') > 0)
                                        .map(r -> r.substring(0, r.indexOf(' '))));
    }

    /** The name asked for: {@code $host}, else {@code $http_host} without its port. */
    public Optional<String> host() {
        return text(AccessVariable.HOST)
                .or(
                        () ->
                                text(AccessVariable.HTTP_HOST)
                                        .map(host -> host.replaceFirst(":\\d{1,5}$", "")));
    }

    /** A number of seconds or bytes, of a variable with one value. */
    public OptionalDouble number(AccessVariable variable) {
        return text(variable).map(UpstreamField::number).orElse(OptionalDouble.empty());
    }

    /** The attempts of an upstream variable; empty when the format has it not. */
    public Optional<UpstreamField> upstream(AccessVariable variable) {
        return written(variable).map(UpstreamField::of);
    }

    /** True for a request of Gatemend itself, told by its User-Agent. */
    public boolean isOwn() {
        if (!has(AccessVariable.HTTP_USER_AGENT)) {
            return false;
        }
        int start = start(AccessVariable.HTTP_USER_AGENT);
        return end(AccessVariable.HTTP_USER_AGENT) - start >= OWN.length
                && Arrays.equals(buffer, start, start + OWN.length, OWN, 0, OWN.length);
    }

    /** The line, at most the given number of bytes of it. */
    public String sample(int most) {
        return new String(buffer, from, Math.min(to - from, most), StandardCharsets.UTF_8);
    }

    /**
     * Folds the bytes of a value into a hash, so that equal lines are recognised without decoding
     * them.
     */
    public long hash(AccessVariable variable, long seed) {
        int start = starts[variable.slot()];
        return start < 0 ? seed * 31 : ByteSearch.hash(buffer, start, ends[variable.slot()], seed);
    }

    /** Folds the path asked for, without its arguments, into a hash. */
    long pathHash(long seed) {
        AccessVariable variable = askedBy();
        int start = starts[variable.slot()];
        if (start < 0) {
            return seed * 31;
        }
        int end = ends[variable.slot()];
        int arguments = ByteSearch.find(buffer, start, end, (byte) '?');
        return ByteSearch.hash(buffer, start, arguments < 0 ? end : arguments, seed);
    }

    /** The variable that says what was asked for; {@code $request} when the format has none. */
    public AccessVariable askedBy() {
        for (AccessVariable variable : ASKED_BY) {
            if (has(variable)) {
                return variable;
            }
        }
        return AccessVariable.REQUEST;
    }

    /** True when the last attempt's value is a number: nothing but a digit can end one. */
    public boolean endsWithNumber(AccessVariable variable) {
        int start = starts[variable.slot()];
        int end = ends[variable.slot()];
        return start >= 0 && end > start && buffer[end - 1] >= '0' && buffer[end - 1] <= '9';
    }

    /** The bytes that {@link #start} and {@link #end} point into; valid as long as the line is. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the value begins as written, still escaped; -1 when the format has it not. */
    public int start(AccessVariable variable) {
        return starts[variable.slot()];
    }

    /** Behind the value's last byte; undefined when the format has it not. */
    public int end(AccessVariable variable) {
        return ends[variable.slot()];
    }

    private static Optional<String> uriOf(String request) {
        int first = request.indexOf(' ');
        int last = request.lastIndexOf(" HTTP/");
        if (first < 0) {
            return Optional.empty();
        }
        return Optional.of(request.substring(first + 1, last > first ? last : request.length()));
    }
}
