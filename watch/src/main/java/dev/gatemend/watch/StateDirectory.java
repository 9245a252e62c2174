package dev.gatemend.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** Where the daemon keeps its state, and that only one does so. */
public final class StateDirectory {
    private static final String LOCK = "watch.lock";

    private StateDirectory() {}

    /**
     * Where nobody names another: the system's for root, else the user's own (XDG Base Directory
     * Specification).
     */
    public static Path usual(boolean root, Map<String, String> environment) {
        if (root) {
            return Path.of("/var/lib/gatemend");
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        return state.startsWith("/")
                ? Path.of(state, "gatemend")
                : Path.of(environment.getOrDefault("HOME", "/"), ".local", "state", "gatemend");
    }

    /**
     * Takes it for this process, until that ends.
     *
     * @return empty when another process has it
     * @throws IOException when nothing can be written there
     */
    static Optional<FileLock> take(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(LOCK),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            if (lock.isEmpty()) {
                channel.close();
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        }
    }
}
