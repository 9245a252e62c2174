package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Containers.CONFINED;
import static dev.gatemend.diagnosis.Containers.RUNNING;
import static dev.gatemend.diagnosis.Containers.container;
import static dev.gatemend.diagnosis.Containers.seen;
import static dev.gatemend.diagnosis.Facts.access;
import static dev.gatemend.diagnosis.Facts.answered;
import static dev.gatemend.diagnosis.Facts.configuration;
import static dev.gatemend.diagnosis.Facts.connects;
import static dev.gatemend.diagnosis.Facts.libc;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.reloadedAt;
import static dev.gatemend.diagnosis.Refusals.FAILING;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Upstream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pass names a place where the application is not. */
class WrongUpstreamTargetTest {
    private static final Instant LOADED = FAILING.minusSeconds(5);

    @Test
    void speaksOfAnAddressThatNoHostHas() {
        Finding verdict =
                assertVerdict(
                        diagnose(unanswered(new MatterBuilder(), "203.0.113.10:8000")),
                        "wrong-upstream-target",
                        0.8);

        assertThat(verdict.title())
                .isEqualTo("nginx dials 203.0.113.10:8000, an address that no host has");
    }

    @Test
    void speaksWhenRequestsWorkedUntilTheConfigurationWasLoaded() {
        MatterBuilder scene =
                unanswered(new MatterBuilder(reloadedAt(LOADED)), "10.0.0.5:8000")
                        .seen(
                                access(200, "", NOW.minusSeconds(600), LOADED.minusSeconds(9)),
                                "access.log",
                                "access.log")
                        .seen(
                                access(504, "10.0.0.5:8000", FAILING, NOW),
                                "access.log",
                                "access.log");

        assertThat(probability(diagnose(scene), "wrong-upstream-target")).isBetween(0.2, 0.7);
    }

    @Test
    void doesNotTakeTheFirstAnswersOfAnNginxThatJustStartedForOlderOnes() {
        MatterBuilder scene =
                unanswered(new MatterBuilder(reloadedAt(LOADED)), "10.0.0.5:8000")
                        .seen(
                                process(MASTER.pid(), "nginx", "nginx", 'S', LOADED, ""),
                                "processes",
                                "ps")
                        .seen(
                                access(200, "", LOADED, LOADED.plusSeconds(1)),
                                "access.log",
                                "access.log")
                        .seen(
                                access(504, "10.0.0.5:8000", FAILING, NOW),
                                "access.log",
                                "access.log");

        assertThat(probability(diagnose(scene), "wrong-upstream-target")).isLessThan(0.2);
    }

    @Test
    void isSureWhenTheNewAddressIsASlipAwayFromOneThatIsServed() {
        MatterBuilder scene =
                unanswered(new MatterBuilder(reloadedAt(LOADED)), twoGroups())
                        .seen(connects("10.0.0.51:8000"), "probe", "nc -z 10.0.0.51 8000")
                        .seen(
                                access(200, "", NOW.minusSeconds(600), LOADED.minusSeconds(9)),
                                "access.log",
                                "access.log")
                        .seen(
                                access(504, "10.0.0.5:8000", FAILING, NOW),
                                "access.log",
                                "access.log");

        Finding verdict = assertVerdict(diagnose(scene), "wrong-upstream-target", 0.8);
        assertThat(verdict.title())
                .isEqualTo("nginx dials 10.0.0.5:8000, a slip away from 10.0.0.51:8000");
    }

    @Test
    void staysUnsureOfANeighbourThatAnswersWhereNothingWasChanged() {
        MatterBuilder scene =
                unanswered(new MatterBuilder(), twoGroups())
                        .seen(connects("10.0.0.51:8000"), "probe", "nc -z 10.0.0.51 8000");

        assertThat(probability(diagnose(scene), "wrong-upstream-target")).isLessThan(0.7);
    }

    @Test
    void speaksWhenTheNameLeadsPastTheContainerThatBearsIt() {
        MatterBuilder scene =
                new MatterBuilder(CONFINED)
                        .peer("172.18.0.9:8000")
                        .logged(
                                "connect-failed-econnrefused",
                                "connect() failed (111: Connection refused)",
                                111,
                                "connecting to upstream")
                        .seen(
                                configuration(PassKind.PROXY, "app", List.of("shop:8000")),
                                "configuration",
                                "nginx.conf")
                        .seen(libc("shop", "172.18.0.9"), "dns", "getent ahosts shop");
        seen(scene, container("proxy", RUNNING, "front", "172.18.0.2"));
        seen(scene, container("shop", RUNNING, "front", "172.18.0.3"));

        assertVerdict(diagnose(scene), "wrong-upstream-target", 0.4);
    }

    @Test
    void isRuledOutWhenThePeerHasAnswered() {
        MatterBuilder scene =
                unanswered(new MatterBuilder(), "203.0.113.10:8000")
                        .seen(
                                answered(
                                        "203.0.113.10:8000",
                                        NOW.minusSeconds(600),
                                        NOW.minusSeconds(70)),
                                "access.log",
                                "access.log");

        assertThat(ruledOut(diagnose(scene))).contains("wrong-upstream-target");
    }

    @Test
    void staysSilentOfAFarPeerOfWhichNothingIsKnown() {
        MatterBuilder scene = unanswered(new MatterBuilder(), "10.0.0.5:8000");

        assertThat(probability(diagnose(scene), "wrong-upstream-target")).isZero();
    }

    /** The shop's own group, and another that is served. */
    private static NginxConfiguration twoGroups() {
        NginxConfiguration shop = configuration(PassKind.PROXY, "shop", List.of("10.0.0.5:8000"));
        Upstream docs =
                configuration(PassKind.PROXY, "docs", List.of("10.0.0.51:8000"))
                        .upstreams()
                        .getFirst();
        return new NginxConfiguration(
                shop.path(),
                shop.prefix(),
                shop.version(),
                shop.files(),
                shop.main(),
                shop.sites(),
                List.of(shop.upstreams().getFirst(), docs),
                shop.logs(),
                shop.formats(),
                shop.problems());
    }

    private static MatterBuilder unanswered(MatterBuilder scene, String peer) {
        return unanswered(scene, configuration(PassKind.PROXY, "shop", List.of(peer)), peer);
    }

    private static MatterBuilder unanswered(MatterBuilder scene, NginxConfiguration files) {
        return unanswered(scene, files, "10.0.0.5:8000");
    }

    private static MatterBuilder unanswered(
            MatterBuilder scene, NginxConfiguration files, String peer) {
        return scene.peer(peer)
                .logged(
                        "upstream-timed-out-connecting",
                        "upstream timed out (110: Connection timed out)",
                        110,
                        "connecting to upstream")
                .seen(files, "configuration", "nginx.conf");
    }
}
