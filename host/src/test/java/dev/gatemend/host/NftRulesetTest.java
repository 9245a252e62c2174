package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.FirewallRule;
import dev.gatemend.model.FirewallRule.Match;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On what nft 1.0.6 printed for {@code firewall/rules.nft}. */
class NftRulesetTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 8005, YES",
        "10.1.2.3, 9090, YES",
        "10.1.2.3, 8011, NO",
        "10.2.2.3, 8005, NO",
        "10.9.1.1, 80, YES",
        "192.0.2.7, 80, YES",
        "192.0.2.8, 80, NO",
        "127.0.0.1, 8001, YES",
        "127.0.0.1, 8003, NO",
        "10.2.2.3, 8001, NO",
        "::1, 8002, YES",
        "fd12::1, 443, YES",
        "fe80::1, 443, NO",
        "10.2.2.3, 8080, PERHAPS",
        "10.2.2.3, 7000, PERHAPS",
        "127.0.0.1, 7000, NO",
        "192.0.2.8, 6000, PERHAPS",
        "192.0.2.8, 9000, YES",
        "192.0.2.8, 9001, NO",
    })
    void tellsWhatTheOutputHookStops(String host, int port, Match expected) throws Exception {
        boolean local = host.equals("127.0.0.1") || host.equals("::1");

        assertThat(strongest(read("output"), new Address.Tcp(host, port), local))
                .isEqualTo(expected);
    }

    @Test
    void quotesARuleAsPeopleKnowItWithItsCount() throws Exception {
        assertThat(read("output"))
                .filteredOn(r -> r.packets().equals(OptionalLong.of(12)))
                .isNotEmpty()
                .allSatisfy(
                        r -> {
                            assertThat(r.text())
                                    .isEqualTo(
                                            "ip daddr 10.1.0.0/16 tcp dport { 8000-8010, 9090 }"
                                                    + " counter packets 12 bytes 720 reject with tcp"
                                                    + " reset");
                            assertThat(r.verdict()).isEqualTo("reject");
                            assertThat(r.chain()).isEqualTo("inet filter output");
                        });
    }

    @Test
    void aClosedInputSparesLoopbackAndAnswers() throws Exception {
        List<FirewallRule> rules = read("input");

        assertThat(rules).extracting(FirewallRule::text).contains("policy drop");
        assertThat(strongest(rules, new Address.Tcp("127.0.0.1", 8000), true)).isEqualTo(Match.NO);
        assertThat(strongest(rules, new Address.Tcp("10.0.0.9", 8000), false)).isEqualTo(Match.NO);
    }

    @Test
    void keepsWhatStandsBeforeACut() throws Exception {
        String json = Fixture.text("firewall/nft.json");
        int cut = json.indexOf("\"handle\": 24");

        NftRuleset.Result result =
                NftRuleset.read(json.substring(0, cut), "", Set.of("output"), Set.of());

        assertThat(result.complete()).isFalse();
        assertThat(strongest(result.rules(), new Address.Tcp("10.9.1.1", 80), false))
                .isEqualTo(Match.YES);
    }

    @Test
    void leavesOutATableThatAnotherToolShows() throws Exception {
        NftRuleset.Result result =
                NftRuleset.read(
                        Fixture.text("firewall/nft.json"),
                        "",
                        Set.of("output"),
                        Set.of("inet filter"));

        assertThat(result.rules()).isEmpty();
        assertThat(result.complete()).isTrue();
    }

    private static List<FirewallRule> read(String hook) throws Exception {
        return NftRuleset.read(
                        Fixture.text("firewall/nft.json"),
                        Fixture.text("firewall/nft.txt"),
                        Set.of(hook),
                        Set.of())
                .rules();
    }

    static Match strongest(List<FirewallRule> rules, Address.Tcp peer, boolean local) {
        return rules.stream().map(r -> r.match(peer, local)).max(Match::compareTo).orElse(Match.NO);
    }
}
