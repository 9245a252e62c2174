package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Closed.on;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.at;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTooLargeForAppTest {
    private static final RequestTooLargeForApp CAUSE = new RequestTooLargeForApp();
    private static final String ID = "request-too-large-for-app";
    private static final String UWSGI = "invalid request block size: 5161 (max 4096)...skip";

    @Test
    void speaksWhenUwsgiSkipsTheRequest() {
        assertThat(told(CAUSE.judge(log(on("GET / HTTP/1.1"), 950, UWSGI).build())))
                .contains(
                        PEER
                                + " takes requests of 4096 bytes at most, and drops larger ones (5161)")
                .contains("buffer-size = 8192")
                .contains("large_client_header_buffers");
        assertThat(probability(diagnose(log(on("GET / HTTP/1.1"), 950, UWSGI)), ID))
                .isGreaterThan(0.9);
    }

    @Test
    void speaksWhenNodeRefusesTheHeader() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        log(
                                                        on("GET / HTTP/1.1"),
                                                        950,
                                                        "Error: Parse Error: Header overflow HPE_HEADER_OVERFLOW")
                                                .build())))
                .contains("refuses requests with headers this large")
                .contains("--max-http-header-size=32768");
    }

    @Test
    void staysSilentWhenItSaidSoAtAnotherTime() {
        assertThat(
                        CAUSE.judge(
                                log(
                                                on("GET / HTTP/1.1"),
                                                950,
                                                List.of(at(NOW.minusSeconds(600), UWSGI)))
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentWhenARequestImitatesTheWords() {
        assertThat(
                        CAUSE.judge(
                                log(
                                                on("GET / HTTP/1.1"),
                                                950,
                                                "\"GET /?q=invalid request block size: 5161 (max 4096) HTTP/1.1\" 200")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }
}
