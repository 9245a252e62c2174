package dev.gatemend.host;

import dev.gatemend.host.FilterChain.Family;
import dev.gatemend.model.FirewallRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code nft -j list ruleset} prints (libnftables-json(5)). */
final class NftRuleset {
    private static final Set<String> FAMILIES = Set.of("inet", "ip", "ip6");

    private final Map<String, Json> chains = new LinkedHashMap<>();
    private final Map<String, List<Json>> rules = new HashMap<>();
    private final Map<String, Map<String, List<Json>>> sets = new HashMap<>();
    private final Map<String, String> texts;

    private NftRuleset(Map<String, String> texts) {
        this.texts = texts;
    }

    /** What was read, and whether that was everything. */
    record Result(List<FirewallRule> rules, boolean complete) {}

    /**
     * Reads the document and walks the base chains of those hooks.
     *
     * @param text the same ruleset as {@code nft -a list ruleset} prints it, for quoting
     * @param hooks {@code input}, {@code output}, ...
     * @param leftOut tables, as {@code ip filter}, that another tool is asked about
     */
    static Result read(String json, String text, Set<String> hooks, Set<String> leftOut) {
        NftRuleset ruleset = new NftRuleset(NftText.byHandle(text));
        boolean complete = Json.eachItem(json, "nftables", ruleset::take);
        Map<String, FilterChain> all = new LinkedHashMap<>();
        ruleset.chains.forEach((key, chain) -> all.put(key, ruleset.chain(key, chain)));
        List<FirewallRule> found = new ArrayList<>();
        for (Map.Entry<String, FilterChain> chain : all.entrySet()) {
            String table = table(ruleset.chains.getOrDefault(chain.getKey(), new Json.Nothing()));
            boolean asked = chain.getValue().hook().filter(hooks::contains).isPresent();
            if (asked && !leftOut.contains(table)) {
                ChainWalk.Found walk =
                        ChainWalk.at(chain.getValue(), all, target -> table + " " + target);
                found.addAll(walk.rules());
                complete &= walk.complete();
            }
        }
        return new Result(found, complete);
    }

    private void take(Json item) {
        Json chain = item.at("chain");
        Json rule = item.at("rule");
        if (chain instanceof Json.Members) {
            chains.put(table(chain) + " " + word(chain, "name"), chain);
        } else if (rule instanceof Json.Members) {
            rules.computeIfAbsent(
                            table(rule) + " " + word(rule, "chain"), name -> new ArrayList<>())
                    .add(rule);
        } else {
            Json set = item.has("set") ? item.at("set") : item.at("map");
            sets.computeIfAbsent(table(set), name -> new HashMap<>())
                    .put(word(set, "name"), set.at("elem").items());
        }
    }

    private FilterChain chain(String key, Json chain) {
        Map<String, List<Json>> named = sets.getOrDefault(table(chain), Map.of());
        NftConditions reader = new NftConditions(named);
        List<FilterRule> list = new ArrayList<>();
        for (Json rule : rules.getOrDefault(key, List.of())) {
            long handle = rule.at("handle").count().orElse(0);
            String text =
                    texts.getOrDefault(table(chain) + " " + handle, key + " handle " + handle);
            list.addAll(NftRule.read(rule, reader, named, text));
        }
        // A nat chain only ever sees what the filter chains let through, and drops nothing.
        Optional<String> hook =
                FAMILIES.contains(word(chain, "family")) && !word(chain, "type").equals("nat")
                        ? chain.at("hook").text()
                        : Optional.empty();
        boolean drops = word(chain, "policy").equals("drop");
        return new FilterChain(key, family(word(chain, "family")), hook, drops, list);
    }

    private static Family family(String word) {
        return switch (word) {
            case "ip" -> Family.IPV4;
            case "ip6" -> Family.IPV6;
            default -> Family.BOTH;
        };
    }

    /** {@code inet filter}. */
    private static String table(Json of) {
        return word(of, "family") + " " + word(of, "table");
    }

    private static String word(Json of, String name) {
        return of.at(name).text().orElse("");
    }
}
