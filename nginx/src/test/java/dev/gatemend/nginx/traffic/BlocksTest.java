package dev.gatemend.nginx.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.nginx.log.LogBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the lengths of the lines, every line is in one block, whole and once. */
class BlocksTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void handsEachLineOutOnce(long seed) throws IOException {
        String text = lines(new Random(seed), 3_000_000, 3_000);
        List<String> expected =
                List.of(text.split("\n", -1))
                        .subList(0, (int) text.chars().filter(c -> c == '\n').count());

        assertThat(read(placed(text))).isEqualTo(expected);
        assertThat(read(streamed(text))).isEqualTo(expected);
    }

    @Test
    void keepsTheLastLineWithoutItsNewline() throws IOException {
        assertThat(read(placed("a\nb"))).containsExactly("a", "b");
        assertThat(read(streamed("a\nb"))).containsExactly("a", "b");
    }

    @Test
    void findsNothingInAnEmptyLog() throws IOException {
        assertThat(read(placed(""))).isEmpty();
        assertThat(read(streamed(""))).isEmpty();
    }

    @Test
    void keepsTheBeginningOfALineWithoutEnd() throws IOException {
        String text = "first\n" + "x".repeat(5_000_000) + "\nlast\n";

        for (BlockSource source : List.of(placed(text), streamed(text))) {
            List<String> lines = read(source);
            assertThat(lines.getFirst()).isEqualTo("first");
            assertThat(lines.getLast()).isEqualTo("last");
            assertThat(lines).hasSize(3);
            assertThat(lines.get(1))
                    .hasSizeBetween(
                            LineBlock.LONGEST_LINE, LineBlock.SIZE + LineBlock.LONGEST_LINE);
        }
    }

    private static String lines(Random random, int length, int longest) {
        StringBuilder text = new StringBuilder(length + longest);
        while (text.length() < length) {
            int size = random.nextInt(longest);
            for (int i = 0; i < size; i++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static BlockSource placed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new PlacedBlocks(
                new LogBytes() {
                    @Override
                    public long size() {
                        return bytes.length;
                    }

                    @Override
                    public int read(long position, byte[] buffer, int offset, int length) {
                        // as a file may: less than was asked for
                        int count =
                                (int) Math.min(Math.min(length, 70_000), bytes.length - position);
                        if (count <= 0) {
                            return -1;
                        }
                        System.arraycopy(bytes, (int) position, buffer, offset, count);
                        return count;
                    }
                },
                0,
                bytes.length);
    }

    private static BlockSource streamed(String text) {
        return new StreamedBlocks(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> read(BlockSource source) throws IOException {
        TreeMap<Integer, String> blocks = new TreeMap<>();
        LineBlock block = new LineBlock();
        while (source.next(block)) {
            blocks.put(
                    block.index,
                    new String(
                            block.buffer,
                            block.from,
                            block.to - block.from,
                            StandardCharsets.UTF_8));
        }
        List<String> lines = new ArrayList<>();
        for (String text : blocks.values()) {
            lines.addAll(text.lines().toList());
        }
        return lines;
    }
}
