package dev.gatemend.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A rule that rejects or drops, as far as it could be read.
 *
 * @param chain {@code inet filter output}, {@code filter/OUTPUT}
 * @param hook the netfilter hook it hangs on, directly or by a jump: {@code input}, {@code output},
 *     {@code forward}, {@code prerouting}, {@code postrouting}
 * @param verdict {@code drop} or {@code reject}
 * @param destination address, prefix or {@code first-last} the rule asks for; {@code 0.0.0.0/0} or
 *     {@code ::/0} for a rule of one family; empty for any
 * @param destinationPort or the first of a range
 * @param lastDestinationPort the last of a range
 * @param otherConditions the rule asks for more than destination and port (user, interface, mark,
 *     state ...), so a match is possible, not certain
 * @param packets counted, where the rule counts
 * @param text the rule as the tool prints it
 * @param exemptions what earlier rules of the same hook take away from it
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
        String text,
        List<Exemption> exemptions) {
    public FirewallRule {
        exemptions = List.copyOf(exemptions);
    }

    /** A rule that nothing is taken away from. */
    public FirewallRule(
            String chain,
            String hook,
            String verdict,
            Optional<String> destination,
            OptionalInt destinationPort,
            OptionalInt lastDestinationPort,
            boolean otherConditions,
            OptionalLong packets,
            String text) {
        this(
                chain,
                hook,
                verdict,
                destination,
                destinationPort,
                lastDestinationPort,
                otherConditions,
                packets,
                text,
                List.of());
    }

    /** Whether a rule hits a connection. */
    public enum Match {
        NO,
        /** It depends on conditions that could not be judged. */
        PERHAPS,
        YES
    }

    /**
     * Traffic that an earlier rule accepts (or sends past this one).
     *
     * @param destination as in {@link FirewallRule}; empty for any
     * @param firstPort and
     * @param lastPort of the range; empty for any
     * @param loopbackOnly only what travels over the loopback interface
     * @param answersOnly only packets of connections that are already established
     * @param otherConditions it asks for more, so the traffic is perhaps exempt
     */
    public record Exemption(
            Optional<String> destination,
            OptionalInt firstPort,
            OptionalInt lastPort,
            boolean loopbackOnly,
            boolean answersOnly,
            boolean otherConditions) {}

    /**
     * Whether this rule stops a new connection from its network namespace to a peer.
     *
     * @param peer with a literal address; a name is matched by rules for any destination only
     * @param local the peer's address belongs to this network namespace, so that packets to it pass
     *     the input hook, over the loopback interface
     */
    public Match match(Address.Tcp peer, boolean local) {
        boolean inbound = hook.equals("input") || hook.equals("prerouting");
        if (hook.equals("forward") && local) {
            return Match.NO;
        }
        if (inbound && !local) {
            return matchAnswers(peer);
        }
        Match match = covers(destination, destinationPort, lastDestinationPort, peer);
        if (match == Match.YES && otherConditions) {
            match = Match.PERHAPS;
        }
        for (Exemption exemption : exemptions) {
            match = lessExempted(match, exemption, peer, local);
        }
        return match;
    }

    /** Answers of a far peer come to an ephemeral port here, which no rule for a port is about. */
    private Match matchAnswers(Address.Tcp peer) {
        boolean accepted = exemptions.stream().anyMatch(Exemption::answersOnly);
        boolean otherFamily =
                destination
                        .flatMap(AddressRange::parse)
                        .filter(range -> peer.isLiteral())
                        .filter(range -> (range.bits() == 128) != peer.isIpv6())
                        .isPresent();
        return accepted || otherFamily || destinationPort.isPresent() ? Match.NO : Match.PERHAPS;
    }

    private static Match lessExempted(
            Match match, Exemption exemption, Address.Tcp peer, boolean local) {
        if (match == Match.NO || exemption.answersOnly() || (exemption.loopbackOnly() && !local)) {
            return match;
        }
        return switch (covers(
                exemption.destination(), exemption.firstPort(), exemption.lastPort(), peer)) {
            case NO -> match;
            case PERHAPS -> Match.PERHAPS;
            case YES -> exemption.otherConditions() ? Match.PERHAPS : Match.NO;
        };
    }

    private static Match covers(
            Optional<String> destination, OptionalInt first, OptionalInt last, Address.Tcp peer) {
        if (first.isPresent()
                && (peer.port() < first.getAsInt()
                        || peer.port() > last.orElse(first.getAsInt()))) {
            return Match.NO;
        }
        if (destination.isEmpty()) {
            return Match.YES;
        }
        if (!peer.isLiteral()) {
            return Match.PERHAPS;
        }
        return AddressRange.parse(destination.get())
                .map(range -> range.contains(peer.host()) ? Match.YES : Match.NO)
                .orElse(Match.PERHAPS);
    }
}
