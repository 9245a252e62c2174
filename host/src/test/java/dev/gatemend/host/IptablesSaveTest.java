package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.host.FilterChain.Family;
import dev.gatemend.model.Address;
import dev.gatemend.model.FirewallRule;
import dev.gatemend.model.FirewallRule.Match;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IptablesSaveTest {
    private static final Set<String> HOOKS = Set.of("input", "output");

    @ParameterizedTest
    @CsvSource({
        "10.3.1.1, 5432, false, YES",
        "10.4.1.1, 5432, false, NO",
        "10.3.1.1, 5433, false, NO",
        "10.4.1.1, 6379, false, YES",
        "127.0.0.1, 6379, true, NO",
        "127.0.0.1, 8000, true, NO",
    })
    void readsWhatUfwSetsUp(String host, int port, boolean local, Match expected) throws Exception {
        List<FirewallRule> rules =
                IptablesSave.read(Fixture.text("firewall/ufw-iptables.txt"), Family.IPV4, HOOKS)
                        .rules();

        assertThat(NftRulesetTest.strongest(rules, new Address.Tcp(host, port), local))
                .isEqualTo(expected);
    }

    @Test
    void ufwsRulesForIpv6AreNotForIpv4() throws Exception {
        List<FirewallRule> rules =
                IptablesSave.read(Fixture.text("firewall/ufw-ip6tables.txt"), Family.IPV6, HOOKS)
                        .rules();

        assertThat(NftRulesetTest.strongest(rules, new Address.Tcp("10.4.1.1", 6379), false))
                .isEqualTo(Match.NO);
        assertThat(NftRulesetTest.strongest(rules, new Address.Tcp("fd00::1", 6379), false))
                .isEqualTo(Match.YES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-A OUTPUT -d 10.0.0.9/32 -p tcp -m tcp --dport 8000 -j DROP | YES",
                "-A OUTPUT -d 10.0.0.0/24 -p tcp -m multiport --dports 80,7000:9000 -j REJECT | YES",
                "-A OUTPUT -p tcp -m tcp --dport 8001: -j DROP | NO",
                "-A OUTPUT -p tcp -m tcp --dport :8000 -j DROP | YES",
                "-A OUTPUT ! -d 10.0.0.0/8 -j DROP | PERHAPS",
                "-A OUTPUT -p udp -j DROP | NO",
                "-A OUTPUT ! -p udp -j DROP | YES",
                "-A OUTPUT ! -p tcp -j DROP | NO",
                "-A OUTPUT -m owner --uid-owner 33 -j DROP | PERHAPS",
                "-A OUTPUT -o lo -j DROP | NO",
                "-A OUTPUT -o eth1 -j DROP | PERHAPS",
                "-A OUTPUT -m conntrack --ctstate INVALID -j DROP | NO",
                "-A OUTPUT -m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP | YES",
                "-A OUTPUT -m iprange --dst-range 10.0.0.5-10.0.0.10 -j DROP | YES",
                "-A OUTPUT -p tcp --tcp-flags FIN,SYN,RST,ACK SYN --dport 8000 -j DROP | YES",
                "-A OUTPUT -m comment --comment \"-j ACCEPT\" -p tcp -j DROP | YES",
                "-A OUTPUT -m comment --comment -j -p tcp -j DROP | YES",
                "-A OUTPUT -p tcp -j LOG --log-prefix \"DROP -j DROP\" | NO",
                "-A OUTPUT -p tcp -j no-such-chain | NO",
                "-A OUTPUT -j | NO",
                "-A OUTPUT ! | NO",
            })
    void readsARule(String line, Match expected) {
        List<FirewallRule> rules = filter(":OUTPUT ACCEPT [0:0]", line.strip());

        assertThat(NftRulesetTest.strongest(rules, new Address.Tcp("10.0.0.9", 8000), false))
                .isEqualTo(expected);
    }

    @Test
    void anEarlierAcceptTakesItsTrafficAway() {
        List<FirewallRule> rules =
                filter(
                        ":OUTPUT DROP [0:0]",
                        "-A OUTPUT -d 10.0.0.9/32 -p tcp --dport 8000 -j ACCEPT",
                        "-A OUTPUT -m owner --uid-owner 33 -p tcp --dport 8001 -j ACCEPT");

        assertThat(match(rules, 8000)).isEqualTo(Match.NO);
        assertThat(match(rules, 8001)).isEqualTo(Match.PERHAPS);
        assertThat(match(rules, 8002)).isEqualTo(Match.YES);
    }

    @Test
    void aReturnTakesItsTrafficAwayOnlyInsideItsChain() {
        List<FirewallRule> rules =
                filter(
                        ":OUTPUT ACCEPT [0:0]",
                        ":app - [0:0]",
                        "-A OUTPUT -j app",
                        "-A OUTPUT -p tcp --dport 8001 -j DROP",
                        "-A app -p tcp --dport 8000:8001 -j RETURN",
                        "-A app -j DROP");

        assertThat(match(rules, 8000)).isEqualTo(Match.NO);
        assertThat(match(rules, 8001)).isEqualTo(Match.YES);
        assertThat(match(rules, 8002)).isEqualTo(Match.YES);
    }

    @Test
    void nothingBehindAnUnconditionalAcceptCounts() {
        List<FirewallRule> rules =
                filter(":OUTPUT DROP [0:0]", "-A OUTPUT -j ACCEPT", "-A OUTPUT -j DROP");

        assertThat(rules).isEmpty();
    }

    @Test
    void survivesChainsThatJumpInACircle() {
        List<FirewallRule> rules =
                filter(
                        ":OUTPUT ACCEPT [0:0]",
                        "-A OUTPUT -j a",
                        "-A a -j b",
                        "-A b -j a",
                        "-A b -p tcp --dport 8000 -j DROP");

        assertThat(match(rules, 8000)).isEqualTo(Match.YES);
    }

    @Test
    void keepsTheCountOfPackets() {
        List<FirewallRule> rules = filter(":OUTPUT ACCEPT [0:0]", "[17:1020] -A OUTPUT -j DROP");

        assertThat(rules)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.packets()).isEqualTo(OptionalLong.of(17));
                            assertThat(r.text()).isEqualTo("-A OUTPUT -j DROP");
                        });
    }

    private static Match match(List<FirewallRule> rules, int port) {
        return NftRulesetTest.strongest(rules, new Address.Tcp("10.0.0.9", port), false);
    }

    private static List<FirewallRule> filter(String... lines) {
        String text = "*filter\n" + String.join("\n", lines) + "\nCOMMIT\n";
        return IptablesSave.read(text, Family.IPV4, HOOKS).rules();
    }
}
