package dev.gatemend.host.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GivenReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String REFUSED =
            "2026/11/21 11:00:00 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream,"
                    + " client: 172.18.0.1, server: shop, request: \"GET / HTTP/1.1\", upstream: \"http://172.18.0.2:8000/\", host: \"shop\"";

    private static Snapshot read(String... texts) {
        return read(Optional.empty(), texts);
    }

    private static Snapshot read(Optional<ZoneId> zone, String... texts) {
        List<GivenFile> files =
                List.of(texts).stream().map(t -> new GivenFile("stdin", t)).toList();
        return GivenReader.read(files, new GivenReader.Question(zone, Duration.ofMinutes(15), NOW));
    }

    private static List<ErrorGroup> errors(String text) {
        return read(text).facts(ErrorGroup.class).toList();
    }

    private static List<Kind> kinds(String text) {
        return read(text)
                .facts(GivenText.class)
                .flatMap(t -> t.lines().stream())
                .map(GivenText.Line::kind)
                .toList();
    }

    @Test
    void anErrorLogLineIsReadBehindACollectorsPrefixAndNamesItsLine() {
        List<ErrorGroup> errors = errors("it broke:\n\nnginx_1  | " + REFUSED);

        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().peer()).contains("172.18.0.2:8000");
        assertThat(errors.getFirst().where()).isEqualTo("stdin:3");
    }

    @Test
    void anErrorLogLineIsReadWhereItIsIndentedAndPrefixedTwice() {
        Snapshot indented =
                read(Optional.of(ZoneOffset.UTC), "it broke:\n\n    web   | nginx.1  | " + REFUSED);

        assertThat(indented.facts(ErrorGroup.class).findFirst().orElseThrow().first())
                .contains(Instant.parse("2026-11-21T11:00:00Z"));
    }

    @Test
    void anEntryIsReadWhoseClientWasTakenOutOrWhichASentenceOrAPagerEnds() {
        List<ErrorGroup> edited =
                errors(
                        "[error] 22#22: connect() failed (111: Connection refused) while connecting to upstream,"
                                + " request: \"GET /a/\", upstream: \"http://10.0.1.98:9000/a/\", host: \"dev\"");
        List<ErrorGroup> sentence =
                errors(
                        "[error] 12#0: *62 upstream sent too big header while reading response header from upstream.");
        List<ErrorGroup> pager =
                errors("10:08:18 web1 nginx[9]: nginx: [emerg] host not found in upst>");

        assertThat(edited.getFirst().peer()).contains("10.0.1.98:9000");
        assertThat(edited.getFirst().sample().request()).contains("GET /a/");
        assertThat(sentence.getFirst().id()).isEqualTo("upstream-sent-too-big-header");
        assertThat(pager.getFirst().sample().message()).isEqualTo("host not found in upst");
    }

    @Test
    void aRefusalOfSelinuxIsReadFromWhicheverLogItWasCopied() {
        String refusal =
                "audit(1421274762.358:1081): avc:  denied  { name_connect } for  pid=5642 comm=\"nginx\" dest=8081"
                        + " scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:transproxy_port_t:s0 tclass=tcp_socket";
        Snapshot read =
                read(
                        Optional.empty(),
                        REFUSED
                                + "\n\n> type=AVC msg="
                                + refusal
                                + "\nJan 14 22:32:42 web1 kernel: audit: type=1400 "
                                + refusal
                                + "\nand it says avc: denied everywhere");

        assertThat(read.facts(KernelEvent.Denial.class))
                .hasSize(2)
                .allMatch(denial -> denial.operation().equals("name_connect") && denial.enforced());
    }

    @Test
    void theWindowEndsAtTheNewestLineAndLeavesOutWhatIsOlder() {
        String old = REFUSED.replace("11:00:00", "09:00:00").replace("8000", "9000");

        assertThat(errors(old + "\n" + REFUSED)).hasSize(1);
        assertThat(errors(old)).hasSize(1);
    }

    @Test
    void timesAreInTheZoneOfTheAccessLogBesideThem() {
        String access =
                "10.0.0.1 - - [21/Nov/2026:11:00:01 +0200] \"GET / HTTP/1.1\" 502 150 \"-\" \"curl\"";

        Snapshot read = read(REFUSED + "\n" + access);

        assertThat(read.facts(ErrorGroup.class).findFirst().orElseThrow().first())
                .contains(Instant.parse("2026-11-21T09:00:00Z"));
        assertThat(read.facts(AccessGroup.class).map(AccessGroup::status)).containsExactly(502);
        assertThat(read.facts(GivenText.class)).allMatch(GivenText::zoned);
        assertThat(read(REFUSED).facts(GivenText.class)).noneMatch(GivenText::zoned);
        assertThat(read(Optional.of(ZoneId.of("Asia/Tokyo")), REFUSED).facts(ErrorGroup.class))
                .allSatisfy(
                        g -> assertThat(g.first()).contains(Instant.parse("2026-11-21T02:00:00Z")));
    }

    @Test
    void aMessageQuotedInASentenceIsFound() {
        assertThat(
                        errors(
                                "nginx says \"connect() failed (111: Connection refused) while connecting to upstream\" again and again"))
                .singleElement()
                .satisfies(e -> assertThat(e.id()).isEqualTo("connect-failed-econnrefused"));
        assertThat(
                        errors(
                                "then we get no live upstreams while connecting to upstream, for all sites"))
                .singleElement()
                .satisfies(e -> assertThat(e.id()).isEqualTo("no-live-upstreams"));
    }

    @Test
    void aSentenceThatQuotesNothingIsProse() {
        assertThat(errors("I cannot connect to my upstream server, it failed twice")).isEmpty();
        assertThat(kinds("I cannot connect to my upstream server")).containsExactly(Kind.PROSE);
    }

    @Test
    void aBlackenedClientAndTypographicQuotesDoNotHideThePeer() {
        String line =
                "upstream sent too big header while reading response header from upstream, client: x.x.x.x, server: _,"
                        + " request: “GET / HTTP/1.1”, upstream: “http://127.0.0.1:3000/”";

        assertThat(errors(line))
                .singleElement()
                .satisfies(e -> assertThat(e.peer()).contains("127.0.0.1:3000"));
    }

    @Test
    void theReasonOfAHandshakeNeedsNoParentheses() {
        assertThat(
                        errors(
                                "SSL_do_handshake() failed SSL: error:0A000102:SSL routines::unsupported protocol"))
                .singleElement()
                .satisfies(
                        e ->
                                assertThat(e.sample().phase())
                                        .contains("SSL handshaking to upstream"));
    }

    @Test
    void theSocketOfACutLineIsTakenFromTheMessage() {
        assertThat(errors("connect() to unix:/run/app.sock failed (2: No such file or"))
                .singleElement()
                .satisfies(e -> assertThat(e.peer()).contains("unix:/run/app.sock"));
    }

    @Test
    void anEntryEndsWithItsParagraph() {
        String cut = "2026/11/21 11:00:00 [crit] 1#1: *1 open() \"/x failed (2: No such";

        assertThat(kinds(cut + "\n\n* Listening on unix:///run/puma.sock"))
                .containsExactly(Kind.ERROR_LOG, Kind.LOG);
    }

    @Test
    void anApplicationsLinesAreALogEvenWhereTheyAreWordedAsNginxsOwn() {
        Snapshot read =
                read(
                        "[23-Aug-2016 16:57:10] WARNING: [pool www] child 1933 exited on signal 11 (SIGSEGV) after 221 seconds");

        assertThat(read.facts(ErrorGroup.class)).isEmpty();
        assertThat(read.facts(ApplicationLog.class).flatMap(l -> l.lines().stream())).hasSize(1);
    }

    @Test
    void anExcerptOfTheConfigurationIsReadWithItsPassAndItsVersionsDefaults() {
        NginxConfiguration configuration =
                read("nginx version: nginx/1.18.0\nlocation / {\n  proxy_pass http://app:81/;\n}")
                        .facts(NginxConfiguration.class)
                        .findFirst()
                        .orElseThrow();

        assertThat(configuration.version()).hasToString("1.18.0");
        assertThat(configuration.upstreams())
                .anyMatch(u -> u.peers().getFirst().address().toString().equals("app:81"));
    }

    @Test
    void textWithoutAnythingIsASnapshotWithoutFindings() {
        assertThat(errors("")).isEmpty();
        assertThat(errors("\n\n \n")).isEmpty();
        assertThat(read().facts(GivenText.class)).isEmpty();
    }

    @Test
    void anyBytesAreReadWithinBounds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet =
                "{};\"'\\\n \u001B[31m[error]#:*1connect()failed(SSL:0,client: server: \u0000\u202E";
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(2_000); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(read(text.toString()).observations()).as("seed %d", seed).isNotNull();
        }
    }

    @Test
    void theMiddleOfALongTextIsReadAsALogAlone() {
        String text = "help\n" + (REFUSED + "\n").repeat(5_000) + "thanks\n";

        Snapshot read = read(text);

        assertThat(read.facts(ErrorGroup.class))
                .singleElement()
                .satisfies(g -> assertThat(g.count()).isEqualTo(5_000));
        assertThat(
                        read.facts(GivenText.class)
                                .flatMap(t -> t.lines().stream())
                                .map(GivenText.Line::text))
                .hasSizeLessThan(1_000)
                .contains("help", "thanks");
    }
}
