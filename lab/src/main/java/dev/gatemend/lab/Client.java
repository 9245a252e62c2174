package dev.gatemend.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A client of nginx on loopback. It writes the request as it is told to, forged header lines
 * included, which a well-behaved HTTP library would refuse.
 */
final class Client {
    private static final int LIMIT_MILLIS = 20_000;

    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** Sends one request and returns the status; 0 when nobody answers, or not in HTTP. */
    int ask(Ask ask) throws IOException {
        try (Socket socket = send(ask)) {
            byte[] answer = socket.getInputStream().readAllBytes();
            return status(answer);
        } catch (SocketException | SocketTimeoutException _) {
            return 0;
        }
    }

    /** Connects and sends a request, and leaves the answer to the caller, who closes the socket. */
    Socket send(Ask ask) throws IOException {
        Socket socket = connect();
        OutputStream out = socket.getOutputStream();
        out.write(head(ask).getBytes(StandardCharsets.ISO_8859_1));
        out.write(new byte[ask.upload()]);
        out.flush();
        return socket;
    }

    /** Asks, and goes away after the first {@code bytes} of the answer or after the time given. */
    void leaveEarly(Ask ask, int bytes, int millis) throws IOException {
        try (Socket socket = send(ask)) {
            socket.setSoTimeout(millis);
            InputStream in = socket.getInputStream();
            in.readNBytes(bytes);
        } catch (SocketTimeoutException _) {
            // Waited as long as this client does.
        }
    }

    /** A connection over which nothing is asked. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
        return socket;
    }

    private static String head(Ask ask) {
        StringBuilder head = new StringBuilder();
        head.append(ask.upload() > 0 ? "POST " : "GET ").append(ask.path()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(ask.site()).append("\r\nConnection: close\r\n");
        ask.headers().forEach(line -> head.append(line).append("\r\n"));
        if (ask.upload() > 0) {
            head.append("Content-Length: ").append(ask.upload()).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static int status(byte[] answer) {
        String start =
                new String(answer, 0, Math.min(answer.length, 12), StandardCharsets.ISO_8859_1);
        return start.matches("HTTP/1\\.[01] \\d{3}") ? Integer.parseInt(start.substring(9)) : 0;
    }
}
