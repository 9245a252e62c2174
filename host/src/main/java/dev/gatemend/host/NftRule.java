package dev.gatemend.host;

import dev.gatemend.host.FilterRule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the statements of one nft rule. A verdict map becomes one rule an entry. */
final class NftRule {
    private static final Set<String> NEUTRAL =
            Set.of("counter", "log", "comment", "mangle", "notrack", "tproxy", "quota");

    private static final int MOST_ENTRIES = 256;

    private final NftConditions reader;
    private final Map<String, List<Json>> maps;
    private final String text;
    private final List<PacketConditions> conditions = new ArrayList<>();
    private final List<FilterRule> rules = new ArrayList<>();
    private OptionalLong packets = OptionalLong.empty();

    private NftRule(NftConditions reader, Map<String, List<Json>> maps, String text) {
        this.reader = reader;
        this.maps = maps;
        this.text = text;
    }

    /**
     * The rules it stands for.
     *
     * @param maps entries of named verdict maps of the table
     * @param text as nft prints it
     */
    static List<FilterRule> read(
            Json rule, NftConditions reader, Map<String, List<Json>> maps, String text) {
        NftRule reading = new NftRule(reader, maps, text);
        rule.at("expr").items().forEach(reading::statement);
        return reading.rules;
    }

    private void statement(Json statement) {
        if (!(statement instanceof Json.Members members) || members.values().isEmpty()) {
            return;
        }
        String name = members.values().keySet().iterator().next();
        Json argument = statement.at(name);
        switch (name) {
            case "match" -> conditions.add(reader.match(argument));
            case "counter" -> packets = argument.at("packets").count();
            case "vmap" -> verdictMap(argument);
            case "accept", "drop", "reject", "jump", "goto", "return" ->
                    verdict(statement, List.of());
            default -> {
                if (!NEUTRAL.contains(name)) {
                    conditions.add(PacketConditions.ANY.butOther());
                }
            }
        }
    }

    private void verdictMap(Json map) {
        Json data = map.at("data");
        List<Json> entries =
                data.text()
                        .filter(t -> t.startsWith("@"))
                        .map(t -> maps.getOrDefault(t.substring(1), List.of()))
                        .orElseGet(() -> data.at("set").items());
        for (Json entry : entries.stream().limit(MOST_ENTRIES).toList()) {
            List<Json> pair = entry.items();
            if (pair.size() == 2) {
                boolean unknown = map.at("key").has("concat");
                verdict(
                        pair.getLast(),
                        List.of(
                                unknown
                                        ? PacketConditions.ANY.butOther()
                                        : reader.fits(
                                                map.at("key"),
                                                reader.elements(pair.getFirst()),
                                                false)));
            }
        }
        if (entries.size() > MOST_ENTRIES) {
            conditions.add(PacketConditions.ANY.butOther());
        }
    }

    private void verdict(Json verdict, List<PacketConditions> more) {
        List<PacketConditions> all = new ArrayList<>(conditions);
        all.addAll(more);
        rules.add(
                new FilterRule(
                        PacketConditions.allOf(all),
                        kind(verdict),
                        target(verdict),
                        packets,
                        text));
    }

    private static Verdict kind(Json verdict) {
        for (Verdict kind : Verdict.values()) {
            if (verdict.has(kind.name().toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        return Verdict.NONE;
    }

    private static String target(Json verdict) {
        return verdict.at("jump")
                .at("target")
                .text()
                .or(() -> verdict.at("goto").at("target").text())
                .orElse("");
    }
}
