package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.ErrorLine.Field;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the quick reading says yes, it says what the grammar says. */
class ErrorLineTest {
    private static final String HEAD = "2026/11/21 08:04:45 [error] 3651#3651: *17 ";
    private static final String WHOLE =
            HEAD
                    + "connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.1, server: shop.example,"
                    + " request: \"GET /a?b=c HTTP/1.1\", upstream: \"http://127.0.0.1:8000/a?b=c\", host: \"shop.example\"";
    private static final String[] PIECES = {
        "\"",
        ", ",
        ", client: 1.2.3.4",
        ", server: x",
        ", request: \"GET / HTTP/1.1\"",
        ", upstream: \"http://1.1.1.1:1/\"",
        ", host: \"h\"",
        " while ",
        "HTTP/1.1",
        " ",
        "*",
        "[error]",
        ": ",
        ", referrer: \"r\"",
        "\\",
        "é"
    };

    @Test
    void findsThePartsOfAnOpenLine() {
        ErrorLine line = new ErrorLine();

        assertThat(read(line, WHOLE)).isTrue();
        assertAgrees(line, WHOLE);
        assertThat(line.has(Field.REFERRER)).isFalse();
    }

    @Test
    void leavesLinesToTheGrammarThatMayBeForged() {
        ErrorLine line = new ErrorLine();

        assertThat(
                        read(
                                line,
                                WHOLE.replace(
                                        "/a?b=c HTTP", "/\", upstream: \"http://6.6.6.6/ HTTP")))
                .isFalse();
        assertThat(
                        read(
                                line,
                                WHOLE.replace(
                                        "connect() failed",
                                        "open() \"/x, client: 1.1.1.1, server: y\" failed")))
                .isFalse();
        assertThat(
                        read(
                                line,
                                HEAD
                                        + "FastCGI sent in stderr: \"PHP message\" while reading response header from upstream"))
                .isFalse();
        assertThat(read(line, WHOLE.substring(0, WHOLE.length() - 3))).isFalse();
        assertThat(read(line, WHOLE.replace("2026/11/21", "2026/13/41"))).isFalse();
        assertThat(read(line, "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheGrammarOnWhateverItTakes(long seed) {
        Random random = new Random(seed);
        ErrorLine line = new ErrorLine();
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(WHOLE);
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                int at = random.nextInt(text.length() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                    case 1 -> text.delete(at, at + 1);
                    default -> text.setLength(at);
                }
            }
            if (read(line, text.toString())) {
                taken++;
                assertAgrees(line, text.toString());
            }
        }
        assertThat(taken).isPositive();
    }

    private static boolean read(ErrorLine line, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return line.read(bytes, 0, bytes.length);
    }

    private static void assertAgrees(ErrorLine line, String text) {
        ErrorEntry entry = ErrorLogGrammar.parse(text).orElseThrow();
        assertThat(value(line, Field.CLIENT, text)).as(text).isEqualTo(entry.client());
        assertThat(value(line, Field.SERVER, text)).as(text).isEqualTo(entry.server());
        assertThat(value(line, Field.REQUEST, text)).as(text).isEqualTo(entry.request());
        assertThat(value(line, Field.UPSTREAM, text)).as(text).isEqualTo(entry.upstream());
        assertThat(value(line, Field.HOST, text)).as(text).isEqualTo(entry.host());
    }

    private static Optional<String> value(ErrorLine line, Field field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return line.has(field)
                ? Optional.of(
                        new String(
                                bytes,
                                line.start(field),
                                line.end(field) - line.start(field),
                                StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
