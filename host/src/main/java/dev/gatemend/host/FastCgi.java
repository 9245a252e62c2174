package dev.gatemend.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request over FastCGI and its answer, as records: a header of eight bytes, then the content
 * (FastCGI Specification, 3.3).
 */
final class FastCgi {
    private static final int VERSION = 1;
    private static final int BEGIN_REQUEST = 1;
    private static final int END_REQUEST = 3;
    private static final int PARAMETERS = 4;
    private static final int INPUT = 5;
    private static final int OUTPUT = 6;

    private static final int HEADER = 8;
    private static final int RESPONDER = 1;
    private static final int REQUEST = 1;
    private static final int MOST_OUTPUT = 256 << 10;

    /** Names and values below this are preceded by one byte of length. */
    private static final int LONG = 128;

    private FastCgi() {}

    /** The bytes of a request without a body; names and values shorter than 128 bytes. */
    static byte[] request(Map<String, String> parameters) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        parameters.forEach(
                (name, value) -> {
                    content.write(length(name));
                    content.write(length(value));
                    content.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
                    content.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
                });
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        record(request, BEGIN_REQUEST, new byte[] {0, RESPONDER, 0, 0, 0, 0, 0, 0});
        record(request, PARAMETERS, content.toByteArray());
        record(request, PARAMETERS, new byte[0]);
        record(request, INPUT, new byte[0]);
        return request.toByteArray();
    }

    private static int length(String text) {
        if (text.length() >= LONG) {
            throw new IllegalArgumentException("too long for a short parameter: " + text);
        }
        return text.length();
    }

    private static void record(ByteArrayOutputStream into, int type, byte[] content) {
        into.write(VERSION);
        into.write(type);
        into.write(0);
        into.write(REQUEST);
        into.write(content.length >> 8);
        into.write(content.length);
        into.write(0);
        into.write(0);
        into.writeBytes(content);
    }

    /**
     * What the application wrote, up to the end of the request.
     *
     * @throws IOException when it is no FastCGI, too long, or ends before
     */
    static String answer(HttpHead.Reader reader) throws IOException {
        byte[] bytes = new byte[MOST_OUTPUT];
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        int length = 0;
        int at = 0;
        while (true) {
            int end = length - at < HEADER ? length + 1 : at + HEADER + content(bytes, at);
            if (end + padding(bytes, at, length) > length) {
                length += more(reader, bytes, length);
                continue;
            }
            if (bytes[at] != VERSION) {
                throw new IOException("no FastCGI came");
            }
            if (bytes[at + 1] == END_REQUEST) {
                return output.toString(StandardCharsets.UTF_8);
            }
            if (bytes[at + 1] == OUTPUT) {
                output.write(bytes, at + HEADER, end - at - HEADER);
            }
            at = end + padding(bytes, at, length);
        }
    }

    private static int content(byte[] bytes, int at) {
        return ((bytes[at + 4] & 0xff) << 8) | (bytes[at + 5] & 0xff);
    }

    private static int padding(byte[] bytes, int at, int length) {
        return length - at < HEADER ? 0 : bytes[at + 6] & 0xff;
    }

    private static int more(HttpHead.Reader reader, byte[] bytes, int length) throws IOException {
        int count = length < bytes.length ? reader.read(bytes, length) : -1;
        if (count <= 0) {
            throw new IOException("the answer is cut off after " + length + " bytes");
        }
        return count;
    }
}
