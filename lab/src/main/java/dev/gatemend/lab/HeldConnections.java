package dev.gatemend.lab;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections of clients that ask and do not read, or ask nothing, until they are let go. */
final class HeldConnections implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    /** Sends a request and does not read the answer. */
    void request(Client client, Ask ask) throws IOException {
        sockets.add(client.send(ask));
    }

    /** Connects and asks nothing. */
    void idle(Client client) throws IOException {
        sockets.add(client.connect());
    }

    /** Closes the one that was held first. */
    void letOneGo() throws IOException {
        sockets.removeFirst().close();
    }

    /** Closes all. */
    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }
}
