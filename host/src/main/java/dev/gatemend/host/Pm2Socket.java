package dev.gatemend.host;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Asks PM2's daemon what it keeps, over {@code rpc.sock} in its home: the one call {@code
 * getMonitorData} of axon-rpc, framed as axon frames (a byte of version and argument count, then
 * each argument behind its length in four bytes; {@code j:} marks JSON, {@code s:} a string). An
 * interrupt ends the wait.
 */
final class Pm2Socket {
    /** An application with its environment comes to some ten kilobytes. */
    private static final int MOST_BYTES = 16 << 20;

    private static final String CALL =
            "j:{\"type\":\"call\",\"method\":\"getMonitorData\",\"args\":[{}]}";
    private static final String ID = "s:gatemend:0";

    private Pm2Socket() {}

    /**
     * The applications, as PM2 holds them.
     *
     * @throws IOException when the daemon may not be asked or answers something else
     */
    static Json applications(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer question = framed(CALL, ID);
            while (question.hasRemaining()) {
                channel.write(question);
            }
            DataInputStream answer = new DataInputStream(Channels.newInputStream(channel));
            answer.readByte();
            int length = answer.readInt();
            if (length < 0 || length > MOST_BYTES) {
                throw new IOException(socket + " answered with " + length + " bytes");
            }
            String text = new String(answer.readNBytes(length), StandardCharsets.UTF_8);
            Json said = Json.read(text.startsWith("j:") ? text.substring(2) : text);
            return said.at("args").items().stream()
                    .findFirst()
                    .orElseThrow(() -> new IOException(socket + " answered something else"));
        }
    }

    private static ByteBuffer framed(String... arguments) {
        ByteBuffer bytes = ByteBuffer.allocate(1024);
        bytes.put((byte) (1 << 4 | arguments.length));
        for (String argument : arguments) {
            byte[] text = argument.getBytes(StandardCharsets.US_ASCII);
            bytes.putInt(text.length).put(text);
        }
        return bytes.flip();
    }
}
