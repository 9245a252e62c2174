package dev.gatemend.host;

import dev.gatemend.host.FilterChain.Family;
import dev.gatemend.model.FirewallRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the packet filters of one network namespace. Asking nft where nf_tables is not loaded would
 * make the kernel load it, so then nothing is asked: no module, no rule.
 *
 * @param pid of a process inside, or {@code self}
 * @param enter what to write before a command so that it runs inside
 */
record FirewallReading(
        Look look, String pid, long namespace, List<String> enter, Set<String> hooks) {
    private static final Duration LIMIT = Duration.ofMillis(1500);

    /** False when the kernel holds no packet filter that a rule could be in. */
    static boolean mayHaveRules(Host host, String pid) {
        return nftMayBeLoaded(host) || legacyTables(host, pid);
    }

    void read() throws InterruptedException {
        Set<String> tables = new TreeSet<>();
        if (nftMayBeLoaded(look.host())) {
            boolean newer = iptables("iptables-save", Family.IPV4, "ip", tables);
            iptables("ip6tables-save", Family.IPV6, "ip6", tables);
            if (newer && legacyTables(look.host(), pid)) {
                legacy();
            }
            nft(tables);
        } else {
            look.add(new FirewallRules(namespace, "nft", List.of()), "lsmod (no nf_tables)");
            if (legacyTables(look.host(), pid)) {
                legacy();
            }
        }
    }

    private void legacy() throws InterruptedException {
        iptables("iptables-legacy-save", Family.IPV4, "ip", new TreeSet<>());
        iptables("ip6tables-legacy-save", Family.IPV6, "ip6", new TreeSet<>());
    }

    /**
     * Reads one of the iptables tools; one that is not installed has set no rule that nft would not
     * show.
     *
     * @param tables takes those whose rules nft would show a second time
     * @return whether the tool is the one on top of nf_tables
     */
    private boolean iptables(String tool, Family family, String nftFamily, Set<String> tables)
            throws InterruptedException {
        Optional<Commands.Answer> answer = ask(List.of(tool, "-c"), false);
        if (answer.isEmpty()) {
            return false;
        }
        String output = answer.get().output();
        IptablesSave.Result result = IptablesSave.read(output, family, hooks);
        boolean newer = output.contains("(nf_tables)");
        if (newer) {
            result.tables().forEach(t -> tables.add(nftFamily + " " + t));
        }
        String name = family == Family.IPV4 ? "iptables" : "ip6tables";
        look.add(new FirewallRules(namespace, name, result.rules()), shown(tool));
        if (!result.complete() || answer.get().cut()) {
            look.couldNotLook("read only the first part of the rules of " + tool);
        }
        return newer || output.isBlank();
    }

    private void nft(Set<String> tables) throws InterruptedException {
        Optional<Commands.Answer> json = ask(List.of("nft", "-j", "list", "ruleset"), true);
        if (json.isEmpty() || json.get().output().isBlank()) {
            if (json.isPresent()) {
                look.add(new FirewallRules(namespace, "nft", List.of()), shown("nft list ruleset"));
            }
            return;
        }
        String text =
                ask(List.of("nft", "-a", "list", "ruleset"), false)
                        .map(Commands.Answer::output)
                        .orElse("");
        NftRuleset.Result result = NftRuleset.read(json.get().output(), text, hooks, tables);
        look.add(new FirewallRules(namespace, "nft", result.rules()), shown("nft list ruleset"));
        if (!result.complete()) {
            look.couldNotLook("read only the first part of the rules of nft");
        }
    }

    private Optional<Commands.Answer> ask(List<String> command, boolean needed)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(enter);
        arguments.addAll(command);
        try {
            Commands.Answer answer = look.host().commands().run(LIMIT, arguments);
            if (answer.succeeded()) {
                return Optional.of(answer);
            }
            if (needed) {
                look.couldNotLook(
                        command.getFirst()
                                + " said: "
                                + answer.error().lines().findFirst().orElse("nothing")
                                + "; try sudo "
                                + shown(String.join(" ", command)));
            }
        } catch (IOException e) {
            if (needed) {
                look.couldNotLook(e.getMessage() + "; sudo apt-get install nftables");
            }
        }
        return Optional.empty();
    }

    private String shown(String command) {
        return enter.isEmpty() ? command : String.join(" ", enter) + " " + command;
    }

    /** Unloaded for certain only when the module is a file that waits to be loaded. */
    private static boolean nftMayBeLoaded(Host host) {
        if (Files.isDirectory(host.root().resolve("sys/module/nf_tables"))) {
            return true;
        }
        Path release = host.proc().resolve("sys/kernel/osrelease");
        Path modules =
                host.root()
                        .resolve("lib/modules")
                        .resolve(SmallFile.word(release).orElse("unknown"))
                        .resolve("modules.dep");
        try {
            return !SmallFile.read(modules, 4 << 20).contains("/nf_tables.ko");
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean legacyTables(Host host, String pid) {
        Path names = host.proc().resolve(pid).resolve("net/ip_tables_names");
        Path names6 = host.proc().resolve(pid).resolve("net/ip6_tables_names");
        return tables(names) || tables(names6);
    }

    private static boolean tables(Path names) {
        return Files.exists(names) && SmallFile.word(names).map(t -> !t.isEmpty()).orElse(true);
    }
}
