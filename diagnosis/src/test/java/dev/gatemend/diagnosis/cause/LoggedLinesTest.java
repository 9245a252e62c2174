package dev.gatemend.diagnosis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import dev.gatemend.nginx.log.ErrorLogGrouper;
import dev.gatemend.nginx.log.LogQuestion;
import dev.gatemend.nginx.log.RequestPlace;
import dev.gatemend.nginx.log.ScanLimits;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as nginx 1.22.1 and 1.31.5 wrote them, from the text to the verdict and nothing else. */
class LoggedLinesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0007',
            value = {
                "protocol-mismatch|fastcgi://127.0.0.1:9212|*80 upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream",
                "protocol-mismatch|fastcgi://127.0.0.1:9229|*128 upstream sent unsupported FastCGI protocol version: 83 while reading response header from upstream",
                "protocol-mismatch|grpc://127.0.0.1:9212|*90 upstream sent too large http2 frame: 4740180 while reading response header from upstream",
                "protocol-mismatch|memcached://127.0.0.1:9212|*94 memcached sent invalid response: \"HTTP/1.1 400 Bad Request\" while reading response header from upstream",
                "protocol-mismatch|http://127.0.0.1:9229/x|*124 upstream sent no valid HTTP/1.0 header while reading response header from upstream",
                "protocol-mismatch|https://127.0.0.1:9212/x|*100 SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream",
                "protocol-mismatch|https://127.0.0.1:9429/x|*126 upstream prematurely sent response while reading response header from upstream",
                "malformed-upstream-response|http://127.0.0.1:9208/x|*43 upstream sent invalid header: \"Bad\\x20...\" while reading response header from upstream",
                "malformed-upstream-response|http://127.0.0.1:9411/x|*49 upstream sent duplicate header line: \"Content-Length: 2\", previous value: \"Content-Length: 2\" while reading response header from upstream",
                "malformed-upstream-response|http://127.0.0.1:9411/x|*49 upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time while reading response header from upstream",
                "response-header-too-big|http://127.0.0.1:9209/x|*45 upstream sent too big header while reading response header from upstream",
                "response-header-too-big|fastcgi://unix:/run/php/php8.2-fpm.sock:|*45 upstream sent too big header while reading response header from upstream",
                "resolver-missing||*139 no resolver defined to resolve nowhere.example",
                "resolver-cannot-resolve||*141 app could not be resolved (3: Host not found)",
                "resolver-cannot-resolve||*141 app could not be resolved (110: Operation timed out)",
                "temp-dir-permission||*153 open() \"/run/exp/noperm/0000000002\" failed (13: Permission denied)",
                "disk-full|http://127.0.0.1:9217/x|*151 pwritev() \"/var/cache/nginx/proxy_temp/1/00/0000000001\" failed (28: No space left on device) while reading upstream",
                "app-error|fastcgi://127.0.0.1:9219|*82 FastCGI sent in stderr: \"PHP message: PHP Fatal error:  Uncaught Error: no\" while reading response header from upstream"
            })
    void aLineAloneNamesTheCauseThatStandsInIt(String cause, String upstream, String text) {
        String line =
                "2026/11/21 12:09:00 [%s] 813#813: "
                                .formatted(
                                        text.contains("open()") || text.contains("pwritev()")
                                                ? "crit"
                                                : "error")
                        + text
                        + ", client: 127.0.0.1, server: exp.example, request: \"GET /x HTTP/1.1\""
                        + (upstream == null ? "" : ", upstream: \"" + upstream + "\"")
                        + ", host: \"exp.example\"";

        List<Diagnosis> diagnoses = new Diagnostician(Causes.all()).diagnose(snapshot(line));

        assertThat(diagnoses).hasSize(1);
        assertThat(diagnoses.getFirst().verdict()).isPresent();
        assertThat(diagnoses.getFirst().verdict().get().cause()).isEqualTo(cause);
        assertThat(diagnoses.getFirst().verdict().get().title()).hasSizeLessThanOrEqualTo(100);
    }

    private static Snapshot snapshot(String line) {
        Snapshot bare = new MatterBuilder().snapshot();
        ErrorLogGrouper grouper =
                new ErrorLogGrouper(
                        new LogQuestion(
                                MatterBuilder.MASTER.pid(),
                                "/var/log/nginx/error.log",
                                ZoneOffset.UTC,
                                bare.window(),
                                RequestPlace.nowhere(),
                                Set.of(),
                                ScanLimits.forErrors()));
        ErrorEntry entry = ErrorLogGrammar.parse(line).orElseThrow();
        grouper.add(entry, Optional.of(MatterBuilder.NOW.minusSeconds(60)), 1);
        List<Observation> all = new ArrayList<>(bare.observations());
        for (ErrorGroup group : grouper.groups(at -> "/var/log/nginx/error.log:" + at)) {
            all.add(new Observation(group, new Source("error.log", "tail"), MatterBuilder.NOW));
        }
        return new Snapshot(bare.at(), bare.host(), bare.zone(), bare.window(), all);
    }
}
