package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.FAILING;
import static dev.gatemend.diagnosis.Refusals.GUNICORN;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.missingSocket;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Refusals.withNeighbour;
import static dev.gatemend.diagnosis.Verdicts.all;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The application listens on another port. */
class WrongPortTest {
    @Test
    void speaksWhenTheApplicationCameBackOnAnotherPort() {
        ProcessState restarted =
                process(900, "node", "node /srv/other/server.js", Duration.ofSeconds(62), "");

        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), restarted)
                                .seen(
                                        answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(70)),
                                        "access.log",
                                        "access.log"));

        Finding verdict = assertVerdict(diagnosis, "wrong-port", 0.8);
        assertThat(verdict.title())
                .isEqualTo("nginx dials 127.0.0.1:8000, node (PID 900) listens on 127.0.0.1:8001");
    }

    @Test
    void staysLowWhenTheUnitThatNamesThePortWasStopped() {
        ProcessState restarted =
                process(900, "node", "node /srv/other/server.js", Duration.ofSeconds(62), "");

        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), restarted)
                                .seen(
                                        answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(70)),
                                        "access.log",
                                        "access.log")
                                .seen(
                                        unit(
                                                "shop.service",
                                                "inactive",
                                                "dead",
                                                "/usr/bin/gunicorn --bind 127.0.0.1:8000 shop:app"),
                                        "systemd",
                                        "systemctl show shop.service"));

        assertVerdict(diagnosis, "app-not-running", 0.8);
    }

    @Test
    void isNotSureWhenAnotherPeerLostItsApplicationTooAndIsAsNear() {
        Diagnosis diagnosis = beside("127.0.0.1:8002");

        assertThat(probability(diagnosis, "wrong-port")).isBetween(0.2, 0.5);
        assertThat(probability(diagnosis, "app-not-running")).isLessThan(0.8);
    }

    @Test
    void isSaidOfTheNearerPeerWhenTwoLostTheirApplications() {
        assertVerdict(beside("127.0.0.1:9100"), "wrong-port", 0.8);
    }

    /** Both are refused; the one that is not nearest is rather left without its application. */
    @Test
    void isLeftToThePeerThatIsNearerToWhoeverCame() {
        Diagnosis far =
                all(bothLost("127.0.0.1:9100")).stream()
                        .filter(d -> d.symptom().peer().equals(Optional.of("127.0.0.1:9100")))
                        .findFirst()
                        .orElseThrow();

        assertThat(probability(far, "app-not-running")).isGreaterThan(0.8);
    }

    /** Somebody came to listen on port 8001, and another peer fails beside the one on 8000. */
    private static Diagnosis beside(String another) {
        return all(bothLost(another)).getFirst();
    }

    private static MatterBuilder bothLost(String another) {
        ProcessState restarted =
                process(900, "node", "node /srv/other/server.js", Duration.ofSeconds(62), "");
        return withNeighbour(refused(), restarted)
                .seen(
                        answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(70)),
                        "access.log",
                        "access.log")
                .seen(refusedAt(another), "error.log", "error.log");
    }

    private static ErrorGroup refusedAt(String peer) {
        return new ErrorGroup(
                MASTER.pid(),
                "/var/log/nginx/error.log",
                Optional.of(peer),
                Optional.of("blog.example"),
                Optional.of("/"),
                3,
                Optional.of(NOW.minusSeconds(50)),
                Optional.of(NOW.minusSeconds(2)),
                MatterBuilder.entry(
                        "connect-failed-econnrefused",
                        "connect() failed (111: Connection refused)",
                        111,
                        "connecting to upstream"),
                "/var/log/nginx/error.log:9",
                3);
    }

    @Test
    void isNearItsRivalWhenNothingIsKnownOfTheNeighbour() {
        Diagnosis diagnosis = diagnose(withNeighbour(refused(), NODE));

        assertLevel(diagnosis);
        assertThat(diagnosis.next().stream().map(Diagnosis.NextStep::command))
                .contains("ps -o pid,user,lstart,args -p 900");
    }

    @Test
    void isNotSureOfANeighbourThatOnlyBearsTheSitesName() {
        Diagnosis diagnosis = diagnose(withMetrics());

        assertLevel(diagnosis);
        assertThat(ruledOut(diagnosis)).doesNotContain("app-not-running");
    }

    @Test
    void hasTheReaderLookBeforeItPublishesAListenerThatMayBeAnother() {
        Finding suspicion =
                diagnose(withMetrics()).findings().stream()
                        .filter(f -> f.cause().equals("wrong-port"))
                        .findFirst()
                        .orElseThrow();

        assertThat(commands(suspicion))
                .startsWith(
                        "ps -o pid,user,lstart,args -p 900",
                        "curl -sSi -m 5 http://127.0.0.1:8001/");
        assertThat(suspicion.wontHelp()).noneMatch(w -> w.startsWith("restarting"));
    }

    @Test
    void isLikelierWhenAnApplicationServerBearsTheSitesName() {
        Diagnosis diagnosis = diagnose(withNeighbour(refused(), GUNICORN));

        assertThat(probability(diagnosis, "wrong-port")).isBetween(0.5, 0.8);
        assertThat(probability(diagnosis, "app-not-running")).isGreaterThan(0.2);
    }

    @Test
    void isLikelierWhenTheSitesDirectoryHoldsWhatListens() {
        ProcessState server = node("server.js").in(Optional.of("/srv/shop"), List.of());

        Diagnosis diagnosis = diagnose(failing(withNeighbour(refused(), server)));

        assertThat(probability(diagnosis, "wrong-port")).isBetween(0.5, 0.8);
    }

    @Test
    void isNotSureOfWhatIsNoEntryPointInTheSitesDirectory() {
        ProcessState queue = node("queue.js").in(Optional.of("/srv/shop"), List.of());

        assertLevel(diagnose(failing(withNeighbour(refused(), queue))));
    }

    @Test
    void staysLowOfAnotherStagesApplication() {
        for (ProcessState staging :
                List.of(
                        node("server.js").in(Optional.of("/srv/shop-staging"), List.of()),
                        GUNICORN.in(Optional.of("/srv/shop"), List.of("RAILS_ENV=staging")))) {
            Diagnosis diagnosis = diagnose(failing(withNeighbour(refused(), staging)));

            assertThat(probability(diagnosis, "wrong-port")).as(staging.command()).isLessThan(0.3);
            assertThat(probability(diagnosis, "app-not-running")).isGreaterThan(0.6);
        }
    }

    @Test
    void isNotLedAstrayByAFrameworksDefaultStage() {
        ProcessState shop = GUNICORN.in(Optional.of("/srv/shop"), List.of("APP_ENV=development"));

        assertThat(probability(diagnose(withNeighbour(refused(), shop)), "wrong-port"))
                .isGreaterThan(0.5);
    }

    private static ProcessState node(String script) {
        return process(900, "node", "node " + script, Duration.ofDays(2), "");
    }

    /** The access log names the site. */
    private static MatterBuilder failing(MatterBuilder scene) {
        return scene.seen(access(502, PEER, FAILING, NOW), "access.log", "f");
    }

    @Test
    void isLessSureWhenSeveralCameBackTogether() {
        ProcessState metrics =
                process(901, "node", "node /srv/metrics.js", Duration.ofSeconds(62), "");
        ProcessState other =
                process(900, "node", "node /srv/other/server.js", Duration.ofSeconds(62), "");

        Diagnosis diagnosis =
                diagnose(
                        refused()
                                .seen(
                                        table(
                                                listener("127.0.0.1:8001", 901),
                                                listener("127.0.0.1:8002", 900)),
                                        "sockets",
                                        "ss -ltnp")
                                .seen(metrics, "processes", "ps -p 901")
                                .seen(other, "processes", "ps -p 900")
                                .seen(
                                        answered(PEER, NOW.minusSeconds(600), NOW.minusSeconds(70)),
                                        "access.log",
                                        "access.log"));

        assertThat(probability(diagnosis, "wrong-port")).isLessThan(0.5);
    }

    @Test
    void staysLowWhenTheUnitNamesBothPorts() {
        ProcessState shop = process(900, "python3", "/opt/shopd", Duration.ofDays(2), "x.service");

        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), shop)
                                .seen(
                                        unit(
                                                "x.service",
                                                "active",
                                                "running",
                                                "/opt/shopd --port 8000 --metrics-port 8001"),
                                        "systemd",
                                        "systemctl show x.service"));

        assertThat(probability(diagnosis, "wrong-port")).isLessThan(0.3);
    }

    /** An exporter in the application's own directory. */
    private static MatterBuilder withMetrics() {
        ProcessState metrics =
                process(900, "python3", "python3 /srv/shop/metrics.py", Duration.ofDays(2), "");
        return withNeighbour(refused(), metrics)
                .seen(access(502, PEER, FAILING, NOW), "access.log", "f");
    }

    private static void assertLevel(Diagnosis diagnosis) {
        assertThat(probability(diagnosis, "app-not-running")).isBetween(0.4, 0.8);
        assertThat(probability(diagnosis, "wrong-port"))
                .isBetween(0.1, probability(diagnosis, "app-not-running"));
    }

    @Test
    void speaksWhenTheUnitThatNamesThePortListensElsewhere() {
        ProcessState shop = process(900, "shopd", "/opt/shopd", Duration.ofDays(2), "x.service");

        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), shop)
                                .seen(
                                        unit(
                                                "x.service",
                                                "active",
                                                "running",
                                                "/opt/shopd -p 8000"),
                                        "systemd",
                                        "systemctl show x.service"));

        assertVerdict(diagnosis, "wrong-port", 0.9);
    }

    @Test
    void isRuledOutWhenAnotherPassLeadsToTheNeighbour() {
        Diagnosis diagnosis =
                diagnose(
                        withNeighbour(refused(), NODE)
                                .seen(
                                        configuration(
                                                PassKind.PROXY,
                                                "shop",
                                                List.of(PEER, "localhost:8001")),
                                        "config",
                                        "nginx.conf"));

        assertVerdict(diagnosis, "app-not-running", 0.7);
    }

    @Test
    void staysSilentOnAUnixSocket() {
        Diagnosis diagnosis = diagnose(missingSocket().seen(table(), "sockets", "ss -lxnp"));

        assertThat(probability(diagnosis, "wrong-port")).isZero();
        assertThat(ruledOut(diagnosis)).doesNotContain("wrong-port");
    }
}
