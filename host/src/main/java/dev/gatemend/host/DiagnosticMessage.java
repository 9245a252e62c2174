package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The answers of sock_diag(7), one socket each. Everything is in the machine's byte order. */
final class DiagnosticMessage {
    private static final int AF_INET = 2;
    private static final int STREAM = 1;

    /** {@code struct inet_diag_msg} (linux/inet_diag.h). */
    private static final int INET_LENGTH = 72;

    private static final int SKV6ONLY = 11;

    /** net/tcp_states.h. */
    private static final int TIME_WAIT = 6;

    /** {@code struct unix_diag_msg} and its attributes (linux/unix_diag.h). */
    private static final int UNIX_LENGTH = 16;

    private static final int NAME = 0;
    private static final int VFS = 1;
    private static final int PEER = 2;
    private static final int RQLEN = 4;
    private static final int UID = 7;

    private DiagnosticMessage() {}

    /** A TCP listener. Of a listener the two queue lengths are the accept queue and its limit. */
    static Optional<Listener> inet(ByteBuffer message) {
        if (message.remaining() < INET_LENGTH) {
            return Optional.empty();
        }
        boolean ipv4 = message.get(0) == AF_INET;
        byte[] address = new byte[ipv4 ? 4 : 16];
        message.get(8, address);
        int port = Short.toUnsignedInt(message.duplicate().order(ByteOrder.BIG_ENDIAN).getShort(4));
        ByteBuffer only = attributes(message, INET_LENGTH).get(SKV6ONLY);
        return Optional.of(
                new Listener(
                        new Address.Tcp(IpText.of(address), port),
                        Integer.toUnsignedLong(message.getInt(68)),
                        OptionalInt.of(message.getInt(56)),
                        OptionalInt.of(message.getInt(60)),
                        List.of(),
                        message.getInt(64),
                        !ipv4 && only != null && only.hasRemaining() && only.get(0) != 0,
                        OptionalLong.empty()));
    }

    /** A TCP connection. Its receive queue is what its owner has not read. */
    static Optional<Connection.Inet> connection(ByteBuffer message) {
        if (message.remaining() < INET_LENGTH) {
            return Optional.empty();
        }
        byte[] local = new byte[message.get(0) == AF_INET ? 4 : 16];
        byte[] remote = new byte[local.length];
        message.get(8, local);
        message.get(24, remote);
        ByteBuffer network = message.duplicate().order(ByteOrder.BIG_ENDIAN);
        return Optional.of(
                new Connection.Inet(
                        new Address.Tcp(IpText.of(local), Short.toUnsignedInt(network.getShort(4))),
                        new Address.Tcp(
                                IpText.of(remote), Short.toUnsignedInt(network.getShort(6))),
                        message.get(1) == TIME_WAIT,
                        message.getInt(56),
                        Integer.toUnsignedLong(message.getInt(68))));
    }

    /** One end of a connection through a unix stream socket. */
    static Optional<Connection.Unix> end(ByteBuffer message) {
        if (message.remaining() < UNIX_LENGTH || message.get(1) != STREAM) {
            return Optional.empty();
        }
        Map<Integer, ByteBuffer> attributes = attributes(message, UNIX_LENGTH);
        return Optional.of(
                new Connection.Unix(
                        Integer.toUnsignedLong(message.getInt(4)),
                        Integer.toUnsignedLong(number(attributes.get(PEER), 0).orElse(0)),
                        name(attributes.get(NAME))));
    }

    /** A unix listener; empty for one without a name, which nobody can connect to. */
    static Optional<Listener> unix(ByteBuffer message) {
        if (message.remaining() < UNIX_LENGTH || message.get(1) != STREAM) {
            return Optional.empty();
        }
        Map<Integer, ByteBuffer> attributes = attributes(message, UNIX_LENGTH);
        return name(attributes.get(NAME)).map(name -> unix(message, attributes, name));
    }

    private static Listener unix(
            ByteBuffer message, Map<Integer, ByteBuffer> attributes, String name) {
        return new Listener(
                new Address.Unix(name),
                Integer.toUnsignedLong(message.getInt(4)),
                number(attributes.get(RQLEN), 0),
                number(attributes.get(RQLEN), 4),
                List.of(),
                number(attributes.get(UID), 0).orElse(-1),
                false,
                file(attributes.get(VFS)));
    }

    private static OptionalLong file(@Nullable ByteBuffer attribute) {
        OptionalInt inode = number(attribute, 0);
        return inode.isPresent()
                ? OptionalLong.of(Integer.toUnsignedLong(inode.getAsInt()))
                : OptionalLong.empty();
    }

    private static OptionalInt number(@Nullable ByteBuffer attribute, int at) {
        return attribute == null || attribute.remaining() < at + 4
                ? OptionalInt.empty()
                : OptionalInt.of(attribute.getInt(at));
    }

    /** The name of an abstract socket begins with a zero byte, and may hold more of them. */
    private static Optional<String> name(@Nullable ByteBuffer attribute) {
        if (attribute == null || !attribute.hasRemaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[attribute.remaining()];
        attribute.get(0, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.charAt(0) == '\0') {
            return Optional.of("@" + text.substring(1));
        }
        int end = text.indexOf('\0');
        return Optional.of(end < 0 ? text : text.substring(0, end));
    }

    /** Attributes by type: length (itself and the type included), type, value, padding to four. */
    private static Map<Integer, ByteBuffer> attributes(ByteBuffer message, int from) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        int at = from;
        while (at + 4 <= message.limit()) {
            int length = Short.toUnsignedInt(message.getShort(at));
            int type = Short.toUnsignedInt(message.getShort(at + 2));
            if (length < 4 || at + length > message.limit()) {
                break;
            }
            attributes.put(type, message.slice(at + 4, length - 4).order(ByteOrder.nativeOrder()));
            at += (length + 3) & ~3;
        }
        return attributes;
    }
}
