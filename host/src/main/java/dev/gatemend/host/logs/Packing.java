package dev.gatemend.host.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How a log is packed, told by its first bytes: a name may say anything. */
enum Packing {
    NONE("", ""),
    /** RFC 1952, deflate inside. */
    GZIP("gzip", "gzip -dc"),
    /** RFC 8878, frames with a window of at most 8 MB: all but those of {@code zstd --long}. */
    ZSTD("zstd", "zstd -dc --long=31"),
    XZ("xz", "xz -dc"),
    BZIP2("bzip2", "bzip2 -dc"),
    ZIP("zip", "unzip -p");

    /** Bytes that tell. */
    static final int TELLING = 6;

    private static final int BUFFER = 64 << 10;

    private final String word;
    private final String command;

    Packing(String word, String command) {
        this.word = word;
        this.command = command;
    }

    /** As people call it. */
    String word() {
        return word;
    }

    /** What unpacks a file to standard output, its name behind. */
    String command() {
        return command;
    }

    /** Whether a log that is packed so can be read. */
    boolean readable() {
        return this == NONE || this == GZIP || this == ZSTD;
    }

    /**
     * Tells from the beginning.
     *
     * @param head up to {@link #TELLING} bytes
     */
    static Packing of(byte[] head) {
        long magic = 0;
        for (int i = 0; i < TELLING; i++) {
            magic = magic << 8 | (i < head.length ? head[i] & 0xff : 0);
        }
        int first = (int) (magic >> 16);
        if (first >>> 8 == 0x1f8b08) {
            return GZIP;
        }
        // A frame, or one to be skipped, which some programs put first.
        if (first == 0x28b52ffd || (first & 0xf0ffffff) == 0x502a4d18) {
            return ZSTD;
        }
        if (magic == 0xfd377a585a00L) {
            return XZ;
        }
        if (first >>> 8 == 0x425a68) {
            return BZIP2;
        }
        return first == 0x504b0304 ? ZIP : NONE;
    }

    /**
     * The unpacked bytes; nothing is read ahead of what is asked for but a buffer.
     *
     * @throws IOException also when this packing is not {@link #readable}
     */
    InputStream unpacked(InputStream packed) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(packed, BUFFER);
            case ZSTD -> ZstdFrames.unpacked(packed);
            case XZ, BZIP2, ZIP -> throw new IOException("packed with " + word);
        };
    }
}
