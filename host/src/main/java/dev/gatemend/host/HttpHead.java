package dev.gatemend.host;

import dev.gatemend.model.ProbeOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks in HTTP/1.1 and reads the raw header of what comes back: a library's client would hide what
 * nginx stumbles over.
 */
final class HttpHead {
    /** What a request of ours is known by in every log; AccessLine.isOwn leaves those out. */
    static final String AGENT = "Gatemend/0.1 (health check)";

    private static final int MOST_HEADER = 64 << 10;
    private static final int MOST_KEPT = 16 << 10;
    private static final int FIRST_BYTES = 512;
    private static final Pattern STATUS = Pattern.compile("^HTTP/\\d\\.\\d (\\d{3})(?=[ \\r\\n])");
    private static final Pattern END = Pattern.compile("\\r?\\n\\r?\\n");
    private static final Pattern COOKIE =
            Pattern.compile("(?im)^(set-cookie|www-authenticate|authorization):[^\\r\\n]*");

    private HttpHead() {}

    /** A stream's read with an end to its wait. */
    interface Reader {
        /** Bytes read, -1 at the end of the stream. */
        int read(byte[] into, int from) throws IOException;
    }

    /**
     * The request.
     *
     * @param target a path with its query
     * @param host nothing but letters, digits and {@code .:-_[]} is sent
     */
    static byte[] request(String method, String target, String host) {
        String safeHost = host.replaceAll("[^A-Za-z0-9.:_\\[\\]-]", "");
        return (method
                        + " "
                        + target.replaceAll("[^\\x21-\\x7e]", "")
                        + " HTTP/1.1\r\nHost: "
                        + safeHost
                        + "\r\nUser-Agent: "
                        + AGENT
                        + "\r\nAccept: */*\r\n"
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads to the end of the header, of the stream, or of the patience of the reader. */
    static ProbeOutcome answer(Reader reader, Duration patience) throws IOException {
        byte[] bytes = new byte[MOST_HEADER];
        int length = 0;
        while (length < bytes.length && !ends(bytes, length)) {
            int count;
            try {
                count = reader.read(bytes, length);
            } catch (IOException e) {
                if (length > 0) {
                    break;
                }
                return ofFailure(e, patience);
            }
            if (count < 0) {
                break;
            }
            length += count;
        }
        return length == 0 ? new ProbeOutcome.Closed(false) : outcome(Arrays.copyOf(bytes, length));
    }

    /** What a server says unasked. */
    static ProbeOutcome greeting(Reader reader, Duration patience) throws IOException {
        byte[] bytes = new byte[FIRST_BYTES];
        try {
            int count = reader.read(bytes, 0);
            return count <= 0
                    ? new ProbeOutcome.Closed(false)
                    : outcome(Arrays.copyOf(bytes, count));
        } catch (IOException e) {
            return ofFailure(e, patience);
        }
    }

    /** A silence, or a connection that ended before a byte came. */
    static ProbeOutcome ofFailure(IOException failure, Duration patience) throws IOException {
        if (failure instanceof PeerConnection.TimedOut
                || failure instanceof SocketTimeoutException) {
            return new ProbeOutcome.Silent(patience);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("reset") || message.contains("Broken pipe")) {
            return new ProbeOutcome.Closed(true);
        }
        throw failure;
    }

    static Reader of(InputStream stream) {
        return (into, from) -> stream.read(into, from, into.length - from);
    }

    /** The value of a header line, the first of several. */
    static Optional<String> header(ProbeOutcome outcome, String name) {
        return outcome instanceof ProbeOutcome.Answered answered
                ? answered.header()
                        .lines()
                        .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                        .map(l -> l.substring(name.length() + 1).strip())
                        .findFirst()
                : Optional.empty();
    }

    private static ProbeOutcome outcome(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(text);
        Matcher end = END.matcher(text);
        boolean http = status.find();
        boolean ended = end.find();
        String header = ended ? text.substring(0, end.end()) : text;
        return new ProbeOutcome.Answered(
                cut(withoutSecrets(text), FIRST_BYTES),
                http ? Integer.parseInt(status.group(1)) : -1,
                http && ended ? end.end() : -1,
                http ? cut(withoutSecrets(header), MOST_KEPT) : "");
    }

    /** A cookie may be somebody's session. */
    private static String withoutSecrets(String text) {
        return COOKIE.matcher(text)
                .replaceAll(m -> m.group(1) + ": (" + m.group().length() + " bytes)");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static boolean ends(byte[] bytes, int length) {
        for (int i = 1; i < length; i++) {
            boolean twoFeeds = bytes[i] == '\n' && bytes[i - 1] == '\n';
            boolean fed =
                    i >= 2 && bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n';
            if (twoFeeds || fed) {
                return true;
            }
        }
        return false;
    }
}
