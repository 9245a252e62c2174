package dev.gatemend.host;

import dev.gatemend.host.PacketConditions.Way;
import dev.gatemend.model.FirewallRule.Exemption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a packet met on its way and was let through by, in the order it met it. */
final class Exemptions {
    private static final int MOST_CONDITIONS = 200;
    private static final int MOST = 400;
    private static final PacketConditions UNSURE = PacketConditions.ANY.butOther();

    /** What comes in over another interface is never for a peer of this host. */
    private final boolean inbound;

    private final List<PacketConditions> accepted = new ArrayList<>();
    private Optional<List<Exemption>> list = Optional.empty();

    Exemptions(boolean inbound) {
        this.inbound = inbound;
    }

    void add(PacketConditions conditions) {
        boolean room = accepted.size() < MOST_CONDITIONS;
        accepted.add(room ? conditions : UNSURE);
        list = Optional.empty();
        if (accepted.size() > MOST_CONDITIONS + 1) {
            accepted.removeLast();
        }
    }

    /** Takes back what was added for a part of the way only. */
    void remove(List<PacketConditions> conditions) {
        conditions.forEach(one -> accepted.remove(one));
        list = Optional.empty();
    }

    /**
     * As the model says them.
     *
     * @param way of the rule they are exempt from
     */
    List<Exemption> from(Way way) {
        List<Exemption> common = list.orElseGet(this::build);
        list = Optional.of(common);
        if (way != Way.ELSEWHERE) {
            return common;
        }
        List<Exemption> all = new ArrayList<>(common);
        all.add(exemption(PacketConditions.ANY.over(Way.LOOPBACK)));
        return all;
    }

    private List<Exemption> build() {
        List<Exemption> all = new ArrayList<>();
        for (PacketConditions one : accepted) {
            if (inbound && one.way() == Way.ELSEWHERE) {
                continue;
            }
            int products = Math.max(1, one.destinations().size()) * Math.max(1, one.ports().size());
            if (all.size() + products > MOST) {
                all.add(exemption(UNSURE));
                break;
            }
            addProducts(all, one);
        }
        return List.copyOf(all);
    }

    private static void addProducts(List<Exemption> all, PacketConditions one) {
        for (int d = 0; d < Math.max(1, one.destinations().size()); d++) {
            for (int p = 0; p < Math.max(1, one.ports().size()); p++) {
                all.add(exemption(one, element(one.destinations(), d), element(one.ports(), p)));
            }
        }
    }

    private static <E> Optional<E> element(List<E> list, int index) {
        return index < list.size() ? Optional.of(list.get(index)) : Optional.empty();
    }

    private static Exemption exemption(PacketConditions conditions) {
        return exemption(conditions, Optional.empty(), Optional.empty());
    }

    private static Exemption exemption(
            PacketConditions conditions, Optional<String> destination, Optional<PortRange> ports) {
        return new Exemption(
                destination,
                ports.map(p -> OptionalInt.of(p.first())).orElse(OptionalInt.empty()),
                ports.map(p -> OptionalInt.of(p.last())).orElse(OptionalInt.empty()),
                conditions.way() == Way.LOOPBACK,
                conditions.answersOnly(),
                conditions.other());
    }
}
