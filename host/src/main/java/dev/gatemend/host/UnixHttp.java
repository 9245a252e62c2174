package dev.gatemend.host;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One request over a unix socket. In HTTP/1.0, so that the answer comes unchunked and ends with the
 * connection (RFC 1945). An interrupt ends the wait.
 */
final class UnixHttp {
    private UnixHttp() {}

    /** The server knows nothing of that name (status 404). */
    static final class Missing extends IOException {
        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message);
        }
    }

    /**
     * The body of the answer.
     *
     * @param most bytes of the answer, header included
     * @throws IOException when the socket may not be opened, the answer is too long, or its status
     *     is not 200
     */
    static String ask(Path socket, Request request, int most) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(request.text());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return body(socket, Channels.newInputStream(channel).readNBytes(most + 1), most);
        }
    }

    /**
     * A request of ASCII.
     *
     * @param headers lines, each with its line break
     */
    record Request(String method, String target, String headers, String body) {
        static Request get(String target) {
            return new Request("GET", target, "", "");
        }

        static Request post(String target, String type, String body) {
            String headers =
                    "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, body.length());
            return new Request("POST", target, headers, body);
        }

        private String text() {
            return "%s %s HTTP/1.0\r\nHost: localhost\r\n%s\r\n%s"
                    .formatted(method, target, headers, body);
        }
    }

    private static String body(Path socket, byte[] answer, int most) throws IOException {
        if (answer.length > most) {
            throw new IOException(socket + " answered with more than " + most + " bytes");
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
        return text.substring(end + 4);
    }
}
