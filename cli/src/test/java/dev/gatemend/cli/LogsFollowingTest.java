package dev.gatemend.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogsFollowingTest {
    private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

    private static final String FORMAT =
            "$remote_addr [$time_local] \"$request\" $status $upstream_addr $upstream_status $host";

    @TempDir private Path directory;
    private final ScriptedPulse pulse = new ScriptedPulse(START);
    private Path access = Path.of("");
    private Path errors = Path.of("");

    @BeforeEach
    void writeLogs() throws IOException {
        access = Files.writeString(directory.resolve("access.log"), request(502, "/old"));
        errors = Files.writeString(directory.resolve("error.log"), entry("/old"));
    }

    @Test
    void tellsWhatGoesWrongAsItHappensAndEndsWithTheReport() throws Exception {
        pulse.then(() -> append(errors, entry("/b")))
                .then(() -> append(access, request(200, "/a") + request(502, "/b")))
                .later(() -> append(access, request(503, "/c")))
                .later(() -> {});

        Followed followed = follow();

        assertThat(followed.out())
                .startsWith(
                        """
                        12:00:01 502 nginx    127.0.0.1:8000 shop.example /b: Connection refused
                        12:00:01 503 upstream 127.0.0.1:8000 shop.example /c: its own answer

                        2 of 3 requests failed (5xx): 1 made by nginx, 1 by an upstream, 0 unknown
                        """);
        assertThat(followed.err()).isEmpty();
        assertThat(followed.status()).isEqualTo(ExitCode.TROUBLE);
    }

    @Test
    void staysSilentWhileAllIsWell() throws Exception {
        pulse.then(() -> append(access, request(200, "/a"))).later(() -> {});

        Followed followed = follow();

        assertThat(followed.out())
                .startsWith("nothing wrong: none of 1 request failed (5xx)\n")
                .hasLineCount(2);
        assertThat(followed.status()).isEqualTo(ExitCode.FINE);
    }

    @Test
    void readsFromTheAskedTimeOn() throws Exception {
        append(access, request(502, "/new").replace("12:00:01", "12:30:00"));
        ScriptedPulse later = new ScriptedPulse(START.plusSeconds(1_800)).later(() -> {});

        Followed followed = Followed.of(later, words("--since", "5m"));

        assertThat(followed.out()).contains("/new").doesNotContain("/old");
    }

    @Test
    void endsAtTheAskedTime() throws Exception {
        ScriptedPulse endless = new ScriptedPulse(START);
        for (int i = 0; i < 100; i++) {
            endless.then(() -> append(access, request(502, "/b")));
        }

        Followed followed = Followed.of(endless, words("--until", "3s"));

        assertThat(endless.now()).isEqualTo(START.plusSeconds(3));
        assertThat(followed.out()).contains("15 of 15 requests failed (5xx)");
    }

    @Test
    void asksForTheSameAsAReadingAfterwards() throws Exception {
        pulse.then(() -> append(errors, entry("/b") + entry("/c")))
                .then(() -> append(access, request(502, "/b") + request(504, "/c")))
                .later(() -> {});

        Followed followed = Followed.of(pulse, words("--status", "504"));

        assertThat(followed.out()).startsWith("12:00:01 504 ").contains("1 of 1 request failed");
    }

    @Test
    void aLineIsJudgedWhenItIsWhole() throws Exception {
        String line = request(502, "/b");
        pulse.then(() -> append(access, line.substring(0, 30)))
                .later(() -> append(access, line.substring(30)))
                .later(() -> append(access, line.substring(0, 30)));

        Followed followed = follow();

        assertThat(followed.out()).contains("1 of 1 request failed").doesNotContain("fit");
    }

    @Test
    void halfALineThatIsThereAtTheBeginningComesWhole() throws Exception {
        String line = request(502, "/b");
        append(access, line.substring(0, 30));
        pulse.then(() -> append(access, line.substring(30))).later(() -> {});

        assertThat(follow().out()).contains("1 of 1 request failed");
    }

    @Test
    void waitsForFilesThatAreNotThereYet() throws Exception {
        Files.delete(access);
        Files.delete(errors);
        pulse.then(() -> append(errors, entry("/b")))
                .then(() -> append(access, request(502, "/b")))
                .later(() -> {});

        Followed followed = follow();

        assertThat(followed.out()).startsWith("12:00:01 502 nginx ");
        assertThat(followed.err())
                .hasLineCount(2)
                .contains("access.log: not there yet: will be read once it is");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNothingAndReadsNothingTwiceOverFiftyRotations(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> written = new ArrayList<>();
        for (int rotation = 0; rotation < 50; rotation++) {
            String number = "." + rotation;
            for (int i = random.nextInt(20); i >= 0; i--) {
                String uri = "/" + written.size();
                written.add(uri);
                int half = random.nextInt(request(502, uri).length());
                boolean torn = random.nextBoolean();
                pulse.then(() -> append(errors, entry(uri)));
                pulse.then(() -> append(access, request(502, uri).substring(0, torn ? half : 0)));
                pulse.then(() -> append(access, request(502, uri).substring(torn ? half : 0)));
            }
            switch (random.nextInt(3)) {
                case 0 -> pulse.later(() -> cut(access)).then(() -> cut(errors));
                case 1 -> {
                    pulse.then(() -> Files.delete(access)).then(() -> append(access, ""));
                    pulse.then(() -> Files.delete(errors)).then(() -> append(errors, ""));
                }
                default -> rename(number, random.nextBoolean(), written);
            }
        }
        pulse.later(() -> {});

        Followed followed = Followed.of(pulse, words("--json"));

        List<String> lines = followed.out().lines().toList();
        assertThat(lines.subList(0, lines.size() - 1))
                .extracting(line -> value(line, "uri"))
                .containsExactlyInAnyOrderElementsOf(written);
        assertThat(lines.subList(0, lines.size() - 1))
                .allSatisfy(line -> assertThat(value(line, "madeBy")).isEqualTo("nginx"));
        assertThat(value(lines.getLast(), "requests")).isEqualTo("" + written.size());
        assertThat(value(lines.getLast(), "unparsed")).isEqualTo("0");
    }

    /** nginx writes on to the old file until it is told to reopen. */
    private void rename(String number, boolean late, List<String> written) {
        Path old = directory.resolve("access.log" + number);
        pulse.then(() -> Files.move(access, old));
        pulse.then(() -> Files.move(errors, directory.resolve("error.log" + number)));
        pulse.then(() -> append(errors, ""));
        if (late) {
            String uri = "/late" + number;
            written.add(uri);
            pulse.then(() -> append(old, request(502, uri).substring(0, 20)));
            pulse.then(() -> append(directory.resolve("error.log" + number), entry(uri)));
            pulse.then(() -> append(old, request(502, uri).substring(20)));
        }
        pulse.then(() -> append(access, ""));
    }

    @Test
    void everyLineOfJsonIsOneDocument() throws Exception {
        pulse.then(() -> append(errors, entry("/b?token=s3cr3t")))
                .then(() -> append(access, request(502, "/b?token=s3cr3t")))
                .later(() -> {});

        List<String> lines = Followed.of(pulse, words("--json")).out().lines().toList();

        assertThat(lines)
                .extracting(line -> value(line, "schema"))
                .containsExactly("gatemend.logs-event/1", "gatemend.logs/1");
        String event = lines.getFirst();
        assertThat(value(event, "event")).isEqualTo("failed");
        assertThat(value(event, "at")).isEqualTo("2026-11-21T11:00:01.000Z");
        assertThat(value(event, "madeBy")).isEqualTo("nginx");
        assertThat(value(event, "peer")).isEqualTo("127.0.0.1:8000");
        assertThat(value(event, "id")).isEqualTo("connect-failed-econnrefused");
        assertThat(value(event, "uri")).isEqualTo("/b?token=[redacted]");
    }

    @Test
    void noLineObeysWhatAnAttackerWrote() throws Exception {
        String evil = "/\u001b[2J\u202e" + "x".repeat(500) + "?password=s3cr3t";
        pulse.then(() -> append(access, request(502, evil))).later(() -> {});

        String out = follow().out();

        assertThat(out).contains("\\x1b[2J\\u202e").doesNotContain("s3cr3t");
        assertThat(out.lines().findFirst().orElseThrow()).hasSizeLessThanOrEqualTo(80);
        assertThat(out.codePoints()).allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }

    @Test
    void manyAlikeAreFewLines() throws Exception {
        pulse.then(() -> append(access, request(502, "/b").repeat(5_000))).later(() -> {});

        String out = follow().out();

        assertThat(out.substring(0, out.indexOf("\n\n")).lines())
                .hasSize(4)
                .last()
                .asString()
                .isEqualTo(
                        "         and 4,997 more like it: 502 upstream 127.0.0.1:8000: its own answer");
        assertThat(out).contains("5,000 of 5,000 requests failed");
    }

    @Test
    void aPipeIsFollowedToItsEnd() throws Exception {
        String both = entry("/b") + request(502, "/b") + request(200, "/a");
        ScriptedPulse waiting = new ScriptedPulse(START);
        for (int i = 0; i < 10_000; i++) {
            waiting.then(Thread::onSpinWait);
        }

        Followed followed =
                Followed.of(
                        waiting,
                        new ByteArrayInputStream(both.getBytes(UTF_8)),
                        new ByteArrayOutputStream(),
                        "-",
                        "--format",
                        FORMAT);

        assertThat(followed.out()).contains("502 nginx ", "1 of 2 requests failed (5xx)");
        assertThat(waiting.isOver()).isFalse();
    }

    @Test
    void whatTakesTheNameAwayIsToldOnce() throws Exception {
        pulse.then(() -> Files.move(access, directory.resolve("access.log.1")))
                .then(() -> Files.createDirectory(access))
                .later(() -> Files.delete(access))
                .then(() -> append(access, request(503, "/c")))
                .later(() -> {});

        Followed followed = follow();

        assertThat(followed.err()).hasLineCount(1).contains("access.log: is no regular file");
        assertThat(followed.out()).contains("1 of 1 request failed");
    }

    @Test
    void whatCannotBeFollowedIsRefused() throws IOException {
        Path packed = directory.resolve("access.log.2.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write('x');
        }

        assertThat(Played.of("logs", "-f", access.toString(), "--html", "--count"))
                .satisfies(
                        played -> assertThat(played.status()).isEqualTo(ExitCode.USAGE),
                        played ->
                                assertThat(played.err())
                                        .hasLineCount(1)
                                        .contains("--follow and --html and --count: what is"));
        assertThat(Played.of("logs", "-f", packed.toString()).err())
                .hasLineCount(1)
                .contains("cannot follow: ", "is packed with gzip and does not grow");
        assertThat(Played.of("logs", "-f", directory.toString()).status())
                .isEqualTo(ExitCode.USAGE);
        assertThatThrownBy(() -> Followed.of(pulse, directory.toString()))
                .hasMessageContaining("is a directory: name the logs in it");
    }

    private Followed follow() throws Exception {
        return Followed.of(pulse, words());
    }

    private String[] words(String... more) {
        return Stream.concat(
                        Stream.of(access.toString(), errors.toString(), "--format", FORMAT),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** The first value of that name, without its quotes. */
    private static String value(String document, String name) {
        Matcher value =
                Pattern.compile("\"" + name + "\":(?:\"([^\"]*)\"|([^\",}]+))").matcher(document);
        assertThat(value.find()).as("%s in %s", name, document).isTrue();
        return value.group(1) == null ? value.group(2) : value.group(1);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void cut(Path file) throws IOException {
        FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
    }

    private static String request(int status, String uri) {
        return "192.0.2.2 [21/Nov/2026:12:00:01 +0100] \"GET "
                + uri
                + " HTTP/1.1\" "
                + status
                + " 127.0.0.1:8000 "
                + status
                + " shop.example\n";
    }

    private static String entry(String uri) {
        return "2026/11/21 12:00:01 [error] 12#12: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.2, server: shop.example, request: \"GET "
                + uri
                + " HTTP/1.1\", upstream: \"http://127.0.0.1:8000"
                + uri
                + "\", host: \"shop.example\"\n";
    }
}
