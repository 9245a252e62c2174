package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.Symptom;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamDnsNotFoundTest {
    private static final UpstreamDnsNotFound CAUSE = new UpstreamDnsNotFound();
    private static final String EMERG =
            "host not found in upstream \"bakcend:8080\" in /etc/nginx/conf.d/shop.conf:24";

    @Test
    void speaksOfARefusedReloadWithTheOldConfigurationStillServing() {
        Judgement judgement =
                CAUSE.judge(
                        refused()
                                .seen(lookup("bakcend", Outcome.NO_SUCH_NAME), "dns", "getent")
                                .build());

        assertThat(told(judgement))
                .contains(
                        "the host name bakcend in the configuration does not resolve (/etc/nginx/conf.d/shop.conf:24)")
                .contains("the next restart will fail")
                .contains("the resolver directive has no part in names looked up at load");
    }

    @Test
    void mentionsTheNameThatWasMeant() {
        Judgement judgement = CAUSE.judge(refused().build());

        assertThat(told(judgement)).contains("a similar name is known: backend");
    }

    @Test
    void aNameFoundAgainWasMissingOnlyWhileNginxLoaded() {
        Judgement judgement =
                CAUSE.judge(
                        logged().kind(Symptom.Kind.NOT_RUNNING)
                                .seen(lookup("bakcend", Outcome.FOUND), "dns", "getent")
                                .build());

        assertThat(told(judgement))
                .contains("did not resolve when nginx loaded it")
                .contains("earlier than the network")
                .doesNotContain("AGAINST");
    }

    @Test
    void theEngineIsSureOfIt() {
        Diagnosis diagnosis =
                new Diagnostician(Causes.all()).diagnose(refused().snapshot()).getFirst();

        assertThat(diagnosis.verdict().orElseThrow().cause()).isEqualTo("upstream-dns-not-found");
        assertThat(diagnosis.verdict().orElseThrow().probability()).isGreaterThan(0.9);
    }

    @Test
    void staysSilentOnOtherRefusals() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .kind(Symptom.Kind.CONFIG_REFUSED)
                                .trouble(Trouble.STANDING)
                                .seen(
                                        verdict(
                                                "nginx: [emerg] unknown directive \"proxy_pas\" in /etc/nginx/nginx.conf:3"),
                                        "nginx",
                                        "nginx -t")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnFailingTrafficOfAnotherKind() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .peer("127.0.0.1:8000")
                                .seen(verdict("nginx: [emerg] " + EMERG), "nginx", "nginx -t")
                                .logged(
                                        "connect-failed-econnrefused",
                                        "connect() failed (111: Connection refused)",
                                        111,
                                        "connecting to upstream")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder refused() {
        return new MatterBuilder()
                .kind(Symptom.Kind.CONFIG_REFUSED)
                .trouble(Trouble.STANDING)
                .seen(
                        Written.variablePass("http://$x", "x", List.of("backend")),
                        "configuration",
                        "nginx.conf")
                .seen(verdict("nginx: [emerg] " + EMERG), "nginx", "nginx -t");
    }

    private static MatterBuilder logged() {
        return new MatterBuilder()
                .trouble(Trouble.STANDING)
                .logged(
                        Written.entry("rr-host-not-found", "emerg", EMERG, 0, "", ""),
                        1,
                        MatterBuilder.NOW.minusSeconds(90),
                        MatterBuilder.NOW.minusSeconds(90));
    }

    private static ConfigurationVerdict verdict(String message) {
        return new ConfigurationVerdict("/etc/nginx/nginx.conf", false, List.of(message));
    }

    private static DnsLookup lookup(String name, Outcome outcome) {
        return new DnsLookup(
                name,
                DnsLookup.LIBC,
                outcome,
                outcome == Outcome.FOUND ? List.of("10.0.0.5") : List.of());
    }
}
