package dev.gatemend.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace of a test's own, held open by a process that only waits. Needs root. */
final class PrivateNetwork implements AutoCloseable {
    private final Process holder;

    private PrivateNetwork(Process holder) {
        this.holder = holder;
    }

    /** Opens one with its loopback interface up. */
    static PrivateNetwork open() throws IOException, InterruptedException {
        Process holder =
                new ProcessBuilder("unshare", "--net", "--", "sh", "-c", "echo up; exec sleep 300")
                        .redirectErrorStream(true)
                        .start();
        PrivateNetwork network = new PrivateNetwork(holder);
        // The first byte says that unshare(1) has left the host's namespace.
        if (holder.getInputStream().read() != 'u') {
            throw new IOException("unshare --net was refused; these tests run as root");
        }
        network.run("ip", "link", "set", "lo", "up");
        return network;
    }

    int pid() {
        return (int) holder.pid();
    }

    /** Inode number of the namespace. */
    long inode() {
        return NamespaceIds.of(Host.local(), Long.toString(holder.pid()), "net");
    }

    /** Runs a program inside and expects it to succeed. */
    void run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }

    /** Starts a program inside. */
    Process start(String... command) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of("nsenter", "--net=" + Path.of("/proc", "" + pid(), "ns/net")));
        all.addAll(List.of(command));
        return new ProcessBuilder(all).redirectErrorStream(true).start();
    }

    @Override
    public void close() {
        holder.destroyForcibly().onExit().join();
    }
}
