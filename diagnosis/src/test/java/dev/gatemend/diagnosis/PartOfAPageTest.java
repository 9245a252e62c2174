package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.setting;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A subrequest fails, and the page it belongs to is answered with 200. */
class PartOfAPageTest {
    @Test
    void aMissingPartIsSeenThoughThePageHasStatus200() {
        Symptom symptom = symptom();

        assertThat(symptom.hidden()).isZero();
        assertThat(symptom.statuses()).isEqualTo(Map.of(502, 9L));
    }

    @Test
    void nobodySeesTheAnswerToAMirroredRequest() {
        assertThat(symptom(setting("mirror", "/frag/cart")).hidden()).isEqualTo(9);
    }

    private static Symptom symptom(Setting... settings) {
        return Verdicts.diagnose(
                        new MatterBuilder()
                                .peer(PEER)
                                .seen(
                                        configuration(
                                                PassKind.PROXY, "shop", List.of(PEER), settings),
                                        "config",
                                        "nginx.conf")
                                .logged(
                                        ofSubrequest(),
                                        9,
                                        NOW.minusSeconds(60),
                                        NOW.minusSeconds(1))
                                .seen(
                                        access(200, "", NOW.minusSeconds(60), NOW),
                                        "access.log",
                                        "f"))
                .symptom();
    }

    private static ErrorEntry ofSubrequest() {
        ErrorEntry refused =
                entry(
                        "connect-failed-econnrefused",
                        "connect() failed (111: Connection refused)",
                        111,
                        "connecting to upstream");
        return new ErrorEntry(
                refused.id(),
                refused.aboutUpstream(),
                refused.level(),
                refused.time(),
                refused.pid(),
                refused.connection(),
                refused.message(),
                refused.errno(),
                refused.phase(),
                refused.client(),
                refused.server(),
                refused.request(),
                Optional.of("/frag/cart"),
                refused.upstream(),
                refused.host(),
                refused.referrer(),
                refused.continuation(),
                refused.cut());
    }
}
