package dev.gatemend.host.logs;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * The frames of a zstd file (RFC 8878, section 3.1) block by block, made fit for the unpacker: it
 * would take as much memory as a frame asks for, knows no skippable frames, and keeps back the last
 * megabytes of a frame without an end. A file that is cut gets one at its last whole block, and
 * ends there. Checksums are left out, since those of a cut frame are not known: what is damaged
 * mostly fails to unpack, and a damaged line fits no format.
 */
final class ZstdFrames extends InputStream {
    /** What RFC 8878 asks every decoder to support, and the unpacker does. */
    private static final long WIDEST_WINDOW = 8L << 20;

    private static final int BIGGEST_BLOCK = 128 << 10;
    private static final int MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE = 0x184d2a50;
    private static final byte[] EMPTY_LAST_BLOCK = {1, 0, 0};
    private static final int CHECKSUM_FLAG = 4;
    private static final int CHECKSUM = 4;

    private final InputStream packed;
    private byte[] held = {};
    private int position;
    private Expected expected = Expected.FRAME;
    private boolean checksum;

    private enum Expected {
        FRAME,
        BLOCK,
        CUT
    }

    private ZstdFrames(InputStream packed) {
        this.packed = packed;
    }

    /** Unpacks; a cut is an {@link EOFException} behind what could be unpacked. */
    static InputStream unpacked(InputStream packed) throws IOException {
        ZstdFrames frames = new ZstdFrames(packed);
        return new FilterInputStream(new ZstdInputStream(frames)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = in.read(buffer, offset, length);
                if (read < 0 && frames.expected == Expected.CUT) {
                    throw new EOFException();
                }
                return read;
            }
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length > 0 && position == held.length && !more()) {
            return -1;
        }
        int read = Math.min(length, held.length - position);
        System.arraycopy(held, position, buffer, offset, read);
        position += read;
        return read;
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }

    private boolean more() throws IOException {
        position = 0;
        held =
                switch (expected) {
                    case FRAME -> frame();
                    case BLOCK -> block();
                    case CUT -> new byte[0];
                };
        return held.length > 0;
    }

    private byte[] frame() throws IOException {
        byte[] magic = packed.readNBytes(4);
        while (magic.length == 4 && (number(magic, 0, 4) & ~0xfL) == SKIPPABLE) {
            packed.skipNBytes(number(exactly(4), 0, 4));
            magic = packed.readNBytes(4);
        }
        if (magic.length == 0) {
            return magic;
        }
        if (magic.length < 4) {
            throw new EOFException();
        }
        if ((int) number(magic, 0, 4) != MAGIC) {
            throw new ZipException("what follows is no frame");
        }
        expected = Expected.BLOCK;
        return joined(magic, header());
    }

    private byte[] header() throws IOException {
        byte[] descriptor = exactly(1);
        int flags = descriptor[0] & 0xff;
        boolean single = (flags & 0x20) != 0;
        checksum = (flags & CHECKSUM_FLAG) != 0;
        descriptor[0] &= ~CHECKSUM_FLAG;
        int dictionary = new int[] {0, 1, 2, 4}[flags & 3];
        int content = new int[] {single ? 1 : 0, 2, 4, 8}[flags >> 6];
        byte[] rest = exactly((single ? 0 : 1) + dictionary + content);
        long window = single ? number(rest, dictionary, content) : window(rest[0] & 0xff);
        if (dictionary > 0 || window < 0 || window > WIDEST_WINDOW) {
            throw new ZipException(
                    dictionary > 0 ? "made with a dictionary" : "a window of " + window + " bytes");
        }
        return joined(descriptor, rest);
    }

    private static long window(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private byte[] block() throws IOException {
        byte[] head = packed.readNBytes(3);
        if (head.length < 3) {
            return cut();
        }
        int number = (int) number(head, 0, 3);
        int type = number >> 1 & 3;
        int size = type == 1 ? 1 : number >> 3;
        if (type == 3 || number >> 3 > BIGGEST_BLOCK) {
            throw new ZipException("a block is damaged");
        }
        boolean last = (number & 1) != 0;
        int wanted = size + (last && checksum ? CHECKSUM : 0);
        byte[] body = packed.readNBytes(wanted);
        if (body.length < wanted) {
            return cut();
        }
        expected = last ? Expected.FRAME : Expected.BLOCK;
        return joined(head, Arrays.copyOf(body, size));
    }

    private byte[] cut() {
        expected = Expected.CUT;
        return EMPTY_LAST_BLOCK;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = packed.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static long number(byte[] bytes, int offset, int length) {
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = number << 8 | (bytes[offset + i] & 0xff);
        }
        // A content size of two bytes counts from 256 on: too small to matter here.
        return number;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
