package dev.gatemend.host.logs;

import io.airlift.compress.v3.MalformedInputException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A log from its beginning, unpacked when it is packed. It is opened at the first read, since
 * opening a pipe waits for its writer, and let go at the end, since an unpacker holds megabytes.
 * All that can be unpacked is delivered before a failure is told.
 */
final class UnpackedStream extends InputStream {
    /** Opens what is read. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /** Of the JDK's empty streams one that may be read when it is closed. */
    private static final InputStream NOTHING = new ByteArrayInputStream(new byte[0]);

    private final String name;
    private final Source source;
    private final ReadBytes count;
    private Packing packing = Packing.NONE;
    private InputStream opened = NOTHING;
    private InputStream unpacked = NOTHING;
    private boolean begun;

    /**
     * @param name as shown; {@code -} for standard input
     */
    UnpackedStream(String name, Source source, ReadBytes count) {
        this.name = name;
        this.source = source;
        this.count = count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            if (!begun) {
                begin();
            }
            int read = unpacked.read(buffer, offset, length);
            if (read < 0) {
                close();
            }
            return read;
        } catch (IOException | MalformedInputException | IndexOutOfBoundsException e) {
            close();
            throw new IOException(meaning(e), e);
        }
    }

    /** What happened, in words of somebody who wants to read a log. */
    private String meaning(Exception failure) {
        String words = String.valueOf(failure.getMessage());
        if (packing == Packing.NONE) {
            return words;
        }
        // The second is what the unpacker of zstd says.
        if (failure instanceof EOFException || words.equals("Not enough input bytes")) {
            return "is cut off in the middle of its %s data: what could be unpacked is counted"
                    .formatted(packing.word());
        }
        String unpacking = packing.command() + (name.equals("-") ? "" : " " + name);
        return packing.readable()
                ? "its %s data cannot be unpacked here (%s): try %s | gatemend logs -"
                        .formatted(packing.word(), words, unpacking)
                : "%s: unpack it: %s | gatemend logs -".formatted(words, unpacking);
    }

    @Override
    public int available() throws IOException {
        return unpacked.available();
    }

    @Override
    public void close() throws IOException {
        begun = true;
        InputStream closing = opened;
        opened = NOTHING;
        unpacked = NOTHING;
        closing.close();
    }

    private void begin() throws IOException {
        begun = true;
        opened = source.open();
        InputStream counted = new CountedStream(opened, count);
        byte[] head = counted.readNBytes(Packing.TELLING);
        packing = Packing.of(head);
        unpacked =
                packing.unpacked(new SequenceInputStream(new ByteArrayInputStream(head), counted));
    }
}
