package dev.gatemend.nginx.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An entry of the error log whose parts lie open, found in its bytes without decoding them: a whole
 * head, a message without quotes, and nginx's fields in nginx's order, none of which holds a quote.
 * Nothing can be forged in such a line, since every value ends at the first quote and each quote is
 * accounted for. Nearly all entries are of this kind; any other is left to {@link ErrorLogReader}.
 * Not thread-safe: meant to be reused line after line.
 */
public final class ErrorLine {
    /** The fields behind a message, in the order that nginx writes them. */
    public enum Field {
        CLIENT(", client: ", false),
        SERVER(", server: ", false),
        REQUEST(", request: \"", true),
        UPSTREAM(", upstream: \"", true),
        HOST(", host: \"", true),
        REFERRER(", referrer: \"", true);

        // never written to: an array because lines are compared with it byte by byte
        @SuppressWarnings("ImmutableEnumChecker")
        private final byte[] literal;

        private final boolean quoted;

        Field(String literal, boolean quoted) {
            this.literal = literal.getBytes(StandardCharsets.US_ASCII);
            this.quoted = quoted;
        }

        @SuppressWarnings("EnumOrdinal")
        private int slot() {
            return ordinal();
        }
    }

    private static final Field[] FIELDS = Field.values();

    /** An IPv6 address with an IPv4 one in it. */
    private static final int LONGEST_ADDRESS = 45;

    private static final byte[] PROTOCOL = {' ', 'H', 'T', 'T', 'P', '/'};

    private final int[] starts = new int[FIELDS.length];
    private final int[] ends = new int[FIELDS.length];
    private byte[] buffer = new byte[0];
    private int message;
    private int messageEnd;
    private int level;
    private long localSecond;

    /**
     * Finds the parts of a line.
     *
     * @param to behind its last byte, without newline
     * @return false when it is no such line; its contents are undefined then
     */
    public boolean read(byte[] bytes, int from, int to) {
        buffer = bytes;
        localSecond = ErrorTime.localSecond(bytes, from, to);
        if (localSecond == AccessTime.NONE) {
            return false;
        }
        int at = head(from + ErrorHead.TIME_LENGTH, to);
        if (at < 0) {
            return false;
        }
        message = at;
        Arrays.fill(starts, -1);
        return fields(to);
    }

    /** Local time in seconds, as if it were UTC: nginx does not write the zone. */
    public long localSecond() {
        return localSecond;
    }

    /** True when the entry has the field. */
    public boolean has(Field field) {
        return starts[field.slot()] >= 0;
    }

    /** Where the field's value begins; -1 when the entry has it not. */
    public int start(Field field) {
        return starts[field.slot()];
    }

    /** Behind the field's last byte; undefined when the entry has it not. */
    public int end(Field field) {
        return ends[field.slot()];
    }

    /**
     * Of all that decides what the entry means: level, message, scheme of the upstream, and which
     * fields there are. Entries of one hash are of one {@link dev.gatemend.model.ErrorEntry#id}.
     */
    public long kindHash(long seed) {
        long hash = ByteSearch.hash(buffer, level, level + 3, seed);
        hash = ByteSearch.hash(buffer, message, messageEnd, hash);
        int present = 0;
        for (Field field : FIELDS) {
            present = present * 2 + (starts[field.slot()] >= 0 ? 1 : 0);
        }
        if (has(Field.UPSTREAM)) {
            int start = start(Field.UPSTREAM);
            int scheme = ByteSearch.find(buffer, start, end(Field.UPSTREAM), (byte) '/');
            hash = ByteSearch.hash(buffer, start, scheme < 0 ? start : scheme, hash);
        }
        return hash * 64 + present;
    }

    /** {@code [error] 3651#3651: *1 }; returns where the message begins. */
    private int head(int from, int to) {
        if (from + 4 > to || buffer[from] != ' ' || buffer[from + 1] != '[') {
            return -1;
        }
        level = from + 2;
        int at = level;
        while (at < to && buffer[at] >= 'a' && buffer[at] <= 'z') {
            at++;
        }
        if (at - level < 4 || at + 2 >= to || buffer[at] != ']' || buffer[at + 1] != ' ') {
            return -1;
        }
        int hash = digits(at + 2, to);
        int colon = hash > at + 2 && hash < to && buffer[hash] == '#' ? digits(hash + 1, to) : -1;
        if (colon <= hash + 1
                || colon + 2 >= to
                || buffer[colon] != ':'
                || buffer[colon + 1] != ' ') {
            return -1;
        }
        int begin = colon + 2;
        if (buffer[begin] != '*') {
            return begin;
        }
        int end = digits(begin + 1, to);
        return end > begin + 1 && end < to && buffer[end] == ' ' ? end + 1 : -1;
    }

    private boolean fields(int to) {
        int client = clientAt(to);
        if (client < 0) {
            return false;
        }
        messageEnd = client;
        int at = client;
        for (Field field : FIELDS) {
            if (!startsWith(at, to, field.literal)) {
                continue;
            }
            int start = at + field.literal.length;
            int end = field.quoted ? quoted(start, to) : plain(start, to);
            if (end < 0) {
                return false;
            }
            starts[field.slot()] = start;
            ends[field.slot()] = end;
            at = end + (field.quoted ? 1 : 0);
        }
        return at == to && has(Field.SERVER) && has(Field.REQUEST) && isAddress() && isWhole();
    }

    /** The message ends at the first {@code , client: }; a quote before it makes it doubtful. */
    private int clientAt(int to) {
        byte[] literal = Field.CLIENT.literal;
        int at = message;
        while (at < to) {
            int comma = ByteSearch.find(buffer, at, to, (byte) ',');
            if (comma < 0) {
                return -1;
            }
            if (startsWith(comma, to, literal)) {
                return ByteSearch.find(buffer, message, comma, (byte) '"') < 0 ? comma : -1;
            }
            at = comma + 1;
        }
        return -1;
    }

    private int quoted(int from, int to) {
        return ByteSearch.find(buffer, from, to, (byte) '"');
    }

    /** An address, or a server's name: neither holds a comma or a quote. */
    private int plain(int from, int to) {
        int comma = ByteSearch.find(buffer, from, to, (byte) ',');
        int end = comma < 0 ? to : comma;
        return ByteSearch.find(buffer, from, end, (byte) '"') < 0 ? end : -1;
    }

    /** Of a client by its address; one behind a unix socket is left to the grammar. */
    private boolean isAddress() {
        int start = start(Field.CLIENT);
        int end = end(Field.CLIENT);
        for (int i = start; i < end; i++) {
            byte b = buffer[i];
            boolean digit = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f');
            if (!digit && b != '.' && b != ':') {
                return false;
            }
        }
        return end > start && end - start <= LONGEST_ADDRESS;
    }

    /** A request line that nginx took ends with its protocol. */
    private boolean isWhole() {
        int protocol = end(Field.REQUEST) - PROTOCOL.length - 3;
        return protocol >= start(Field.REQUEST)
                && startsWith(protocol, end(Field.REQUEST), PROTOCOL);
    }

    private int digits(int from, int to) {
        int i = from;
        while (i < to && i < from + 19 && buffer[i] >= '0' && buffer[i] <= '9') {
            i++;
        }
        return i;
    }

    private boolean startsWith(int at, int to, byte[] literal) {
        return at + literal.length <= to
                && Arrays.equals(buffer, at, at + literal.length, literal, 0, literal.length);
    }
}
