package dev.gatemend.nginx.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.nginx.log.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    @Test
    void isExactWhileKeysFit() {
        KeyTable table = new KeyTable();
        for (int i = 0; i < 30_000; i++) {
            add(table, "key " + i % 10_000);
        }

        assertThat(table.error()).isZero();
        assertThat(table.size()).isEqualTo(10_000);
        assertThat(table.top(3)).extracting(KeyTable.Entry::count).containsOnly(3L);
    }

    @Test
    void keepsTheFrequentKeysAmongMillionsAndSaysHowWrongItIs() {
        KeyTable table = new KeyTable();
        Random random = new Random(1);
        for (int i = 0; i < 2_000_000; i++) {
            add(table, i % 10 == 0 ? "frequent" : "rare " + random.nextInt(1_000_000_000));
        }

        KeyTable.Entry first = table.top(1).getFirst();
        assertThat(first.name()).isEqualTo("frequent");
        assertThat(first.count()).isBetween(200_000 - table.error(), 200_000L);
        assertThat(table.error()).isBetween(1L, 1_000L);
        assertThat(table.size()).isLessThan(50_000);
    }

    @Test
    void putsTwoTablesTogether() {
        KeyTable one = new KeyTable();
        KeyTable other = new KeyTable();
        add(one, "both");
        add(other, "both");
        add(other, "one");

        one.add(other);

        assertThat(one.top(5)).extracting(KeyTable.Entry::name).containsExactly("both", "one");
        assertThat(one.count(hash("both"))).isEqualTo(2);
        assertThat(one.count(hash("none"))).isZero();
    }

    private static void add(KeyTable table, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        table.add(hash(key), bytes, 0, bytes.length, 1);
    }

    private static long hash(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return ByteSearch.hash(bytes, 0, bytes.length, 7);
    }
}
