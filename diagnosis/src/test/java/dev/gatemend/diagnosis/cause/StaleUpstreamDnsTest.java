package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.connects;
import static dev.gatemend.diagnosis.Facts.libc;
import static dev.gatemend.diagnosis.Facts.written;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The name has moved since nginx resolved it. */
class StaleUpstreamDnsTest {
    @Test
    void speaksWhenTheNameHasAnotherAddressNow() {
        MatterBuilder scene = unanswered(libc("app.internal", "10.0.0.9"));

        Finding verdict = assertVerdict(diagnose(scene), "stale-upstream-dns", 0.9);
        assertThat(verdict.title())
                .isEqualTo("nginx dials 10.0.0.5:8000, but app.internal is 10.0.0.9 now");
    }

    @Test
    void isSurerWhenTheNewAddressTakesConnections() {
        MatterBuilder scene =
                unanswered(libc("app.internal", "10.0.0.9"))
                        .seen(connects("10.0.0.9:8000"), "probe", "nc -z 10.0.0.9 8000");

        assertVerdict(diagnose(scene), "stale-upstream-dns", 0.98);
    }

    @Test
    void leadsWhenTheFilesAreYoungToo() {
        MatterBuilder scene =
                timedOut()
                        .seen(
                                written(
                                        configuration(
                                                PassKind.PROXY,
                                                "shop",
                                                List.of("app.internal:8000")),
                                        NOW.minus(Duration.ofHours(1))),
                                "configuration",
                                "nginx.conf")
                        .seen(libc("app.internal", "10.0.0.9"), "dns", "getent ahosts app.internal")
                        .seen(connects("10.0.0.9:8000"), "probe", "nc -z 10.0.0.9 8000");

        assertVerdict(diagnose(scene), "stale-upstream-dns", 0.8);
    }

    @Test
    void staysSilentWhenTheNameStillMeansTheDialledAddress() {
        MatterBuilder scene = unanswered(libc("app.internal", "10.0.0.5"));

        assertThat(probability(diagnose(scene), "stale-upstream-dns")).isZero();
    }

    @Test
    void staysSilentWhenTheNameCouldNotBeAsked() {
        MatterBuilder scene =
                unanswered(
                        new DnsLookup(
                                "app.internal",
                                DnsLookup.LIBC,
                                DnsLookup.Outcome.TIMED_OUT,
                                List.of()));

        assertThat(probability(diagnose(scene), "stale-upstream-dns")).isZero();
    }

    private static MatterBuilder unanswered(DnsLookup lookup) {
        return timedOut()
                .seen(
                        configuration(PassKind.PROXY, "shop", List.of("app.internal:8000")),
                        "configuration",
                        "nginx.conf")
                .seen(lookup, "dns", "getent ahosts app.internal");
    }

    private static MatterBuilder timedOut() {
        return new MatterBuilder()
                .peer("10.0.0.5:8000")
                .logged(
                        "upstream-timed-out-connecting",
                        "upstream timed out (110: Connection timed out)",
                        110,
                        "connecting to upstream");
    }
}
