package dev.gatemend.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Fact;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Site;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.model.Version;
import dev.gatemend.model.Window;
import dev.gatemend.nginx.config.CompiledDefaults;
import dev.gatemend.nginx.config.ConfigurationReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final Instant SEEN = Instant.parse("2026-11-21T11:20:40.123456789Z");

    /** Also those of facts that are invented after this test. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesBackEveryKindOfFactAsItWas(boolean full) throws IOException {
        Fact[] facts =
                new SampleValues(full)
                        .ofEach(Fact.class).stream().map(Fact.class::cast).toArray(Fact[]::new);
        assertThat(facts).hasSizeGreaterThan(20);
        Snapshot snapshot = snapshot(facts);

        assertThat(read(write(snapshot)).snapshot()).isEqualTo(snapshot);
    }

    @Test
    void givesBackTextOfAnyCharactersAndShowsNoneThatATerminalObeys() throws IOException {
        String text = "\0\u001b[2J\"\\\u007f\u0085ü\u202e\ud83d\ude00 \ud800 end\r\n";
        Snapshot snapshot = snapshot(new JournalLine("app.service", SEEN, text));

        byte[] bytes = write(snapshot);

        assertThat(read(bytes).snapshot()).isEqualTo(snapshot);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).matches("[ -~\\n]*");
    }

    @Test
    void beginsWithItsSchemaAndHasOneObservationALine() throws IOException {
        Snapshot snapshot = snapshot(new CouldNotLook("a", "b"), new CouldNotLook("c", "d"));

        assertThat(new String(write(snapshot), StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "{\"schema\":\"gatemend.bundle/1\",\"writer\":\"1.2.3\",\"redacted\":{\"secrets\":2,\"clients\":1},\"snapshot\":{\"at\":\"2026-11-21T11:20:40.123456789Z\""),
                        line ->
                                assertThat(line)
                                        .contains("\"is\":\"CouldNotLook\",\"source\":\"a\""),
                        line ->
                                assertThat(line)
                                        .contains("\"is\":\"CouldNotLook\",\"source\":\"c\""));
    }

    @Test
    void readsAPackedOneAsWell() throws IOException {
        Snapshot snapshot = snapshot(new CouldNotLook("a", "b"));

        assertThat(read(pack(write(snapshot))).snapshot()).isEqualTo(snapshot);
    }

    @Test
    void keepsWhatManySitesShareSharedAndItselfSmall() throws IOException {
        Snapshot snapshot = snapshot(configurationOf(500));

        byte[] bytes = write(snapshot);
        Snapshot read = read(bytes).snapshot();

        assertThat(read).isEqualTo(snapshot);
        assertThat(bytes.length / 500).as("bytes a site").isLessThan(3_000);
        List<Site> sites =
                read.facts(NginxConfiguration.class).flatMap(c -> c.sites().stream()).toList();
        assertThat(sites).hasSize(500);
        assertThat(outermost(sites.getFirst())).isSameAs(outermost(sites.getLast()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | is no bundle",
                "[1] | is no bundle",
                "PK | is no bundle",
                "{\"writer\":\"1\"} | is no bundle",
                "{\"schema\":\"gatemend.diagnosis/1\"} | is no bundle: its schema is not gatemend.bundle/1",
                "{\"schema\":\"gatemend.bundle/2\"} | is a bundle of a newer gatemend (gatemend.bundle/2; this one reads gatemend.bundle/1): update this one",
                "{\"schema\":\"gatemend.bundle/1\"} | Bundle lacks writer",
                "{\"schema\":\"gatemend.bundle/1\",\"writer\":1} | a string belongs here",
                "{\"schema\":\"gatemend.bundle/1\",\"writer\":\"a\",\"writer\":\"b\"} | writer stands twice",
                "{\"schema\":\"gatemend.bundle/1\",\"writer\":\"a\" | broken"
            })
    void refusesWhatIsNoneAndSaysWhy(String text, String why) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableBundle.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "CouldNotLook\",\"source\" | Unheard\",\"source\" | at line 2: there is no Fact Unheard",
                "\"why\":\"b\" | \"wy\":\"b\" | CouldNotLook lacks why",
                "\"zone\":\"Z\" | \"zone\":\"Mars\" | no ZoneId",
                "\"at\":\"2026 | \"at\":\"x | no Instant",
                "\"to\":\"2026 | \"to\":\"2025 | no Window",
                "\"observations\":[ | \"observations\":[{}, | begins with is, not"
            })
    void refusesABrokenOneAndSaysWhere(String before, String after, String why) throws IOException {
        String text =
                new String(write(snapshot(new CouldNotLook("a", "b"))), StandardCharsets.UTF_8);
        assertThat(text).contains(before);

        assertThatThrownBy(() -> read(text.replace(before, after).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableBundle.class)
                .hasMessageContaining(why.replace("begins with is, not", "Observation lacks"));
    }

    @Test
    void passesOverFieldsOfANewerGatemend() throws IOException {
        Snapshot snapshot = snapshot(new CouldNotLook("a", "b"));
        String text =
                new String(write(snapshot), StandardCharsets.UTF_8)
                        .replace("\"why\":", "\"since\":{\"a\":[1,{\"b\":null}]},\"why\":");

        assertThat(read(text.getBytes(StandardCharsets.UTF_8)).snapshot()).isEqualTo(snapshot);
    }

    @Test
    void everyBeginningOfABundleIsRefusedAndNothingElseHappens() throws IOException {
        byte[] whole = write(snapshot(new CouldNotLook("a", "b")));

        for (int length = 0; length < whole.length - 2; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesWhatNestsTooDeep(String opening) {
        String text = "{\"schema\":\"gatemend.bundle/1\",\"x\":" + opening.repeat(1_000_000);

        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableBundle.class);
    }

    @Test
    void refusesAFewBytesThatUnpackToGigabytes() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            packed.write("{\"schema\":\"gatemend.bundle/1\",".getBytes(StandardCharsets.UTF_8));
            byte[] blanks = new byte[1 << 20];
            Arrays.fill(blanks, (byte) ' ');
            for (int i = 0; i < 130; i++) {
                packed.write(blanks);
            }
        }

        assertThatThrownBy(() -> read(bomb.toByteArray()))
                .isInstanceOf(UnreadableBundle.class)
                .hasMessageContaining("Document length");
    }

    private static Object outermost(Site site) {
        dev.gatemend.model.Settings level = site.settings();
        while (level.outer().isPresent()) {
            level = level.outer().get();
        }
        return level.byName();
    }

    static Snapshot snapshot(Fact... facts) {
        return new Snapshot(
                SEEN,
                "host",
                ZoneOffset.UTC,
                Window.endingAt(SEEN, Duration.ofMinutes(15)),
                Arrays.stream(facts)
                        .map(fact -> new Observation(fact, new Source("test", "true"), SEEN))
                        .toList());
    }

    static byte[] write(Snapshot snapshot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Bundle("1.2.3", Optional.of(new Bundle.Tally(2, 1)), snapshot).writeTo(bytes);
        return bytes.toByteArray();
    }

    static Bundle read(byte[] bytes) throws IOException {
        return Bundle.readFrom(new ByteArrayInputStream(bytes));
    }

    private static byte[] pack(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        }
        return packed.toByteArray();
    }

    private static NginxConfiguration configurationOf(int sites) {
        StringBuilder text = new StringBuilder("events {}\nhttp {\n");
        for (int i = 0; i < sites; i++) {
            text.append(
                    """
                    server {
                        listen 80;
                        server_name s%d.example;
                        proxy_read_timeout 5s;
                        location / { proxy_pass http://127.0.0.1:%d; proxy_set_header Host $host; }
                        location /static { root /srv/%d; }
                    }
                    """
                            .formatted(i, 1024 + i, i));
        }
        return ConfigurationReader.read(
                new OneFile(text.append("}\n").toString()),
                OneFile.PATH,
                "/etc/nginx",
                new Version(1, 22, 1),
                Optional.empty(),
                CompiledDefaults.NONE);
    }
}
