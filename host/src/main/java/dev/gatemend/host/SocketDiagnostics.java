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
 * The kernel's own list of listening sockets, asked the way {@code ss} asks (sock_diag(7)).
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

    /** One bit a state; LISTEN is the tenth (net/tcp_states.h). */
    private static final int LISTENING = 1 << 10;

    private static final byte TCP = 6;

    /** UDIAG_SHOW_NAME, _VFS, _RQLEN and _UID (linux/unix_diag.h). */
    private static final int SHOW = 0x01 | 0x02 | 0x10 | 0x40;

    private static final int MOST_MESSAGE = 64 << 10;
    private static final int MOST_LISTENERS = 50_000;

    private SocketDiagnostics() {}

    /**
     * Every listening stream socket of the calling thread's network namespace, without owners.
     *
     * @throws IOException when the kernel does not answer, or was built without this
     */
    static List<Listener> listeners() throws IOException {
        List<Listener> listeners = new ArrayList<>();
        dump(inetRequest(AF_INET), DiagnosticMessage::inet, listeners);
        dump(inetRequest(AF_INET6), DiagnosticMessage::inet, listeners);
        dump(unixRequest(), DiagnosticMessage::unix, listeners);
        return listeners;
    }

    private static byte[] inetRequest(int family) {
        return request(
                56, body -> body.put((byte) family).put(TCP).putShort((short) 0).putInt(LISTENING));
    }

    private static byte[] unixRequest() {
        return request(
                24,
                body ->
                        body.put((byte) AF_UNIX)
                                .put((byte) 0)
                                .putShort((short) 0)
                                .putInt(LISTENING)
                                .putInt(0)
                                .putInt(SHOW));
    }

    private static byte[] request(int length, Consumer<ByteBuffer> body) {
        ByteBuffer request = ByteBuffer.allocate(HEADER + length).order(ByteOrder.nativeOrder());
        request.putInt(HEADER + length).putShort(BY_FAMILY).putShort(REQUEST_DUMP);
        request.putInt(1).putInt(0);
        body.accept(request);
        return request.array();
    }

    private static void dump(
            byte[] request,
            Function<ByteBuffer, Optional<Listener>> reading,
            List<Listener> listeners)
            throws IOException {
        int socket = NativeCalls.socket(AF_NETLINK, RAW_CLOSE_ON_EXEC, NETLINK_SOCK_DIAG);
        try {
            ByteBuffer patience = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
            patience.putLong(PATIENCE_SECONDS);
            NativeCalls.socketOption(socket, SOL_SOCKET, SO_RCVTIMEO, patience.array());
            NativeCalls.send(socket, request);
            boolean more = true;
            while (more && listeners.size() < MOST_LISTENERS) {
                more = read(NativeCalls.receive(socket, MOST_MESSAGE), reading, listeners);
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
    static boolean read(
            byte[] datagram,
            Function<ByteBuffer, Optional<Listener>> reading,
            List<Listener> listeners)
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
            reading.apply(body).ifPresent(listeners::add);
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
