package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

    private final Story story =
            Incident.open("I-20261122090000000", IncidentsTest.alarm(), NOW).story();

    @Test
    void anOpenedIncidentHasThePlaceAndTheReason() {
        assertThat(text(new WatchEvent.Opened(NOW, story, "2 requests in a row failed (502)")))
                .isEqualTo(
                        """
                        {"schema":"gatemend.event/1","at":"2026-11-22T09:00:00.000Z","event":"incident.opened",\
                        "incident":"I-20261122090000000","sequence":7,"kind":"failing","severity":"high",\
                        "place":"peer 127.0.0.1:8000","site":"shop.example","peer":"127.0.0.1:8000",\
                        "reopened":0,"why":"2 requests in a row failed (502)"}""");
    }

    @Test
    void aDiagnosisHasTheContractsFields() {
        assertThat(
                        text(
                                new WatchEvent.Diagnosed(
                                        NOW,
                                        story,
                                        IncidentsTest.verdict("app-not-running", 0.98765))))
                .contains(
                        "\"cause\":\"app-not-running\",\"probability\":0.9877,\"site\":\"shop.example\","
                                + "\"peer\":\"127.0.0.1:8000\"");
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(text(new WatchEvent.Diagnosed(NOW, story, Verdict.unknown(story))))
                .contains(
                        "\"cause\":null,\"probability\":null,\"site\":\"shop.example\",\"peer\":\"127.0.0.1:8000\"");
        assertThat(text(new WatchEvent.Ready(NOW, 1, 2, 3))).contains("\"incident\":null");
    }

    @Test
    void nothingInItMovesACursor() {
        String hostile = "\u001b[2J\u009b2J\u007f\nforged";

        assertThat(text(new WatchEvent.ObserverFailed(NOW, "logs", hostile)))
                .doesNotContain("\u001b", "\u009b", "\u007f", "\n")
                .contains("\\u001B[2J");
    }

    private static String text(WatchEvent event) {
        return EventText.of(event, 7);
    }
}
