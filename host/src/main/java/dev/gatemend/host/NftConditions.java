package dev.gatemend.host;

import dev.gatemend.host.PacketConditions.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code match} statements of libnftables-json(5). What it does not know becomes an
 * "other condition", never a rule that fits too much.
 *
 * @param sets elements of named sets of the table
 */
record NftConditions(Map<String, List<Json>> sets) {
    /** A set with more elements is not spelt out. */
    private static final int MOST_ELEMENTS = 256;

    private static final PacketConditions ANY = PacketConditions.ANY;
    private static final Set<String> TCP = Set.of("tcp", "6");

    /** {@code {"op": "==", "left": ..., "right": ...}}. */
    PacketConditions match(Json match) {
        String operator = match.at("op").text().orElse("==");
        if (!Set.of("==", "in", "!=").contains(operator)) {
            return ANY.butOther();
        }
        return fits(match.at("left"), elements(match.at("right")), operator.equals("!="));
    }

    /** What is asked when that expression has one of those values. */
    PacketConditions fits(Json left, List<Json> values, boolean negated) {
        if (values.isEmpty()) {
            return ANY.butOther();
        }
        if (left.has("payload")) {
            return payload(left.at("payload"), values, negated);
        }
        if (left.has("meta")) {
            return meta(left.at("meta").at("key").text().orElse(""), values, negated);
        }
        if (left.has("ct") && left.at("ct").at("key").text().orElse("").equals("state")) {
            return IptablesRule.states(String.join(",", texts(values)), negated);
        }
        return left.has("&") ? flags(left.at("&"), values, negated) : ANY.butOther();
    }

    private static PacketConditions payload(Json payload, List<Json> values, boolean negated) {
        String field =
                payload.at("protocol").text().orElse("")
                        + " "
                        + payload.at("field").text().orElse("");
        return switch (field) {
            case "ip daddr", "ip6 daddr" -> negated ? ANY.butOther() : ANY.to(addresses(values));
            case "tcp dport", "th dport" -> negated ? ANY.butOther() : ANY.toPorts(ports(values));
            case "ip protocol", "ip6 nexthdr" -> protocol(values, negated);
            default -> isOtherProtocol(field) ? PacketConditions.NEVER : ANY.butOther();
        };
    }

    /** A field of a header that a TCP packet does not have. */
    private static boolean isOtherProtocol(String field) {
        return Set.of(
                        "udp", "icmp", "icmpv6", "sctp", "dccp", "udplite", "esp", "ah", "arp",
                        "igmp")
                .contains(field.substring(0, field.indexOf(' ')));
    }

    private static PacketConditions meta(String key, List<Json> values, boolean negated) {
        return switch (key) {
            case "l4proto" -> protocol(values, negated);
            case "nfproto", "protocol" -> family(texts(values), negated);
            case "iifname", "oifname", "iif", "oif" -> way(texts(values), negated);
            default -> ANY.butOther();
        };
    }

    private static PacketConditions protocol(List<Json> values, boolean negated) {
        boolean tcp = texts(values).stream().anyMatch(TCP::contains);
        return tcp == negated ? PacketConditions.NEVER : ANY;
    }

    private static PacketConditions family(List<String> families, boolean negated) {
        boolean four = families.stream().anyMatch(f -> f.equals("ipv4") || f.equals("ip"));
        boolean six = families.stream().anyMatch(f -> f.equals("ipv6") || f.equals("ip6"));
        if (four == six) {
            return four != negated ? ANY : PacketConditions.NEVER;
        }
        return ANY.to(List.of(four != negated ? "0.0.0.0/0" : "::/0"));
    }

    private static PacketConditions way(List<String> names, boolean negated) {
        if (names.contains("lo")) {
            return names.size() > 1
                    ? ANY.butOther()
                    : ANY.over(negated ? Way.ELSEWHERE : Way.LOOPBACK);
        }
        boolean pattern = names.stream().anyMatch(n -> n.endsWith("*"));
        return negated || pattern ? ANY.butOther() : ANY.over(Way.ELSEWHERE);
    }

    /** {@code tcp flags & (fin | syn | rst | ack) == syn}: a connection's first packet. */
    private static PacketConditions flags(Json operands, List<Json> values, boolean negated) {
        boolean ofTcp =
                operands.items().stream()
                        .anyMatch(
                                o -> o.at("payload").at("field").text().orElse("").equals("flags"));
        return ofTcp && texts(values).equals(List.of("syn"))
                ? negated ? PacketConditions.NEVER : ANY
                : ANY.butOther();
    }

    /** The values of the right side: one, several, or those of a named set. */
    List<Json> elements(Json right) {
        List<Json> all = new ArrayList<>();
        Optional<String> name = right.text().filter(t -> t.startsWith("@"));
        if (name.isPresent()) {
            all.addAll(sets.getOrDefault(name.get().substring(1), List.of()));
        } else if (right.has("set")) {
            all.addAll(right.at("set").items());
        } else if (right instanceof Json.Items items) {
            all.addAll(items.values());
        } else if (!(right instanceof Json.Nothing || right instanceof Json.Truth)) {
            all.add(right);
        }
        return all.size() > MOST_ELEMENTS
                ? List.of()
                : all.stream().map(NftConditions::bare).toList();
    }

    /** An element with a time-out or a counter wraps its value. */
    private static Json bare(Json element) {
        return element.has("elem") ? element.at("elem").at("val") : element;
    }

    private static List<String> texts(List<Json> values) {
        return values.stream()
                .flatMap(
                        v ->
                                v instanceof Json.Count count
                                        ? Optional.of(Long.toString(count.value())).stream()
                                        : v.text().stream())
                .map(t -> t.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Empty when one of them cannot be read, so that the rule does not seem to ask for less. */
    private static List<String> addresses(List<Json> values) {
        List<String> addresses = values.stream().flatMap(v -> address(v).stream()).toList();
        return addresses.size() == values.size() ? addresses : List.of();
    }

    private static Optional<String> address(Json value) {
        if (value.has("prefix")) {
            Json prefix = value.at("prefix");
            return prefix.at("addr").text().map(a -> a + "/" + prefix.at("len").count().orElse(0));
        }
        if (value.has("range")) {
            List<String> ends = texts(value.at("range").items());
            return ends.size() == 2
                    ? Optional.of(ends.getFirst() + "-" + ends.getLast())
                    : Optional.empty();
        }
        return value.text();
    }

    private static List<PortRange> ports(List<Json> values) {
        List<PortRange> ports = values.stream().flatMap(v -> port(v).stream()).toList();
        return ports.size() == values.size() ? ports : List.of();
    }

    private static Optional<PortRange> port(Json value) {
        List<String> ends = texts(value.has("range") ? value.at("range").items() : List.of(value));
        return ends.isEmpty() ? Optional.empty() : PortRange.parse(String.join("-", ends), "-");
    }
}
