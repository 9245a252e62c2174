package dev.gatemend.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Connections that fill the queue of a listener that never accepts. */
record Crowd(List<Socket> sockets) implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 200;
    private static final int MOST = 64;

    /** Connects until one waits: then the queue is full. */
    static Crowd before(int port) throws IOException {
        Crowd crowd = new Crowd(new ArrayList<>());
        for (int i = 0; i < MOST; i++) {
            Socket socket = new Socket();
            crowd.sockets.add(socket);
            try {
                socket.connect(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                        PATIENCE_MILLIS);
            } catch (SocketTimeoutException e) {
                return crowd;
            }
        }
        crowd.close();
        throw new IOException("the queue took " + MOST + " connections");
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
