package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.connects;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.Refusals.NODE;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.FirewallRule;
import dev.gatemend.model.FirewallRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A packet filter keeps nginx from the peer. */
class FirewallBlockedTest {
    @Test
    void speaksWhenARuleRejectsWhatIsRefusedThoughSomebodyListens() {
        Diagnosis diagnosis =
                diagnose(listening(refused()).seen(rule("reject", false), "firewall", "nft"));

        Finding verdict = assertVerdict(diagnosis, "firewall-blocked", 0.95);
        assertThat(verdict.title())
                .isEqualTo("a rule of the packet filter rejects connects to 127.0.0.1:8000");
        assertThat(commands(verdict))
                .contains(
                        "sudo nft insert rule inet filter input ip daddr 127.0.0.1 tcp dport 8000 accept");
    }

    @Test
    void speaksWhenARuleDropsWhatTimesOut() {
        Diagnosis diagnosis =
                diagnose(timedOut("10.0.0.9:8000").seen(outbound("drop"), "firewall", "nft"));

        assertVerdict(diagnosis, "firewall-blocked", 0.9);
    }

    @Test
    void speaksLessSurelyOfARuleWithOtherConditions() {
        double sure =
                probability(
                        diagnose(
                                listening(timedOut(PEER))
                                        .seen(rule("drop", false), "firewall", "nft")),
                        "firewall-blocked");
        double perhaps =
                probability(
                        diagnose(
                                listening(timedOut(PEER))
                                        .seen(rule("drop", true), "firewall", "nft")),
                        "firewall-blocked");

        assertThat(perhaps).isLessThan(sure);
    }

    @Test
    void believesARuleAboutNginxsUserThoughAProbeOfAnotherUserPasses() {
        assertVerdict(
                diagnose(stoppedBy("tcp dport 8000 meta skuid 33 counter packets 4 drop")),
                "firewall-blocked",
                0.5);
    }

    @Test
    void doubtsARuleAboutSomethingElseWhileAProbePasses() {
        assertThat(
                        probability(
                                diagnose(
                                        stoppedBy(
                                                "tcp dport 8000 meta mark 7 counter packets 4 drop")),
                                "firewall-blocked"))
                .isLessThan(0.5);
    }

    private static MatterBuilder stoppedBy(String rule) {
        return listening(timedOut(PEER))
                .seen(connects(PEER), "probe", "nc -z")
                .seen(rules("output", "drop", true, OptionalLong.of(4), rule), "firewall", "nft");
    }

    @Test
    void isRuledOutWhenNobodyListensAnyway() {
        Diagnosis diagnosis =
                diagnose(
                        refused()
                                .seen(table(), "sockets", "ss")
                                .seen(rule("reject", false), "firewall", "nft"));

        assertThat(ruledOut(diagnosis)).contains("firewall-blocked");
        assertVerdict(diagnosis, "app-not-running", 0.7);
    }

    @Test
    void isRuledOutWhenTheRuleDropsButTheConnectIsRefused() {
        Diagnosis diagnosis =
                diagnose(listening(refused()).seen(rule("drop", false), "firewall", "nft"));

        assertThat(ruledOut(diagnosis)).contains("firewall-blocked");
    }

    @Test
    void asksForTheRulesWhereTheyCouldNotBeRead() {
        Diagnosis diagnosis = diagnose(listening(refused()));

        assertThat(probability(diagnosis, "firewall-blocked")).isBetween(0.3, 0.9);
        assertThat(diagnosis.next().stream().map(Diagnosis.NextStep::command))
                .contains("sudo nft list ruleset");
    }

    @Test
    void staysSilentOnADenialOfASecurityModule() {
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PEER)
                        .logged(
                                "connect-to-failed-eacces",
                                "connect() to 127.0.0.1:8000 failed (13: Permission denied)",
                                13,
                                "connecting to upstream");

        assertThat(probability(diagnose(scene), "firewall-blocked")).isZero();
    }

    private static MatterBuilder listening(MatterBuilder scene) {
        return scene.seen(table(listener(PEER, 900)), "sockets", "ss")
                .seen(NODE, "processes", "ps");
    }

    private static MatterBuilder timedOut(String peer) {
        return new MatterBuilder()
                .peer(peer)
                .logged(
                        "upstream-timed-out-connecting",
                        "upstream timed out (110: Connection timed out)",
                        110,
                        "connecting to upstream");
    }

    private static FirewallRules rule(String verdict, boolean otherConditions) {
        return rules("input", verdict, otherConditions);
    }

    private static FirewallRules outbound(String verdict) {
        return rules("output", verdict, false);
    }

    private static FirewallRules rules(String hook, String verdict, boolean otherConditions) {
        return rules(
                hook, verdict, otherConditions, OptionalLong.empty(), "tcp dport 8000 " + verdict);
    }

    private static FirewallRules rules(
            String hook,
            String verdict,
            boolean otherConditions,
            OptionalLong packets,
            String text) {
        return new FirewallRules(
                NETWORK,
                "nft",
                List.of(
                        new FirewallRule(
                                "inet filter " + hook,
                                hook,
                                verdict,
                                Optional.empty(),
                                OptionalInt.of(8000),
                                OptionalInt.empty(),
                                otherConditions,
                                packets,
                                text)));
    }
}
