package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.PassedOnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An access log in the combined format that all sites share: what it counts, and for whom. */
class SharedLogTest {
    @Test
    void countsForThePeerWhatTheErrorLogTellsOfIt() {
        List<Diagnosis> problems = diagnose(refused(), shared(502, 8));

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().symptom().requests()).isEqualTo(8);
        assertThat(problems.getFirst().symptom().total()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void leavesToAnotherProblemOnlyWhatTheErrorLogDoesNotTell() {
        List<Diagnosis> problems = diagnose(refused(), shared(502, 28));

        assertThat(problems)
                .extracting(p -> p.symptom().requests())
                .containsExactlyInAnyOrder(10L, 18L);
    }

    /** An application that dies: open requests are cut off, and further ones are refused. */
    @Test
    void takesTwoTroublesOfOnePeerTogetherForItsFailures() {
        MatterBuilder dying =
                refused()
                        .logged(
                                "upstream-prematurely-closed",
                                "upstream prematurely closed connection",
                                0,
                                "reading response header from upstream");

        assertThat(diagnose(dying, shared(502, 20)))
                .extracting(p -> p.symptom().madeBy())
                .containsOnly(Maker.NGINX);
    }

    @Test
    void saysThatNoClientSawFailuresWhereEveryRequestWasAnswered() {
        Diagnosis only = diagnose(refused(), shared(200, 40)).getFirst();

        assertThat(only.symptom().requests()).isZero();
        assertThat(only.symptom().hidden()).isEqualTo(10);
    }

    @Test
    void doesNotCallACutAnswerHidden() {
        MatterBuilder cut =
                scene().logged(
                                "upstream-prematurely-closed",
                                "upstream prematurely closed connection",
                                0,
                                "reading upstream");

        assertThat(diagnose(cut, shared(200, 40)).getFirst().symptom().hidden()).isZero();
    }

    @Test
    void takesNginxsOwnWordsForAStatusItMadeItself() {
        MatterBuilder limited =
                scene().logged("limit-req", "limiting requests, excess: 0.5 by zone \"x\"", 0, "");

        Diagnosis only = diagnose(limited, served(503, 10)).getFirst();

        assertThat(only.symptom().madeBy()).isEqualTo(Maker.NGINX);
        assertThat(only.verdict().map(Finding::cause)).contains("rate-limited");
    }

    @Test
    void doesNotTakeADryRunForWords() {
        MatterBuilder tried =
                scene().logged("limit-req", "limiting requests, dry run, excess: 0.5", 0, "");

        assertThat(diagnose(tried, served(503, 10)).getFirst().symptom().madeBy())
                .isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void namesNoMakerWhereTheConfigurationMayAnswerSo() {
        Diagnosis only =
                diagnose(scene(Written.setting(14, "return", "502")), served(502, 10)).getFirst();

        assertThat(only.symptom().madeBy()).isNotEqualTo(Maker.UPSTREAM);
    }

    @Test
    void countsForARefusalOnlyTheStatusThatItMakes() {
        List<Diagnosis> all =
                diagnose(
                        refused().seen(served(500, 8), "access.log", "/var/log/nginx/access.log"),
                        served(502, 10));

        assertThat(all.getFirst().symptom().statuses()).containsExactly(Map.entry(502, 10L));
        assertThat(all.get(1).symptom().statuses()).containsExactly(Map.entry(500, 8L));
    }

    @Test
    void inventsNoOtherMakerForRequestsThatNoLocationNames() {
        List<Diagnosis> all = diagnose(refused(), nowhere(502, 10));

        assertThat(all).hasSize(1);
        assertThat(all.getFirst().symptom().madeBy()).isEqualTo(Maker.NGINX);
    }

    @Test
    void leavesAnotherStatusOfSuchRequestsToAnotherProblem() {
        assertThat(diagnose(refused(), nowhere(503, 10))).hasSize(2);
    }

    @Test
    void letsNobodyAnswerWhereNobodyListens() {
        List<Diagnosis> all =
                diagnose(scene().seen(Facts.table(), "sockets", "ss -ltnp"), served(502, 10));

        assertThat(Verdicts.probability(all.getFirst(), "upstream-own-error")).isZero();
    }

    private static MatterBuilder scene(Setting... settings) {
        return new MatterBuilder()
                .peer(PEER)
                .seen(Written.pass("http", PEER, settings), "configuration", "nginx.conf");
    }

    private static MatterBuilder refused() {
        return scene().logged(
                        "connect-failed-econnrefused",
                        "connect() failed (111: Connection refused)",
                        111,
                        "connecting to upstream");
    }

    private static List<Diagnosis> diagnose(MatterBuilder scene, AccessGroup access) {
        return new Diagnostician(Causes.all())
                .diagnose(scene.seen(access, "access.log", access.log()).snapshot());
    }

    private static AccessGroup shared(int status, long count) {
        return access(Optional.empty(), status, count);
    }

    private static AccessGroup served(int status, long count) {
        return access(Optional.of("shop.example"), status, count);
    }

    /** Of a server with a try_files of its own, or an index in another location. */
    private static AccessGroup nowhere(int status, long count) {
        return access(Optional.of("shop.example"), Optional.empty(), status, count);
    }

    private static AccessGroup access(Optional<String> site, int status, long count) {
        return access(site, site.map(_ -> "/"), status, count);
    }

    private static AccessGroup access(
            Optional<String> site, Optional<String> location, int status, long count) {
        return new AccessGroup(
                MatterBuilder.MASTER.pid(),
                "/var/log/nginx/access.log",
                site,
                location,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                count,
                Optional.of(NOW.minusSeconds(60)),
                Optional.of(NOW.minusSeconds(1)),
                "sample",
                "/var/log/nginx/access.log:17");
    }
}
