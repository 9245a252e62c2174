package dev.gatemend.host;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Asks a container engine over its unix socket. Only GET is ever sent. In HTTP/1.0, so that the
 * answer comes unchunked and ends with the connection (RFC 1945). An interrupt ends the wait.
 */
final class EngineSocket {
    /** The description of one container has some ten kilobytes, a list of 200 about half a MB. */
    private static final int MOST_BYTES = 8 << 20;

    private final Path socket;

    /** The engine knows nothing of that name (status 404). */
    static final class Missing extends IOException {
        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message);
        }
    }

    EngineSocket(Path socket) {
        this.socket = socket;
    }

    /**
     * The body of the answer.
     *
     * @throws IOException when the socket may not be opened, the answer is too long, or its status
     *     is not 200
     */
    Json get(String target) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = "GET " + target + " HTTP/1.0\r\nHost: localhost\r\n\r\n";
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return Json.read(body(Channels.newInputStream(channel).readNBytes(MOST_BYTES + 1)));
        }
    }

    private String body(byte[] answer) throws IOException {
        if (answer.length > MOST_BYTES) {
            throw new IOException(socket + " answered with more than " + MOST_BYTES + " bytes");
        }
        String text = new String(answer, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (text.startsWith("404", "HTTP/1.x ".length())) {
            throw new Missing(socket + " answered that there is no such thing");
        }
        if (end < 0 || !text.startsWith("200", "HTTP/1.x ".length())) {
            throw new IOException(
                    socket + " answered " + text.lines().findFirst().orElse("nothing"));
        }
        return text.substring(end);
    }
}
