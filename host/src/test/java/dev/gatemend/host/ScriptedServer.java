package dev.gatemend.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on a free port (or a unix socket) that says what a test wants and notes what it is
 * asked.
 */
final class ScriptedServer implements AutoCloseable {
    /** What to do with one connection. */
    interface Script {
        /** Answers; {@code received} takes what was read. */
        void serve(Conversation conversation) throws IOException;
    }

    /** One connection. */
    record Conversation(Socket socket, List<String> received) {
        /** Reads one piece of what the client sent. */
        void hear() throws IOException {
            byte[] bytes = new byte[8192];
            InputStream in = socket.getInputStream();
            int count = in.read(bytes);
            if (count > 0) {
                received.add(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Waits until the client goes. */
        void outwait() throws IOException {
            socket.getInputStream().readAllBytes();
        }
    }

    private final AutoCloseable listener;
    private final int port;
    final List<String> received = new CopyOnWriteArrayList<>();

    private ScriptedServer(AutoCloseable listener, int port) {
        this.listener = listener;
        this.port = port;
    }

    static ScriptedServer on(ServerSocket listener, Script script) {
        ScriptedServer server = new ScriptedServer(listener, listener.getLocalPort());
        Thread.ofPlatform().daemon().start(() -> server.accept(listener, script));
        return server;
    }

    static ScriptedServer start(Script script) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        return on(listener, script);
    }

    /** On a unix socket, which says one text to each and closes. */
    static ScriptedServer unix(Path path, String text) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        ScriptedServer server = new ScriptedServer(listener, 0);
        Thread.ofPlatform().daemon().start(() -> server.accept(listener, text));
        return server;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    private void accept(ServerSocket server, Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            script.serve(new Conversation(socket, received));
        } catch (IOException e) {
            received.add("failed: " + e.getMessage());
        }
    }

    private void accept(ServerSocketChannel server, String text) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                byte[] bytes = new byte[8192];
                int count = Channels.newInputStream(client).read(bytes);
                if (count > 0) {
                    received.add(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
                    Channels.newOutputStream(client)
                            .write(text.getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        switch (listener) {
            case ServerSocket socket -> socket.close();
            case ServerSocketChannel channel -> channel.close();
            default -> throw new IllegalStateException("unknown listener");
        }
    }
}
