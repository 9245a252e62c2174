package dev.gatemend.host;

import java.util.List;

/**
 * What a packet filter rule asks of the first packet of a TCP connection.
 *
 * @param destinations addresses, prefixes or ranges, one of which must fit; empty for any
 * @param ports one of which must fit; empty for any
 * @param way the interface it must travel over
 * @param answersOnly it fits packets of established connections only
 * @param never no packet of a TCP connection fits (another protocol, an invalid state)
 * @param other more is asked that is not modelled here
 */
record PacketConditions(
        List<String> destinations,
        List<PortRange> ports,
        Way way,
        boolean answersOnly,
        boolean never,
        boolean other) {
    static final PacketConditions ANY =
            new PacketConditions(List.of(), List.of(), Way.ANY, false, false, false);
    static final PacketConditions NEVER = ANY.butNever();

    /** Over which interface. */
    enum Way {
        ANY,
        LOOPBACK,
        /** Some interface, and not the loopback one. */
        ELSEWHERE
    }

    PacketConditions {
        destinations = List.copyOf(destinations);
        ports = List.copyOf(ports);
    }

    /** Every packet fits. */
    boolean none() {
        return equals(ANY);
    }

    PacketConditions to(List<String> addresses) {
        return addresses.isEmpty()
                ? butOther()
                : new PacketConditions(addresses, ports, way, answersOnly, never, other);
    }

    PacketConditions toPorts(List<PortRange> ranges) {
        return ranges.isEmpty()
                ? butOther()
                : new PacketConditions(destinations, ranges, way, answersOnly, never, other);
    }

    PacketConditions over(Way interfaces) {
        boolean uncertain = other || interfaces == Way.ELSEWHERE;
        return new PacketConditions(destinations, ports, interfaces, answersOnly, never, uncertain);
    }

    PacketConditions butAnswers() {
        return new PacketConditions(destinations, ports, way, true, never, other);
    }

    PacketConditions butNever() {
        return new PacketConditions(destinations, ports, way, answersOnly, true, other);
    }

    PacketConditions butOther() {
        return new PacketConditions(destinations, ports, way, answersOnly, never, true);
    }

    /** What must hold for a packet that came by a jump under these conditions and fits those. */
    PacketConditions and(PacketConditions inner) {
        boolean crossed =
                (way == Way.LOOPBACK && inner.way == Way.ELSEWHERE)
                        || (way == Way.ELSEWHERE && inner.way == Way.LOOPBACK);
        return new PacketConditions(
                inner.destinations.isEmpty() ? destinations : inner.destinations,
                inner.ports.isEmpty() ? ports : inner.ports,
                inner.way == Way.ANY ? way : inner.way,
                answersOnly || inner.answersOnly,
                never || inner.never || crossed,
                other
                        || inner.other
                        || differ(destinations, inner.destinations)
                        || differ(ports, inner.ports));
    }

    /** Both ask for something, and not for the same: the narrower of the two is not worked out. */
    private static boolean differ(List<?> outer, List<?> inner) {
        return !outer.isEmpty() && !inner.isEmpty() && !outer.equals(inner);
    }

    /** Several conditions of one rule, all of which must hold. */
    static PacketConditions allOf(List<PacketConditions> all) {
        PacketConditions sum = ANY;
        for (PacketConditions one : all) {
            sum = sum.and(one);
        }
        return sum;
    }
}
