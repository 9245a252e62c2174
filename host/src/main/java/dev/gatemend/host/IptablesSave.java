package dev.gatemend.host;

import dev.gatemend.host.FilterChain.Family;
import dev.gatemend.model.FirewallRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code iptables-save -c} prints. */
final class IptablesSave {
    /** Tables whose rules may drop; {@code nat} sees the first packet too, but drops nothing. */
    private static final Set<String> TABLES = Set.of("filter", "mangle", "raw", "security");

    private static final Set<String> HOOKS =
            Set.of("INPUT", "OUTPUT", "FORWARD", "PREROUTING", "POSTROUTING");

    private final Map<String, List<FilterRule>> rules = new LinkedHashMap<>();
    private final Set<String> closed = new LinkedHashSet<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private final Family family;

    private IptablesSave(Family family) {
        this.family = family;
    }

    /**
     * What was read.
     *
     * @param tables that the tool printed, {@code filter}
     */
    record Result(List<FirewallRule> rules, Set<String> tables, boolean complete) {}

    /**
     * Reads the text and walks the chains of those hooks.
     *
     * @param hooks {@code input}, {@code output}, ...
     */
    static Result read(String text, Family family, Set<String> hooks) {
        IptablesSave save = new IptablesSave(family);
        save.read(text);
        Map<String, FilterChain> chains = new LinkedHashMap<>();
        save.rules.forEach((name, list) -> chains.put(name, save.chain(name, list)));
        List<FirewallRule> found = new ArrayList<>();
        boolean complete = true;
        for (FilterChain chain : chains.values()) {
            if (chain.hook().filter(hooks::contains).isPresent()) {
                String table = chain.name().substring(0, chain.name().indexOf('/') + 1);
                ChainWalk.Found walk = ChainWalk.at(chain, chains, target -> table + target);
                found.addAll(walk.rules());
                complete &= walk.complete();
            }
        }
        return new Result(found, save.tables, complete);
    }

    private void read(String text) {
        String table = "";
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("*")) {
                table = line.substring(1).strip();
                tables.add(table);
            } else if (TABLES.contains(table) && line.startsWith(":")) {
                String[] words = line.substring(1).split(" ", 3);
                String chain = table + "/" + words[0];
                rules.putIfAbsent(chain, new ArrayList<>());
                if (words.length > 1 && words[1].equals("DROP")) {
                    closed.add(chain);
                }
            } else if (TABLES.contains(table)) {
                String chain = IptablesRule.chain(line);
                if (!chain.isEmpty()) {
                    rules.computeIfAbsent(table + "/" + chain, name -> new ArrayList<>())
                            .add(IptablesRule.read(line));
                }
            }
        }
    }

    private FilterChain chain(String name, List<FilterRule> list) {
        String bare = name.substring(name.indexOf('/') + 1);
        Optional<String> hook =
                HOOKS.contains(bare)
                        ? Optional.of(bare.toLowerCase(Locale.ROOT))
                        : Optional.empty();
        return new FilterChain(name, family, hook, closed.contains(name), list);
    }
}
