package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.emptyTable;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.listening;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Said.closed;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Finding;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.Observation;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.model.Version;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Another process holds the address that the application, or nginx itself, needs. */
class PortConflictTest {
    private static final String IN_USE = "[950] [ERROR] Connection in use: ('127.0.0.1', 8000)";

    @Test
    void speaksWhenTheApplicationSaysSoAndAStrangerListensThere() {
        Finding verdict =
                assertVerdict(
                        diagnose(log(heldBy(closed(), "127.0.0.1:8000"), 950, IN_USE)),
                        "port-conflict",
                        0.9);

        assertThat(verdict.title())
                .isEqualTo(
                        "node (PID 900) holds 127.0.0.1:8000, so the application of 127.0.0.1:8000 cannot");
    }

    @Test
    void speaksWhenAnotherAddressThatItNeedsIsHeld() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                log(
                                        heldBy(refused(), "0.0.0.0:9464"),
                                        950,
                                        "starting metrics",
                                        "listen tcp 0.0.0.0:9464: bind: address already in use")),
                        "port-conflict",
                        0.9);

        assertThat(verdict.title()).startsWith("node (PID 900) holds 0.0.0.0:9464");
    }

    @Test
    void isRuledOutWhenTheOneThatComplainedHoldsItByNow() {
        Diagnosis diagnosis = diagnose(log(heldBy(closed(), "127.0.0.1:8000"), 900, IN_USE));

        assertThat(ruledOut(diagnosis)).contains("port-conflict");
    }

    @Test
    void staysSilentWhenItListenedAfterwards() {
        Diagnosis diagnosis =
                diagnose(
                        log(
                                emptyTable(refused()),
                                950,
                                IN_USE,
                                "[950] [INFO] Listening at: http://127.0.0.1:8000 (950)"));

        assertThat(probability(diagnosis, "port-conflict")).isZero();
    }

    @Test
    void staysSilentWhenAClientChoseTheWords() {
        Diagnosis diagnosis =
                diagnose(
                        log(
                                heldBy(closed(), "127.0.0.1:8000"),
                                950,
                                "127.0.0.1 \"GET /?Address+already in use: 127.0.0.1:8000 HTTP/1.1\" 200"));

        assertThat(probability(diagnosis, "port-conflict")).isZero();
    }

    @Test
    void speaksWhenSomebodyListensWhereNginxShould() {
        ProcessState apache =
                process(
                        700,
                        "apache2",
                        "/usr/sbin/apache2 -k start",
                        Duration.ofHours(1),
                        "apache2.service");
        Diagnosis diagnosis = alone(configuration80(), table(listener("0.0.0.0:80", 700)), apache);

        Finding verdict = assertVerdict(diagnosis, "port-conflict", 0.8);
        assertThat(verdict.title())
                .isEqualTo("nginx cannot start: apache2 (PID 700) holds 0.0.0.0:80");
        assertThat(commands(verdict))
                .containsSubsequence("sudo systemctl stop apache2.service", "sudo nginx -t");
    }

    @Test
    void staysSilentWhenNginxWasMerelyStopped() {
        Diagnosis diagnosis = alone(configuration80(), table(listener("127.0.0.1:81", 700)));

        assertThat(probability(diagnosis, "port-conflict")).isZero();
    }

    private static MatterBuilder heldBy(MatterBuilder scene, String address) {
        return scene.seen(table(listener(address, 900)), "sockets", "ss -ltnp")
                .seen(NODE, "processes", "ps -p 900");
    }

    private static Fact configuration80() {
        return listening(
                configuration(
                        dev.gatemend.model.PassKind.PROXY,
                        "shop",
                        java.util.List.of("127.0.0.1:8000")),
                "0.0.0.0:80");
    }

    private static Diagnosis alone(Fact... facts) {
        NginxInstallation expected =
                new NginxInstallation(
                        "/usr/sbin/nginx",
                        Optional.of(new Version(1, 22, 1)),
                        "/etc/nginx",
                        "/etc/nginx/nginx.conf",
                        Optional.of("nginx.service is enabled"));
        Snapshot snapshot =
                new Snapshot(
                        NOW,
                        "web1",
                        ZoneOffset.UTC,
                        Window.endingAt(NOW, Duration.ofMinutes(15)),
                        Stream.concat(Stream.of(expected), Stream.of(facts))
                                .map(f -> new Observation(f, new Source("processes", "ps"), NOW))
                                .toList());
        return new Diagnostician(Causes.all()).diagnose(snapshot).getFirst();
    }
}
