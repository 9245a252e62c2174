package dev.gatemend.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A rule that rejects or drops, as far as it could be read.
 *
 * @param chain {@code inet filter output}, {@code filter/OUTPUT}
 * @param hook the netfilter hook it hangs on, directly or by a jump: {@code input}, {@code output},
 *     {@code forward}
 * @param verdict {@code drop} or {@code reject}
 * @param destination address or prefix the rule asks for; empty for any
 * @param destinationPort or the first of a range
 * @param lastDestinationPort the last of a range
 * @param otherConditions the rule asks for more than destination and port (user, interface, mark,
 *     state ...), so a match is possible, not certain
 * @param packets counted, where the rule counts
 * @param text the rule as the tool prints it
 */
public record FirewallRule(
        String chain,
        String hook,
        String verdict,
        Optional<String> destination,
        OptionalInt destinationPort,
        OptionalInt lastDestinationPort,
        boolean otherConditions,
        OptionalLong packets,
        String text) {}
