package dev.gatemend.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The small application of {@code gatemend demo}: a process of its own that needs nothing but the
 * java that runs Gatemend. {@code DemoApplication HOST:PORT|unix:PATH FILE}; while the file is
 * there, {@code /report} takes eight seconds and {@code /login} sets a cookie of 9,000 bytes.
 */
public final class DemoApplication {
    private static final int LONGEST_REQUEST = 8_192;
    private static final long SLOW_SECONDS = 8;
    private static final int BIG_COOKIE = 9_000;

    private final Path misbehave;

    private DemoApplication(Path misbehave) {
        this.misbehave = misbehave;
    }

    /** Serves until it is ended. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel server = listen(arguments[0])) {
            System.out.println("ready");
            DemoApplication application = new DemoApplication(Path.of(arguments[1]));
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> application.serve(client));
            }
        }
    }

    private static ServerSocketChannel listen(String bind) throws IOException {
        boolean unix = bind.startsWith("unix:");
        ServerSocketChannel server =
                ServerSocketChannel.open(
                        unix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
        SocketAddress address =
                unix
                        ? UnixDomainSocketAddress.of(bind.substring(5))
                        : new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                Integer.parseInt(bind.substring(bind.lastIndexOf(':') + 1)));
        return server.bind(address);
    }

    private void serve(SocketChannel client) {
        try (client) {
            ByteBuffer request = ByteBuffer.allocate(LONGEST_REQUEST);
            if (client.read(request) > 0) {
                OutputStream out = Channels.newOutputStream(client);
                out.write(answer(StandardCharsets.ISO_8859_1.decode(request.flip()).toString()));
            }
        } catch (IOException _) {
            // The client went away; there is nobody to tell.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] answer(String request) throws InterruptedException {
        boolean misbehaves = Files.exists(misbehave);
        if (misbehaves && request.startsWith("GET /report ")) {
            TimeUnit.SECONDS.sleep(SLOW_SECONDS);
        }
        String cookie =
                misbehaves && request.startsWith("GET /login ")
                        ? "Set-Cookie: session=" + "a".repeat(BIG_COOKIE) + "\r\n"
                        : "";
        return ("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n"
                        + cookie
                        + "\r\nhello\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
