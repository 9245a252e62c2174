package dev.gatemend.host.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A pipe, read by a thread of its own: nobody can ask a pipe whether it has ended without waiting
 * for it. What was read and not asked for is bounded, and then the writer waits. Belongs to one
 * thread but for that.
 */
public final class GrowingPipe implements GrowingInput {
    private static final int MOST = 1 << 20;
    private static final int STRIDE = 64 << 10;

    private final byte[] ring = new byte[MOST];
    private final Source source;
    private int from;
    private int size;
    private boolean ended;
    private Optional<IOException> problem = Optional.empty();

    /** Opens what is read; that of a named pipe waits for a writer. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    private GrowingPipe(Source source) {
        this.source = source;
    }

    /** Begins to read. The thread ends with the pipe, or with the process. */
    public static GrowingPipe of(String name, Source source) {
        GrowingPipe pipe = new GrowingPipe(source);
        Thread.ofPlatform().daemon().name("read " + name).start(pipe::run);
        return pipe;
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
        if (size == 0) {
            return ended ? -1 : 0;
        }
        int count = Math.min(length, Math.min(size, MOST - from));
        System.arraycopy(ring, from, buffer, offset, count);
        from = (from + count) % MOST;
        size -= count;
        notifyAll();
        return count;
    }

    @Override
    public void end() {
        // What has arrived is handed out at once anyway.
    }

    @Override
    public synchronized Optional<IOException> problem() {
        return problem;
    }

    /** The thread may wait for the writer: it is left to the end of the process. */
    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }

    private void run() {
        byte[] buffer = new byte[STRIDE];
        try (InputStream stream = source.open()) {
            int count = stream.read(buffer);
            while (count >= 0 && put(buffer, count)) {
                count = stream.read(buffer);
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private synchronized boolean put(byte[] buffer, int count) throws InterruptedException {
        while (MOST - size < count && !ended) {
            wait();
        }
        if (ended) {
            return false;
        }
        int at = (from + size) % MOST;
        int first = Math.min(count, MOST - at);
        System.arraycopy(buffer, 0, ring, at, first);
        System.arraycopy(buffer, first, ring, 0, count - first);
        size += count;
        return true;
    }

    private synchronized void fail(IOException failure) {
        problem = Optional.of(failure);
    }
}
