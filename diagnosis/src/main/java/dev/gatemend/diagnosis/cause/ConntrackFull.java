package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.ConnectFailure;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.model.ConntrackTable;
import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The kernel's table of tracked connections is full, so packets of new ones are dropped. */
public final class ConntrackFull implements Cause {
    /** A dropped SYN is sent again until the time-out; connect(2) does not fail for it. */
    private static final Set<Integer> DROPPED = Set.of(Errno.ETIMEDOUT);

    /** The kernel's words are limited in rate, and its clock may lag behind the log's. */
    private static final Duration AROUND = Duration.ofMinutes(2);

    private static final double NEARLY_FULL = 0.95;

    /**
     * What was tracked stays for two minutes and more (nf_conntrack-sysctl.txt: SYN_SENT and
     * TIME_WAIT 120 s, ESTABLISHED five days), so that a full table does not empty sooner.
     */
    private static final Duration STAYS = Duration.ofSeconds(60);

    private static final CauseInfo INFO =
            new CauseInfo(
                    "conntrack-full",
                    Group.BLOCKED,
                    Frequency.RARE,
                    "The connection tracking table overflows",
                    """
                    Where a packet filter tracks connections (NAT, containers, stateful rules) the kernel keeps each in a \
                    table of nf_conntrack_max entries. At the limit it drops the packets of new connections: connects run \
                    into the time-out, at random and to every peer, while established ones go on.""",
                    "The kernel wrote 'nf_conntrack: table full, dropping packet'; the count stands at its limit.",
                    List.of(),
                    List.of(
                            "raising proxy_connect_timeout: the packets were dropped",
                            "restarting nginx: old entries stay in the table for their time",
                            "a larger listen backlog: the packets do not get that far"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ConnectFailure> failure =
                ConnectFailure.of(matter, DROPPED).filter(_ -> matter.tcpPeer().isPresent());
        if (failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        List<KernelEvent.ConntrackFull> drops =
                matter.scene().facts(KernelEvent.ConntrackFull.class).toList();
        Optional<ConntrackTable> table = table(matter);
        Optional<ConntrackTable> full = table.filter(ConntrackFull::isNearlyFull);
        if (drops.isEmpty() && full.isEmpty()) {
            return table.map(
                            t ->
                                    Judgement.ruledOut(
                                            "the table of tracked connections holds %d of %d"
                                                    .formatted(t.count(), t.max())))
                    .orElseGet(Judgement::notConcerned);
        }
        return argue(matter, failure.get(), drops, table);
    }

    private static Optional<ConntrackTable> table(Matter matter) {
        return matter.scene()
                .facts(ConntrackTable.class)
                .filter(t -> t.networkNamespace() == matter.network() && t.max() > 0)
                .findFirst();
    }

    private static boolean isNearlyFull(ConntrackTable table) {
        return table.count() >= table.max() * NEARLY_FULL;
    }

    private static Judgement argue(
            Matter matter,
            ConnectFailure failure,
            List<KernelEvent.ConntrackFull> drops,
            Optional<ConntrackTable> table) {
        Argument argument =
                Argument.that(
                                "conntrack",
                                "the table of tracked connections is full; packets are dropped")
                        .because(MODERATE, failure.sighting());
        drops(matter, drops, argument);
        table.ifPresent(t -> weigh(matter, t, argument));
        argument.explain(
                "The kernel tracks every connection and drops the first packet of one that finds no place in its table, so connects to any peer time out.");
        argument.now(
                "make room in the table",
                Risk.LOW,
                new Remedy.Step(
                        "sudo sysctl net.netfilter.nf_conntrack_max=%d"
                                .formatted(2 * table.map(ConntrackTable::max).orElse(131_072L)),
                        "takes effect at once; an entry takes about 300 bytes"));
        argument.toStay(
                "keep it: a line in /etc/sysctl.d, and shorter times for what lingers (nf_conntrack_tcp_timeout_established is five days)",
                Risk.LOW,
                new Remedy.Step(
                        "sudo conntrack -L | awk '{print $4}' | sort | uniq -c | sort -n | tail",
                        "which states or hosts fill it"));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** It drops now and then only; a drop of another hour says little of these failures. */
    private static void drops(
            Matter matter, List<KernelEvent.ConntrackFull> drops, Argument argument) {
        Optional<KernelEvent.ConntrackFull> during =
                drops.stream().filter(d -> isDuring(matter, d)).findFirst();
        during.or(() -> drops.stream().findFirst())
                .ifPresent(
                        d ->
                                argument.because(
                                        during.isPresent() ? DECISIVE : WEAK,
                                        matter.scene()
                                                .sighting(
                                                        d,
                                                        "the kernel dropped packets at %s: nf_conntrack: table full"
                                                                .formatted(
                                                                        matter.scene()
                                                                                .clock(d.at())))));
    }

    private static boolean isDuring(Matter matter, KernelEvent.ConntrackFull drop) {
        return matter.first().isEmpty()
                || (!drop.at().isBefore(matter.first().get().minus(AROUND))
                        && !drop.at().isAfter(matter.last().orElseThrow().plus(AROUND)));
    }

    /** Packets were dropped a moment ago, and most of the table is free: it was another's table. */
    private static boolean isTooEmpty(Matter matter, ConntrackTable table) {
        Instant recently = matter.scene().snapshot().at().minus(STAYS);
        return table.count() < table.max() / 2
                && matter.last().filter(last -> last.isAfter(recently)).isPresent();
    }

    /** The table may have drained since; a full one now is next to the drop itself. */
    private static void weigh(Matter matter, ConntrackTable table, Argument argument) {
        String text = "it holds %d of %d entries".formatted(table.count(), table.max());
        if (isNearlyFull(table)) {
            argument.because(STRONG, matter.scene().sighting(table, text));
        } else if (matter.first().isEmpty() || isTooEmpty(matter, table)) {
            argument.against(STRONG, matter.scene().sighting(table, text));
        } else {
            argument.against(WEAK, matter.scene().sighting(table, text + " now"));
        }
    }
}
