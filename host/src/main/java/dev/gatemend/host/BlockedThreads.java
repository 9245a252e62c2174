package dev.gatemend.host;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * On which descriptors the threads of a process wait for bytes, by the system call each stands in
 * ({@code /proc/PID/task/TID/syscall}, proc(5)). It takes the rights of a debugger, which root has;
 * nothing is stopped for it.
 */
final class BlockedThreads {
    private static final int MOST_THREADS = 64;

    private enum Call {
        /** The descriptor is the first argument. */
        READING,
        /** The first argument points to descriptors, the second says how many. */
        POLLING
    }

    /** By the numbers of asm/unistd.h: read, recvfrom, recvmsg; poll, ppoll. */
    private static final Map<String, Map<String, Call>> CALLS =
            Map.of(
                    "amd64",
                    Map.of(
                            "0", Call.READING,
                            "45", Call.READING,
                            "47", Call.READING,
                            "7", Call.POLLING,
                            "271", Call.POLLING),
                    "aarch64",
                    Map.of(
                            "63", Call.READING,
                            "207", Call.READING,
                            "212", Call.READING,
                            "73", Call.POLLING));

    private BlockedThreads() {}

    /** One descriptor for each thread that waits on exactly one. */
    static List<Integer> waitingOn(Path proc, int pid) {
        List<Integer> descriptors = new ArrayList<>();
        Path process = proc.resolve(Integer.toString(pid));
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            int seen = 0;
            for (Path thread : threads) {
                if (++seen > MOST_THREADS) {
                    break;
                }
                SmallFile.word(thread.resolve("syscall"))
                        .map(text -> descriptor(process, text))
                        .filter(OptionalInt::isPresent)
                        .ifPresent(d -> descriptors.add(d.getAsInt()));
            }
        } catch (IOException | DirectoryIteratorException e) {
            return descriptors;
        }
        return descriptors;
    }

    /** {@code 45 0x5 0x7f.. ...}: number and arguments; {@code running} while it is none. */
    private static OptionalInt descriptor(Path process, String text) {
        String[] words = text.split(" ", 4);
        Call call =
                CALLS.getOrDefault(System.getProperty("os.arch", ""), Map.of())
                        .get(words.length < 3 ? "" : words[0]);
        if (call == null || !words[1].matches("0x[0-9a-f]{1,16}")) {
            return OptionalInt.empty();
        }
        long first = Long.parseUnsignedLong(words[1].substring(2), 16);
        return switch (call) {
            case READING -> OptionalInt.of((int) first);
            case POLLING -> words[2].equals("0x1") ? polled(process, first) : OptionalInt.empty();
        };
    }

    /** {@code struct pollfd} begins with the descriptor (poll(2)). */
    private static OptionalInt polled(Path process, long address) {
        if (address <= 0) {
            return OptionalInt.empty();
        }
        try (RandomAccessFile memory = new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            memory.seek(address);
            byte[] bytes = new byte[Integer.BYTES];
            memory.readFully(bytes);
            return OptionalInt.of(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt());
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
