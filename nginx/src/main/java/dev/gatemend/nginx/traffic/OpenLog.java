package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.LogStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A log of which the first block was looked at already, and is handed out again first.
 *
 * @param problem why the first block could not be read
 */
record OpenLog(
        LogInput input, BlockSource blocks, LogHead head, long start, Optional<String> problem) {
    static OpenLog of(LogInput input, List<AccessLogFormat> formats, TimeRange range) {
        LineBlock first = new LineBlock();
        try {
            BlockSource source = source(input, 0);
            boolean any = source.next(first);
            LogHead head = LogHead.of(first, formats);
            if (input instanceof LogInput.Placed placed) {
                long start = start(placed, head, range);
                return new OpenLog(input, source(input, start), head, start, Optional.empty());
            }
            return new OpenLog(input, new Begun(any, first, source), head, 0, Optional.empty());
        } catch (IOException e) {
            return new OpenLog(
                    input,
                    new StreamedBlocks(InputStream.nullInputStream()),
                    new LogHead(TrafficReport.Kind.FOREIGN, List.of(), false, false),
                    0,
                    Optional.of(reason(e)));
        }
    }

    static String reason(IOException e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }

    /** Where an access log must be read from; others are read whole. */
    private static long start(LogInput.Placed placed, LogHead head, TimeRange range)
            throws IOException {
        boolean later = head.kind() == TrafficReport.Kind.ACCESS && range.hasBeginning();
        return later ? LogStart.of(placed.bytes(), head.formats(), range.fromMillis()) : 0;
    }

    private static BlockSource source(LogInput input, long start) throws IOException {
        return switch (input) {
            case LogInput.Placed placed ->
                    new PlacedBlocks(placed.bytes(), start, placed.bytes().size());
            case LogInput.Streamed streamed -> new StreamedBlocks(streamed.stream());
        };
    }

    /** A stream cannot be read again: its first block is kept for the first that asks. */
    private static final class Begun implements BlockSource {
        private final BlockSource rest;
        private final LineBlock first;
        private boolean pending;

        Begun(boolean any, LineBlock first, BlockSource rest) {
            this.pending = any;
            this.first = first;
            this.rest = rest;
        }

        @Override
        public boolean next(LineBlock block) throws IOException {
            synchronized (this) {
                if (pending) {
                    pending = false;
                    System.arraycopy(first.buffer, 0, block.buffer, 0, first.to);
                    block.set(first.index, first.from, first.to);
                    return true;
                }
            }
            return rest.next(block);
        }

        @Override
        public void end() {
            rest.end();
        }

        @Override
        public long bytesRead() {
            return rest.bytesRead();
        }
    }
}
