package dev.gatemend.host;

import dev.gatemend.model.Listener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The kernel's own list of sockets, asked the way {@code ss} asks (sock_diag(7)).
 *
 * <p>Asked directly because a path of a unix socket may hold blanks, line feeds and whatever else
 * would make {@code ss}'s columns ambiguous, because {@code ss} is missing on lean hosts, and
 * because it costs no process.
 */
final class SocketDiagnostics {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int RAW_CLOSE_ON_EXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int PATIENCE_SECONDS = 2;

    /** linux/netlink.h. */
    private static final int HEADER = 16;

    private static final int DONE = 3;
    private static final int ERROR = 2;
    private static final short REQUEST_DUMP = 0x301;

    /** linux/sock_diag.h. */
    private static final short BY_FAMILY = 20;

    /** One bit a state; LISTEN is the tenth, CLOSE the seventh (net/tcp_states.h). */
    private static final int LISTENING = 1 << 10;

    private static final int ESTABLISHED = 1 << 1;
    private static final int CONNECTED = 0xfff & ~(1 | LISTENING | 1 << 7);

    private static final byte TCP = 6;

    /** UDIAG_SHOW_NAME, _VFS, _RQLEN and _UID (linux/unix_diag.h). */
    private static final int SHOW = 0x01 | 0x02 | 0x10 | 0x40;

    private static final int MOST_MESSAGE = 64 << 10;
    private static final int MOST_SOCKETS = 50_000;

    /** UDIAG_SHOW_NAME and _PEER. */
    private static final int SHOW_ENDS = 0x01 | 0x04;

    private SocketDiagnostics() {}

    /**
     * Every listening stream socket of the calling thread's network namespace, without owners.
     *
     * @throws IOException when the kernel does not answer, or was built without this
     */
    static List<Listener> listeners() throws IOException {
        List<Listener> listeners = new ArrayList<>();
        dump(inetRequest(AF_INET, LISTENING), DiagnosticMessage::inet, listeners);
        dump(inetRequest(AF_INET6, LISTENING), DiagnosticMessage::inet, listeners);
        dump(unixRequest(LISTENING, SHOW), DiagnosticMessage::unix, listeners);
        return listeners;
    }

    /**
     * TCP connections of the calling thread's network namespace, those included that only wait for
     * late packets; at most 50,000 of each family.
     */
    static List<Connection.Inet> connections() throws IOException {
        List<Connection.Inet> v4 = new ArrayList<>();
        dump(inetRequest(AF_INET, CONNECTED), DiagnosticMessage::connection, v4);
        List<Connection.Inet> v6 = new ArrayList<>();
        dump(inetRequest(AF_INET6, CONNECTED), DiagnosticMessage::connection, v6);
        v4.addAll(v6);
        return v4;
    }

    /** Ends of connections through unix sockets, at most 50,000. */
    static List<Connection.Unix> unixConnections() throws IOException {
        List<Connection.Unix> ends = new ArrayList<>();
        dump(unixRequest(ESTABLISHED, SHOW_ENDS), DiagnosticMessage::end, ends);
        return ends;
    }

    private static byte[] inetRequest(int family, int states) {
        return request(
                56, body -> body.put((byte) family).put(TCP).putShort((short) 0).putInt(states));
    }

    private static byte[] unixRequest(int states, int show) {
        return request(
                24,
                body ->
                        body.put((byte) AF_UNIX)
                                .put((byte) 0)
                                .putShort((short) 0)
                                .putInt(states)
                                .putInt(0)
                                .putInt(show));
    }

    private static byte[] request(int length, Consumer<ByteBuffer> body) {
        ByteBuffer request = ByteBuffer.allocate(HEADER + length).order(ByteOrder.nativeOrder());
        request.putInt(HEADER + length).putShort(BY_FAMILY).putShort(REQUEST_DUMP);
        request.putInt(1).putInt(0);
        body.accept(request);
        return request.array();
    }

    private static <T> void dump(
            byte[] request, Function<ByteBuffer, Optional<T>> reading, List<T> sockets)
            throws IOException {
        int socket = NativeCalls.socket(AF_NETLINK, RAW_CLOSE_ON_EXEC, NETLINK_SOCK_DIAG);
        try {
            ByteBuffer patience = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
            patience.putLong(PATIENCE_SECONDS);
            NativeCalls.socketOption(socket, SOL_SOCKET, SO_RCVTIMEO, patience.array());
            NativeCalls.send(socket, request);
            boolean more = true;
            while (more && sockets.size() < MOST_SOCKETS) {
                more = read(NativeCalls.receive(socket, MOST_MESSAGE), reading, sockets);
            }
        } finally {
            NativeCalls.close(socket);
        }
    }

    /**
     * Reads one datagram of messages.
     *
     * @return whether another is to come
     */
    static <T> boolean read(
            byte[] datagram, Function<ByteBuffer, Optional<T>> reading, List<T> sockets)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        while (buffer.remaining() >= HEADER) {
            int start = buffer.position();
            int length = buffer.getInt(start);
            int type = buffer.getShort(start + 4);
            if (length < HEADER || length > buffer.remaining() || type == DONE) {
                return false;
            }
            if (type == ERROR) {
                throw new IOException(
                        "the kernel refused to list sockets: " + errno(buffer, length));
            }
            ByteBuffer body =
                    buffer.slice(start + HEADER, length - HEADER).order(ByteOrder.nativeOrder());
            reading.apply(body).ifPresent(sockets::add);
            buffer.position(Math.min(start + aligned(length), buffer.limit()));
        }
        return true;
    }

    private static String errno(ByteBuffer buffer, int length) {
        return length >= HEADER + 4
                ? "error " + -buffer.getInt(buffer.position() + HEADER)
                : "no reason given";
    }

    private static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
