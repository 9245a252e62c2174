package dev.gatemend.host;

import dev.gatemend.host.FilterRule.Verdict;
import dev.gatemend.model.FirewallRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Walks the chains of one hook the way a packet does, jumps included, and gathers the rules that
 * stop one together with what rules before them let through.
 */
final class ChainWalk {
    /** The kernel's own limit on nested jumps. */
    private static final int MOST_DEPTH = 16;

    private static final int MOST_STEPS = 100_000;
    private static final int MOST_RULES = 2_000;

    /** A rule for more addresses times ports is kept as one with other conditions. */
    private static final int MOST_PRODUCT = 64;

    private static final FilterRule POLICY =
            new FilterRule(
                    PacketConditions.ANY, Verdict.DROP, "", OptionalLong.empty(), "policy drop");

    private final Map<String, FilterChain> chains;
    private final FilterChain base;
    private final String hook;
    private final UnaryOperator<String> key;
    private final List<FirewallRule> found = new ArrayList<>();
    private final Exemptions exemptions;
    private int steps;

    private ChainWalk(
            Map<String, FilterChain> chains, FilterChain base, UnaryOperator<String> key) {
        this.chains = chains;
        this.base = base;
        this.hook = base.hook().orElse("");
        this.key = key;
        this.exemptions = new Exemptions(hook.equals("input") || hook.equals("prerouting"));
    }

    /** What was found, and whether the walk saw every rule. */
    record Found(List<FirewallRule> rules, boolean complete) {}

    /**
     * Rules that stop a packet at a base chain's hook.
     *
     * @param key in {@code chains} of a jump's bare target
     */
    static Found at(FilterChain base, Map<String, FilterChain> chains, UnaryOperator<String> key) {
        ChainWalk walk = new ChainWalk(chains, base, key);
        boolean ended = walk.walk(base, PacketConditions.ANY, 0);
        if (!ended && base.dropPolicy()) {
            walk.add(base, PacketConditions.ANY, POLICY);
        }
        return new Found(walk.found, walk.steps <= MOST_STEPS && walk.found.size() < MOST_RULES);
    }

    /** True when no packet that came along this path goes on behind the chain. */
    private boolean walk(FilterChain chain, PacketConditions path, int depth) {
        // Who returned early is exempt from the rest of this chain only.
        List<PacketConditions> returned = new ArrayList<>();
        for (FilterRule rule : chain.rules()) {
            PacketConditions all = path.and(rule.conditions());
            if (++steps > MOST_STEPS) {
                break;
            }
            boolean swallowed = !all.never() && apply(chain, rule, all, depth);
            boolean leaves = rule.verdict() == Verdict.GOTO || rule.verdict() == Verdict.RETURN;
            if (rule.conditions().none() && (swallowed || leaves)) {
                exemptions.remove(returned);
                return swallowed && returned.isEmpty();
            }
            if (leaves && !all.never()) {
                returned.add(all);
                exemptions.add(all);
            }
        }
        exemptions.remove(returned);
        return false;
    }

    /** True when every packet that fits the rule ends there. */
    private boolean apply(
            FilterChain chain, FilterRule rule, PacketConditions conditions, int depth) {
        return switch (rule.verdict()) {
            case ACCEPT -> {
                exemptions.add(conditions);
                yield true;
            }
            case DROP, REJECT -> {
                add(chain, conditions, rule);
                yield true;
            }
            case JUMP, GOTO -> {
                FilterChain target = chains.get(key.apply(rule.target()));
                yield target != null && depth < MOST_DEPTH && walk(target, conditions, depth + 1);
            }
            case RETURN, NONE -> false;
        };
    }

    private void add(FilterChain chain, PacketConditions conditions, FilterRule rule) {
        if (conditions.answersOnly()) {
            return;
        }
        List<Optional<String>> destinations = destinations(conditions);
        List<PortRange> ports = conditions.ports();
        if (destinations.size() * Math.max(1, ports.size()) > MOST_PRODUCT) {
            PacketConditions vague = PacketConditions.ANY.over(conditions.way()).butOther();
            anywhere().forEach(d -> keep(chain, rule, vague, d, Optional.empty()));
            return;
        }
        for (Optional<String> destination : destinations) {
            if (ports.isEmpty()) {
                keep(chain, rule, conditions, destination, Optional.empty());
            }
            ports.forEach(p -> keep(chain, rule, conditions, destination, Optional.of(p)));
        }
    }

    private void keep(
            FilterChain chain,
            FilterRule rule,
            PacketConditions conditions,
            Optional<String> destination,
            Optional<PortRange> ports) {
        if (found.size() >= MOST_RULES) {
            return;
        }
        found.add(
                new FirewallRule(
                        chain.name(),
                        hook,
                        rule.verdict().name().toLowerCase(Locale.ROOT),
                        destination,
                        ports.map(p -> OptionalInt.of(p.first())).orElse(OptionalInt.empty()),
                        ports.map(p -> OptionalInt.of(p.last())).orElse(OptionalInt.empty()),
                        conditions.other(),
                        rule.packets(),
                        rule.text(),
                        exemptions.from(conditions.way())));
    }

    private List<Optional<String>> destinations(PacketConditions conditions) {
        if (!conditions.destinations().isEmpty()) {
            return conditions.destinations().stream().map(Optional::of).toList();
        }
        return conditions.way() == PacketConditions.Way.LOOPBACK ? onLoopback() : anywhere();
    }

    private List<Optional<String>> anywhere() {
        return List.of(
                switch (base.family()) {
                    case IPV4 -> Optional.of("0.0.0.0/0");
                    case IPV6 -> Optional.of("::/0");
                    case BOTH -> Optional.empty();
                });
    }

    private List<Optional<String>> onLoopback() {
        return switch (base.family()) {
            case IPV4 -> List.of(Optional.of("127.0.0.0/8"));
            case IPV6 -> List.of(Optional.of("::1/128"));
            case BOTH -> List.of(Optional.of("127.0.0.0/8"), Optional.of("::1/128"));
        };
    }
}
