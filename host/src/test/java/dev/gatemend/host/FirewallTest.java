package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.FirewallRules;
import dev.gatemend.model.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirewallTest {
    private static final String DEP = "kernel/net/netfilter/nf_tables.ko:\n";

    private final Firewall observer = new Firewall();

    @TempDir Path root;

    @Test
    void asksNothingWhereTheKernelHoldsNoFilterAndSaysThereIsNone() throws Exception {
        FakeCommands commands = new FakeCommands();

        List<FirewallRules> rules =
                unloaded().commands(commands).facts(observer, FirewallRules.class);

        assertThat(rules).containsExactly(new FirewallRules(0, "nft", List.of()));
        assertThat(commands.asked).isEmpty();
    }

    @Test
    void withoutRootSaysSoAndThatUfwIsOn() throws Exception {
        Scene scene = loaded().unprivileged().file("/etc/ufw/ufw.conf", "ENABLED=yes\n");

        assertThat(scene.excuses(observer))
                .singleElement()
                .asString()
                .contains("ufw is switched on", "sudo");
    }

    @Test
    void withoutRootIsSureOfNoRulesWhereNoFilterIsLoaded() throws Exception {
        assertThat(unloaded().unprivileged().excuses(observer)).isEmpty();
    }

    @Test
    void readsTheTablesOfIptablesOnce() throws Exception {
        FakeCommands commands =
                new FakeCommands()
                        .answer("iptables-save", Fixture.text("firewall/ufw-iptables.txt"))
                        .answer("nft -j", nftOfIptables())
                        .answer("nft -a", "");

        List<FirewallRules> rules =
                loaded().commands(commands).facts(observer, FirewallRules.class);

        assertThat(rules).extracting(FirewallRules::tool).containsExactly("iptables", "nft");
        assertThat(rules.getFirst().rules()).isNotEmpty();
        assertThat(rules.getLast().rules()).isEmpty();
    }

    @Test
    void looksInsideAnotherNetworkAndAtWhatIsForwardedHere() throws Exception {
        FakeCommands commands = new FakeCommands().answer("nft", "").answer("nsenter --net=", "");
        Files.createDirectories(root.resolve("proc/self/ns"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/net"), Path.of("net:[77]"));

        List<FirewallRules> rules =
                loaded().commands(commands)
                        .seen(Given.master(12, new Namespaces(99, 1, 1)))
                        .facts(observer, FirewallRules.class);

        assertThat(rules).extracting(FirewallRules::networkNamespace).contains(77L, 99L);
        assertThat(commands.asked)
                .contains(
                        "nft -j list ruleset",
                        "nsenter --net=" + root + "/proc/12/ns/net -- nft -j list ruleset");
    }

    @Test
    void saysWhatNftAnsweredWhenItRefused() throws Exception {
        FakeCommands commands =
                new FakeCommands().answer("nft", 1, "", "netlink: Error: cache failed\n");

        assertThat(loaded().commands(commands).excuses(observer))
                .singleElement()
                .asString()
                .contains("cache failed", "sudo nft -j list ruleset");
    }

    private static String nftOfIptables() {
        return "{\"nftables\": [{\"chain\": {\"family\": \"ip\", \"table\": \"filter\", \"name\":"
                + " \"OUTPUT\", \"type\": \"filter\", \"hook\": \"output\", \"policy\":"
                + " \"drop\"}}]}";
    }

    private Scene loaded() throws Exception {
        Files.createDirectories(root.resolve("sys/module/nf_tables"));
        return new Scene(root);
    }

    private Scene unloaded() throws Exception {
        return new Scene(root)
                .file("/proc/sys/kernel/osrelease", "6.1.0-1\n")
                .file("/lib/modules/6.1.0-1/modules.dep", DEP);
    }
}
