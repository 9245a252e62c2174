package dev.gatemend.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.FirewallRule.Exemption;
import dev.gatemend.model.FirewallRule.Match;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FirewallRuleTest {
    private static final Address.Tcp NEAR = new Address.Tcp("127.0.0.1", 8000);
    private static final Address.Tcp FAR = new Address.Tcp("10.0.0.9", 8000);

    @Test
    void hitsAPeerInsideItsDestinationAndPort() {
        assertThat(rule("output", "10.0.0.0/8", 8000, false).match(FAR, false))
                .isEqualTo(Match.YES);
    }

    @Test
    void missesAPeerOutsideItsDestinationOrPort() {
        assertThat(rule("output", "10.0.1.0/24", 8000, false).match(FAR, false))
                .isEqualTo(Match.NO);
        assertThat(rule("output", "10.0.0.0/8", 8001, false).match(FAR, false)).isEqualTo(Match.NO);
        assertThat(rule("output", "::/0", 8000, false).match(FAR, false)).isEqualTo(Match.NO);
    }

    @Test
    void isUnsureWhereOtherConditionsOrANameDecide() {
        assertThat(rule("output", "10.0.0.0/8", 8000, true).match(FAR, false))
                .isEqualTo(Match.PERHAPS);
        assertThat(
                        rule("output", "10.0.0.0/8", 8000, false)
                                .match(new Address.Tcp("app", 8000), false))
                .isEqualTo(Match.PERHAPS);
    }

    @Test
    void aClosedInputSparesTheLoopbackItAccepted() {
        FirewallRule policy = policy("input", loopback());

        assertThat(policy.match(NEAR, true)).isEqualTo(Match.NO);
        assertThat(policy("input").match(NEAR, true)).isEqualTo(Match.YES);
    }

    @Test
    void aClosedInputDoesNotKeepAnswersOfAFarPeerAwayThatItAccepts() {
        assertThat(policy("input", answers()).match(FAR, false)).isEqualTo(Match.NO);
        assertThat(policy("input").match(FAR, false)).isEqualTo(Match.PERHAPS);
    }

    @Test
    void acceptingAnswersDoesNotLetNewConnectionsThrough() {
        assertThat(policy("input", answers()).match(NEAR, true)).isEqualTo(Match.YES);
    }

    private static Exemption loopback() {
        return new Exemption(
                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), true, false, false);
    }

    private static Exemption answers() {
        return new Exemption(
                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false, true, false);
    }

    private static FirewallRule policy(String hook, Exemption... exemptions) {
        return new FirewallRule(
                "inet filter " + hook,
                hook,
                "drop",
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                OptionalLong.empty(),
                "policy drop",
                List.of(exemptions));
    }

    private static FirewallRule rule(String hook, String destination, int port, boolean other) {
        return new FirewallRule(
                "inet filter " + hook,
                hook,
                "drop",
                Optional.of(destination),
                OptionalInt.of(port),
                OptionalInt.of(port),
                other,
                OptionalLong.empty(),
                "drop");
    }
}
