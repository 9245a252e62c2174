package dev.gatemend.host;

import dev.gatemend.model.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a peer whose every wait has an end: TCP or a unix socket alike, which no class of
 * the JDK gives a time-out for. It must be used from a platform thread: on a virtual one the JDK
 * makes the connect non-blocking, and takes a unix socket's full queue for a connection.
 */
final class PeerConnection implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final SocketChannel channel;

    private PeerConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** A wait that came to its end. */
    static final class TimedOut extends IOException {
        private static final long serialVersionUID = 1;

        TimedOut(Throwable cause) {
            super("timed out", cause);
        }
    }

    /**
     * Connects.
     *
     * @param file where a unix socket is reached from here
     * @throws TimedOut when nobody answered within the limit
     */
    static PeerConnection open(Address address, Path file, Duration limit) throws IOException {
        SocketAddress there =
                switch (address) {
                    case Address.Tcp tcp ->
                            new InetSocketAddress(InetAddress.ofLiteral(tcp.host()), tcp.port());
                    case Address.Unix _ -> UnixDomainSocketAddress.of(file);
                };
        SocketChannel channel =
                address instanceof Address.Unix
                        ? SocketChannel.open(StandardProtocolFamily.UNIX)
                        : SocketChannel.open();
        PeerConnection connection = new PeerConnection(channel);
        try {
            connection.within(limit, () -> channel.connect(there) ? 1 : 0);
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The socket, for layering TLS on it; TCP only. */
    Socket socket() {
        return channel.socket();
    }

    /** Writes all of it. */
    void write(byte[] bytes, Duration limit) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            within(limit, () -> channel.write(buffer));
        }
    }

    /**
     * Reads what is there, waiting for the first byte.
     *
     * @return bytes read, -1 at the end of the stream
     */
    int read(byte[] into, int from, Duration limit) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, from, into.length - from);
        return within(limit, () -> channel.read(buffer));
    }

    /** A call to make within a time. */
    interface Call {
        int call() throws IOException;
    }

    /** Closing the channel is the one way to end a blocking call on it from outside. */
    int within(Duration limit, Call call) throws IOException {
        ScheduledFuture<?> end =
                CLOCK.schedule(this::close, Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        try {
            return call.call();
        } catch (AsynchronousCloseException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new TimedOut(e);
        } catch (IOException e) {
            throw end.isDone() && !channel.isOpen() ? new TimedOut(e) : e;
        } finally {
            end.cancel(false);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was promised to the peer, so nothing is lost.
        }
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("probe-clock").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
