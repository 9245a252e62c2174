package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Listening sockets from {@code /proc/PID/net}, which anybody may read for any network namespace.
 * Backlogs, the queues of unix sockets and the files those were bound to are not there.
 *
 * @param directory {@code /proc/PID/net}
 */
record SocketFiles(Path directory) {
    /** A busy host has some 100,000 connections of 150 bytes a line. */
    private static final int MOST_BYTES = 64 << 20;

    private static final String LISTEN = "0A";

    /** {@code __SO_ACCEPTCON} (linux/net.h). */
    private static final long ACCEPTING = 0x10000;

    List<Listener> listeners() throws IOException {
        List<Listener> listeners = new ArrayList<>();
        read("tcp", SocketFiles::inet, listeners);
        if (Files.exists(directory.resolve("tcp6"))) {
            read("tcp6", SocketFiles::inet, listeners);
        }
        read("unix", SocketFiles::unix, listeners);
        return listeners;
    }

    private void read(
            String file, Function<String, Optional<Listener>> line, List<Listener> listeners)
            throws IOException {
        SmallFile.read(directory.resolve(file), MOST_BYTES)
                .lines()
                .skip(1)
                .flatMap(text -> line.apply(text).stream())
                .forEach(listeners::add);
    }

    /**
     * {@code sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout
     * inode}; of a listener the receive queue is the accept queue.
     */
    static Optional<Listener> inet(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length < 10 || !fields[3].equals(LISTEN)) {
            return Optional.empty();
        }
        try {
            int colon = fields[1].indexOf(':');
            return Optional.of(
                    new Listener(
                            new Address.Tcp(
                                    IpText.of(address(fields[1].substring(0, colon))),
                                    Integer.parseInt(fields[1].substring(colon + 1), 16)),
                            Long.parseLong(fields[9]),
                            OptionalInt.of(
                                    Integer.parseUnsignedInt(
                                            fields[4].substring(fields[4].indexOf(':') + 1), 16)),
                            OptionalInt.empty(),
                            List.of(),
                            Integer.parseUnsignedInt(fields[7]),
                            false,
                            OptionalLong.empty()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Words of 32 bits in the machine's byte order, printed as numbers. */
    private static byte[] address(String hexadecimal) {
        byte[] printed = HexFormat.of().parseHex(hexadecimal);
        ByteBuffer numbers = ByteBuffer.wrap(printed);
        ByteBuffer bytes = ByteBuffer.allocate(printed.length).order(ByteOrder.nativeOrder());
        while (numbers.remaining() >= 4) {
            bytes.putInt(numbers.getInt());
        }
        return bytes.array();
    }

    /** {@code Num: RefCount Protocol Flags Type St Inode Path}; the path may hold blanks. */
    static Optional<Listener> unix(String line) {
        String[] fields = line.split("\\s+", 8);
        try {
            boolean listening =
                    fields.length == 8
                            && (Long.parseLong(fields[3], 16) & ACCEPTING) != 0
                            && fields[4].equals("0001");
            return listening
                    ? Optional.of(
                            new Listener(
                                    new Address.Unix(fields[7]),
                                    Long.parseLong(fields[6]),
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    List.of(),
                                    -1,
                                    false,
                                    OptionalLong.empty()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
