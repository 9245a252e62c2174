package dev.gatemend.model;

import java.util.List;

/**
 * The packet filter of a network namespace.
 *
 * @param tool {@code nft}, {@code iptables} or {@code ip6tables}
 */
public record FirewallRules(long networkNamespace, String tool, List<FirewallRule> rules)
        implements Fact {
    public FirewallRules {
        rules = List.copyOf(rules);
    }
}
