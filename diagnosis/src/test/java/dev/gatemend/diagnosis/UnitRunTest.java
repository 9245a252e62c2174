package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.entry;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.journal;
import static dev.gatemend.diagnosis.Said.seen;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.SystemdUnit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A service that names no address, and ended when requests began to fail. */
class UnitRunTest {
    private static final Instant BEGAN = NOW.minusSeconds(300);

    @Test
    void tiesTheServiceWhoseRunEndedThen() {
        Finding verdict =
                assertVerdict(
                        diagnose(fellOver(scene(), "shop.service", BEGAN.plusMillis(400))),
                        "app-crash-runtime",
                        0.8);

        assertThat(verdict.title())
                .isEqualTo("shop.service crashed: nobody listens on 127.0.0.1:8000 any more");
        assertThat(verdict.evidence())
                .extracting(Evidence::text)
                .anyMatch(t -> t.endsWith("its run ended when 127.0.0.1:8000 began to fail"));
    }

    @Test
    void tiesNoneWhenTwoEndedThen() {
        assertNotTied(
                fellOver(
                        fellOver(scene(), "shop.service", BEGAN.plusMillis(400)),
                        "mail.service",
                        BEGAN.plusMillis(900)));
    }

    @Test
    void tiesNoneThatEndedLongBefore() {
        assertNotTied(fellOver(scene(), "shop.service", BEGAN.minusSeconds(20)));
    }

    @Test
    void tiesNoneThatEndedAfterwards() {
        assertNotTied(fellOver(scene(), "shop.service", BEGAN.plusSeconds(10)));
    }

    /** "Starting", and never "Started": a check that fails because the application is gone. */
    @Test
    void tiesNoneThatOnlyDoesSomethingOnce() {
        assertNotTied(
                ended(
                        journal(
                                scene(),
                                "check.service",
                                BEGAN,
                                "Starting check.service - Is the shop there?..."),
                        unit("check.service", OptionalInt.empty(), List.of()),
                        BEGAN.plusMillis(400)));
    }

    @Test
    void tiesNoneThatListensElsewhere() {
        assertNotTied(
                ended(
                        scene(),
                        unit("mail.service", OptionalInt.empty(), List.of("127.0.0.1:25")),
                        BEGAN));
        assertNotTied(
                ended(
                        scene(table(listener("127.0.0.1:25", 700))),
                        unit("mail.service", OptionalInt.of(700), List.of()),
                        BEGAN));
    }

    private static void assertNotTied(MatterBuilder scene) {
        Finding verdict = assertVerdict(diagnose(scene), "app-not-running", 0.5);
        assertThat(verdict.title())
                .isEqualTo("nobody listens on 127.0.0.1:8000: its application is not running");
    }

    private static MatterBuilder scene() {
        return scene(table());
    }

    private static MatterBuilder scene(dev.gatemend.model.SocketTable table) {
        return new MatterBuilder()
                .peer(PEER)
                .logged(
                        entry(
                                "connect-failed-econnrefused",
                                "connect() failed (111: Connection refused)",
                                111,
                                "connecting to upstream"),
                        9,
                        BEGAN,
                        NOW.minusSeconds(1))
                .seen(table, "sockets", "ss -ltnp");
    }

    private static MatterBuilder fellOver(MatterBuilder scene, String name, Instant at) {
        return ended(
                journal(scene, name, at.minusSeconds(600), "Started " + name + " - The shop."),
                unit(name, OptionalInt.empty(), List.of()),
                at);
    }

    private static MatterBuilder ended(MatterBuilder scene, SystemdUnit unit, Instant at) {
        return journal(
                seen(scene, unit),
                unit.name(),
                at,
                unit.name() + ": Main process exited, code=exited, status=1/FAILURE");
    }

    private static SystemdUnit unit(String name, OptionalInt mainPid, List<String> listens) {
        return new SystemdUnit(
                name,
                "",
                mainPid.isPresent() ? "active" : "failed",
                mainPid.isPresent() ? "running" : "failed",
                mainPid.isPresent() ? "success" : "exit-code",
                OptionalInt.of(1),
                mainPid,
                0,
                "enabled",
                List.of("/srv/shop/run"),
                listens,
                Optional.of(BEGAN));
    }
}
