package dev.gatemend.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Free TCP ports. They lie below the kernel's ephemeral range (32768 by default, ip(7)): a port
 * from inside it may be taken by an outgoing connection between the choice and the use, and a
 * connect to it may even reach itself.
 */
final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int MOST_TRIES = 1_000;

    /** Scenarios may run side by side in this process. */
    private static final Set<Integer> TAKEN = new HashSet<>();

    private Ports() {}

    /** The first of {@code count} neighbouring ports nobody listens on. */
    static int take(int count) throws IOException {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int i = 0; i < MOST_TRIES; i++) {
            int first = random.nextInt(FIRST, LAST - count);
            if (claim(first, count)) {
                return first;
            }
        }
        throw new IOException("no free port between " + FIRST + " and " + LAST);
    }

    private static synchronized boolean claim(int first, int count) {
        for (int port = first; port < first + count; port++) {
            if (TAKEN.contains(port) || !free(port)) {
                return false;
            }
        }
        for (int port = first; port < first + count; port++) {
            TAKEN.add(port);
        }
        return true;
    }

    /** Free on every address, so that a listener elsewhere is no surprise neighbour. */
    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
