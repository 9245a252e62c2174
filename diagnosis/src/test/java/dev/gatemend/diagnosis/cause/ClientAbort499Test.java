package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Closed;
import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Settings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientAbort499Test {
    private static final String ID = "client-abort-499";

    @Test
    void speaksWhenNextToNobodyWaitsForTheAnswer() {
        List<Diagnosis> diagnoses =
                diagnose(requests(499, 120).seen(group(200, 3), "access.log", ""));

        assertThat(diagnoses).hasSize(1);
        Finding first = assertVerdict(diagnoses.getFirst(), ID, 0.5);
        assertThat(first.title()).contains("give up before " + PEER + " answers");
        assertThat(first.wontHelp()).anyMatch(w -> w.contains("proxy_ignore_client_abort"));
        assertThat(diagnoses.getFirst().symptom().statuses()).containsEntry(499, 120L);
    }

    @Test
    void staysSilentWhenOthersAreServed() {
        assertThat(diagnose(requests(499, 120).seen(group(200, 60), "access.log", ""))).isEmpty();
    }

    @Test
    void staysSilentWhenItIsAFewWhoReload() {
        assertThat(diagnose(requests(499, 12))).isEmpty();
    }

    @Test
    void staysSilentWhereSomethingElseFails() {
        List<Diagnosis> diagnoses =
                diagnose(Closed.on("GET / HTTP/1.1").seen(group(499, 120), "access.log", ""));

        assertThat(diagnoses).flatMap(Diagnosis::findings).noneMatch(f -> f.cause().equals(ID));
        assertThat(new ClientAbort499().judge(Closed.on("GET / HTTP/1.1").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static List<Diagnosis> diagnose(MatterBuilder scene) {
        return new Diagnostician(Causes.all()).diagnose(scene.snapshot());
    }

    private static MatterBuilder requests(int status, long count) {
        return new MatterBuilder()
                .seen(Closed.configured(Settings.NONE), "configuration", "")
                .seen(group(status, count), "access.log", "");
    }

    private static AccessGroup group(int status, long count) {
        return new AccessGroup(
                MatterBuilder.MASTER.pid(),
                "/var/log/nginx/access.log",
                Optional.of("shop.example"),
                Optional.of("/"),
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                count,
                Optional.of(NOW.minusSeconds(120)),
                Optional.of(NOW.minusSeconds(2)),
                "sample",
                "/var/log/nginx/access.log:17");
    }
}
