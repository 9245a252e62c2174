package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.listening;
import static dev.gatemend.diagnosis.Facts.setting;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Finding;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PassKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pass that leads nginx back to itself. */
class ProxyLoopTest {
    private static final String OWN = "127.0.0.1:80";

    @Test
    void speaksWhenTheSiteThatAnswersPassesOnAgain() {
        MatterBuilder scene = exhausted(listening(passesTo(OWN), OWN));

        Finding verdict = assertVerdict(diagnose(scene), "proxy-loop", 0.95);
        assertThat(verdict.title())
                .isEqualTo("proxy_pass leads nginx back to itself at 127.0.0.1:80");
        assertThat(probability(diagnose(scene), "worker-connections-exhausted")).isLessThan(0.05);
    }

    @Test
    void speaksWhenAWildcardListenerTakesIt() {
        assertVerdict(
                diagnose(exhausted(listening(passesTo(OWN), "0.0.0.0:80"))), "proxy-loop", 0.9);
    }

    @Test
    void staysSilentWhenAnotherPortIsDialled() {
        MatterBuilder scene = exhausted(listening(passesTo("127.0.0.1:8000"), OWN));

        assertThat(probability(diagnose(scene), "proxy-loop")).isZero();
        assertVerdict(diagnose(scene), "worker-connections-exhausted", 0.8);
    }

    @Test
    void staysSilentWhenAnotherProcessListensThere() {
        MatterBuilder scene =
                connections(listening(passesTo(OWN), "0.0.0.0:80"))
                        .seen(table(listener(OWN, 900)), "sockets", "ss -ltnp");

        assertThat(probability(diagnose(scene), "proxy-loop")).isZero();
    }

    @Test
    void staysSilentWhenARequestDecidesWhichHostIsSent() {
        NginxConfiguration byHeader =
                configuration(
                        PassKind.PROXY,
                        "shop",
                        List.of(OWN),
                        setting("proxy_set_header", "Host", "$arg_tenant"));

        assertThat(probability(diagnose(exhausted(listening(byHeader, OWN))), "proxy-loop"))
                .isZero();
    }

    private static NginxConfiguration passesTo(String address) {
        return configuration(
                PassKind.PROXY,
                "shop",
                List.of(address),
                setting("proxy_set_header", "Host", "$host"));
    }

    private static MatterBuilder exhausted(NginxConfiguration files) {
        return connections(files).seen(table(listener(OWN, 812, 813)), "sockets", "ss -ltnp");
    }

    private static MatterBuilder connections(NginxConfiguration files) {
        return new MatterBuilder()
                .trouble(Trouble.LOCAL)
                .logged(
                        "worker-connections-not-enough",
                        "512 worker_connections are not enough",
                        0,
                        "connecting to upstream")
                .seen(files, "configuration", "nginx.conf");
    }
}
