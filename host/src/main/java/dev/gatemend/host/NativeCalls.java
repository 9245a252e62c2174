package dev.gatemend.host;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * System calls that the JDK does not offer: namespaces, extended attributes, netlink, the kernel's
 * log. Every call either reads or concerns only this process; each failure is an {@link
 * IOException} with the C library's words. Safe for use by several threads.
 */
final class NativeCalls {
    /** {@code O_RDONLY | O_CLOEXEC} (asm-generic/fcntl.h; the same on x86-64 and aarch64). */
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;

    /** linux/sched.h. */
    private static final int CLONE_NEWNET = 0x40000000;

    private static final int ENODATA = 61;
    private static final int EOPNOTSUPP = 95;

    /** {@code SYSLOG_ACTION_READ_ALL} (syslog(2)): nothing is taken away. */
    private static final int READ_ALL = 3;

    /** Of a larger ring buffer syslog(2) hands out the end. */
    private static final int MOST_KERNEL_LOG = 1 << 20;

    /**
     * Larger than any access control list: 4 bytes and 8 for each entry (linux/posix_acl_xattr.h).
     */
    private static final int MOST_ATTRIBUTE = 65_536;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    /**
     * One handle for all functions, since each shape costs some 20 ms at its first call. It passes
     * five words in registers, as both x86-64 and aarch64 do with integers and addresses; a
     * function that takes fewer does not look at the rest.
     */
    private static final MethodHandle FIVE_WORDS = fiveWords();

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
            call("setns", descriptor, CLONE_NEWNET);
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
            MemorySegment value = arena.allocate(MOST_ATTRIBUTE);
            int length =
                    call(
                            "lgetxattr",
                            arena.allocateFrom(file.toString()).address(),
                            arena.allocateFrom(name).address(),
                            value.address(),
                            MOST_ATTRIBUTE);
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
        return call("socket", domain, type, protocol);
    }

    /** Sets a socket option to a value as the kernel's structure has it (setsockopt(2)). */
    static void socketOption(int socket, int level, int option, byte[] structure)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long value = copy(arena, structure).address();
            call("setsockopt", socket, level, option, value, structure.length);
        }
    }

    /** Sends one message (send(2)). */
    static void send(int socket, byte[] message) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            call("send", socket, copy(arena, message).address(), message.length, 0);
        }
    }

    /** Receives one message, cut at {@code most} bytes (recv(2)). */
    static byte[] receive(int socket, int most) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(most);
            return bytes(buffer, call("recv", socket, buffer.address(), most, 0));
        }
    }

    /**
     * The newest lines of the kernel's ring buffer (syslog(2), in libc klogctl(3)), in ISO 8859-1.
     */
    static String kernelLog() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MOST_KERNEL_LOG);
            int length = call("klogctl", READ_ALL, buffer.address(), MOST_KERNEL_LOG);
            return new String(bytes(buffer, length), StandardCharsets.ISO_8859_1);
        }
    }

    /** Closes a descriptor; as with close(2), there is nothing to be done when that fails. */
    static void close(int descriptor) {
        try {
            call("close", descriptor);
        } catch (IOException e) {
            // The descriptor is gone whatever close(2) returns.
        }
    }

    private static int open(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long path = arena.allocateFrom(file.toString()).address();
            return call("open", path, READ_ONLY_CLOSE_ON_EXEC);
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    private static byte[] bytes(MemorySegment segment, int length) {
        return segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /**
     * Calls a function that returns -1 and sets errno when it fails. No result here needs more than
     * 32 bits, and of one that is an {@code int} the upper half is undefined.
     */
    private static int call(String function, long... arguments) throws NativeFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) raw(function, state, Arrays.copyOf(arguments, 5));
            if (result == -1) {
                int errno = (int) ERRNO.get(state, 0L);
                throw new NativeFailure(function, errno, text(state, errno));
            }
            return result;
        }
    }

    private static long raw(String function, MemorySegment state, long[] words) {
        MemorySegment target = LINKER.defaultLookup().findOrThrow(function);
        try {
            return (long)
                    FIVE_WORDS.invokeExact(
                            target, state, words[0], words[1], words[2], words[3], words[4]);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // strerror(3) answers with a string that the C library keeps.
    private static String text(MemorySegment state, int errno) {
        long text = raw("strerror", state, new long[] {errno, 0, 0, 0, 0});
        return MemorySegment.ofAddress(text).reinterpret(256).getString(0);
    }

    @SuppressWarnings("restricted") // What is called with it has the signature of its manual page.
    private static MethodHandle fiveWords() {
        return LINKER.downcallHandle(
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.captureCallState("errno"));
    }
}
