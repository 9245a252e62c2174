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

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.ErrorGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BodyTooLargeRejectedTest {
    private static final BodyTooLargeRejected CAUSE = new BodyTooLargeRejected();
    private static final String ID = "body-too-large-rejected";
    private static final String UPLOAD = "POST /photos HTTP/1.1";
    private static final String UWSGI = "Invalid (too big) CONTENT_LENGTH. skip.";

    @Test
    void speaksWhenTheApplicationSkipsTheBody() {
        assertThat(told(CAUSE.judge(log(on(UPLOAD), 950, UWSGI).build())))
                .contains(PEER + " refuses request bodies this large")
                .contains("limit-post")
                .contains("gives people a clear 413");
        assertThat(probability(diagnose(log(on(UPLOAD), 950, UWSGI)), ID)).isGreaterThan(0.8);
    }

    @Test
    void speaksWhenTheNginxBehindRefuses() {
        assertThat(told(CAUSE.judge(on(UPLOAD).seen(refusal(999), "error.log", "").build())))
                .contains("client intended to send too large body")
                .contains("client_max_body_size 50m;");
    }

    @Test
    void staysSilentOnALimitAtWork() {
        // nginx's own 413 is no gateway error, and nothing else fails.
        assertThat(
                        new Diagnostician(Causes.all())
                                .diagnose(
                                        new MatterBuilder()
                                                .seen(
                                                        refusal(MatterBuilder.MASTER.pid()),
                                                        "error.log",
                                                        "")
                                                .snapshot()))
                .isEmpty();
        assertThat(
                        CAUSE.judge(
                                on(UPLOAD)
                                        .seen(refusal(MatterBuilder.MASTER.pid()), "error.log", "")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentAtAnotherTimeAndBeforeABodyIsSent() {
        assertThat(
                        CAUSE.judge(
                                log(on(UPLOAD), 950, List.of(at(NOW.minusSeconds(600), UWSGI)))
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(CAUSE.judge(log(on(UPLOAD), 950, UWSGI).trouble(Trouble.CONNECT).build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static ErrorGroup refusal(int nginx) {
        return new ErrorGroup(
                nginx,
                "/srv/behind/error.log",
                Optional.empty(),
                Optional.of("shop.example"),
                Optional.of("/"),
                10,
                Optional.of(NOW.minusSeconds(60)),
                Optional.of(NOW.minusSeconds(1)),
                Written.entry(
                        "body-too-large",
                        "error",
                        "client intended to send too large body: 3000000 bytes",
                        0,
                        "",
                        ""),
                "/srv/behind/error.log:7",
                10);
    }
}
