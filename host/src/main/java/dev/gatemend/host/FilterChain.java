package dev.gatemend.host;

import java.util.List;
import java.util.Optional;

/**
 * A chain of a packet filter.
 *
 * @param name as shown, {@code inet filter output} or {@code filter/OUTPUT}
 * @param family what every packet in it is
 * @param hook of a base chain; empty for one that is only jumped to
 * @param dropPolicy what reaches its end is dropped
 */
record FilterChain(
        String name,
        Family family,
        Optional<String> hook,
        boolean dropPolicy,
        List<FilterRule> rules) {
    FilterChain {
        rules = List.copyOf(rules);
    }

    /** The address families a table is for. */
    enum Family {
        IPV4,
        IPV6,
        BOTH
    }
}
