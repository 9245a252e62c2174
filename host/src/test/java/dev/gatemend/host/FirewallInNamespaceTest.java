package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.FirewallRule.Match;
import dev.gatemend.model.FirewallRules;
import dev.gatemend.model.Namespaces;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real rules in a network namespace of the test's own. */
@Tag("root")
class FirewallInNamespaceTest {
    private static final Address.Tcp PEER = new Address.Tcp("127.0.0.1", 8000);

    @Test
    void seesAnNftRuleOfNginxsOwnNetwork() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.open()) {
            network.run("nft", "add", "table", "inet", "guard");
            network.run("nft", "add chain inet guard out { type filter hook output priority 0; }");
            network.run("nft", "add rule inet guard out tcp dport { 8000, 8443 } counter drop");

            List<FirewallRules> rules = look(network);

            assertThat(match(rules, network, "nft", PEER)).isEqualTo(Match.YES);
            assertThat(match(rules, network, "nft", new Address.Tcp("127.0.0.1", 8001)))
                    .isEqualTo(Match.NO);
        }
    }

    @Test
    void seesAnIptablesRuleOnce() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.open()) {
            network.run("iptables", "-A", "OUTPUT", "-p", "tcp", "--dport", "8000", "-j", "REJECT");

            List<FirewallRules> rules = look(network);

            assertThat(match(rules, network, "iptables", PEER)).isEqualTo(Match.YES);
            assertThat(match(rules, network, "nft", PEER)).isEqualTo(Match.NO);
        }
    }

    @Test
    void seesNoneWhereNoneIs() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.open()) {
            assertThat(look(network))
                    .filteredOn(r -> r.networkNamespace() == network.inode())
                    .isNotEmpty()
                    .allSatisfy(r -> assertThat(r.rules()).isEmpty());
        }
    }

    private static List<FirewallRules> look(PrivateNetwork network) throws Exception {
        return Scene.real()
                .seen(Given.master(network.pid(), new Namespaces(network.inode(), 0, 0)))
                .facts(new Firewall(), FirewallRules.class);
    }

    private static Match match(
            List<FirewallRules> all, PrivateNetwork network, String tool, Address.Tcp peer) {
        return all.stream()
                .filter(r -> r.networkNamespace() == network.inode() && r.tool().equals(tool))
                .map(r -> NftRulesetTest.strongest(r.rules(), peer, true))
                .max(Match::compareTo)
                .orElseThrow();
    }
}
