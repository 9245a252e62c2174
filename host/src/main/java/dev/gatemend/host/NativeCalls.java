package dev.gatemend.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * System calls that the JDK does not offer: namespaces, extended attributes, netlink. Every call
 * either reads or concerns only this process; each failure is an {@link IOException} with the C
 * library's words. Safe for use by several threads.
 */
final class NativeCalls {
    /** {@code O_RDONLY | O_CLOEXEC} (asm-generic/fcntl.h; the same on x86-64 and aarch64). */
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;

    /** linux/sched.h. */
    private static final int CLONE_NEWNET = 0x40000000;

    private static final int ENODATA = 61;
    private static final int EOPNOTSUPP = 95;

    /**
     * Larger than any access control list: 4 bytes and 8 for each entry (linux/posix_acl_xattr.h).
     */
    private static final int MOST_ATTRIBUTE = 65_536;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = find("open", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = find("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle SETNS = find("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle LGETXATTR =
            find("lgetxattr", JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle SOCKET =
            find("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            find("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND =
            find("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV =
            find("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle STRERROR = findStrerror();

    private NativeCalls() {}

    /**
     * Moves the calling thread, and no other, into a network namespace (setns(2)). Only for a
     * platform thread that ends afterwards.
     *
     * @param namespace {@code /proc/PID/ns/net}
     */
    static void enterNetworkNamespace(Path namespace) throws IOException {
        int descriptor = open(namespace);
        try {
            invoke(
                    "setns " + namespace,
                    state -> (int) SETNS.invokeExact(state, descriptor, CLONE_NEWNET));
        } finally {
            close(descriptor);
        }
    }

    /**
     * Value of an extended attribute; of a symbolic link its own (lgetxattr(2)).
     *
     * @return empty when the file has none of that name, or its file system knows no attributes
     */
    static Optional<byte[]> attribute(Path file, String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString());
            MemorySegment attribute = arena.allocateFrom(name);
            MemorySegment value = arena.allocate(MOST_ATTRIBUTE);
            long length =
                    invoke(
                            "lgetxattr " + file,
                            state ->
                                    (long)
                                            LGETXATTR.invokeExact(
                                                    state,
                                                    path,
                                                    attribute,
                                                    value,
                                                    (long) MOST_ATTRIBUTE));
            return Optional.of(bytes(value, length));
        } catch (NativeFailure e) {
            if (e.errno() == ENODATA || e.errno() == EOPNOTSUPP) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes a socket (socket(2)) in the calling thread's network namespace. */
    static int socket(int domain, int type, int protocol) throws IOException {
        return (int)
                invoke("socket", state -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    /** Sets a socket option to a value as the kernel's structure has it (setsockopt(2)). */
    static void socketOption(int socket, int level, int option, byte[] structure)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = copy(arena, structure);
            invoke(
                    "setsockopt",
                    state ->
                            (int)
                                    SETSOCKOPT.invokeExact(
                                            state, socket, level, option, value, structure.length));
        }
    }

    /** Sends one message (send(2)). */
    static void send(int socket, byte[] message) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = copy(arena, message);
            invoke(
                    "send",
                    state ->
                            (long)
                                    SEND.invokeExact(
                                            state, socket, segment, (long) message.length, 0));
        }
    }

    /** Receives one message, cut at {@code most} bytes (recv(2)). */
    static byte[] receive(int socket, int most) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(most);
            long length =
                    invoke(
                            "recv",
                            state ->
                                    (long) RECV.invokeExact(state, socket, buffer, (long) most, 0));
            return bytes(buffer, length);
        }
    }

    /** Closes a descriptor; as with close(2), there is nothing to be done when that fails. */
    static void close(int descriptor) {
        try {
            invoke("close", state -> (int) CLOSE.invokeExact(state, descriptor));
        } catch (IOException e) {
            // The descriptor is gone whatever close(2) returns.
        }
    }

    private static int open(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString());
            return (int)
                    invoke(
                            file.toString(),
                            state -> (int) OPEN.invokeExact(state, path, READ_ONLY_CLOSE_ON_EXEC));
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        MemorySegment segment = arena.allocate(bytes.length);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, segment, 0, bytes.length);
        return segment;
    }

    private static byte[] bytes(MemorySegment segment, long length) {
        return Arrays.copyOf(
                segment.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                (int) length);
    }

    /** A C function that returns -1 and sets errno when it fails. */
    @FunctionalInterface
    private interface Call {
        long with(MemorySegment state) throws Throwable;
    }

    private static long invoke(String what, Call call) throws NativeFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = call.with(state);
            if (result == -1) {
                int errno = (int) ERRNO.get(state, 0L);
                throw new NativeFailure(what, errno, text(errno));
            }
            return result;
        } catch (NativeFailure | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // The C library's answer is a string it keeps.
    private static String text(int errno) throws Throwable {
        MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
        return text.reinterpret(256).getString(0);
    }

    @SuppressWarnings("restricted") // The signatures below are those of the manual pages.
    private static MethodHandle find(
            String name,
            java.lang.foreign.MemoryLayout result,
            java.lang.foreign.MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    @SuppressWarnings("restricted") // As above; it sets no errno.
    private static MethodHandle findStrerror() {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ADDRESS, JAVA_INT));
    }
}
