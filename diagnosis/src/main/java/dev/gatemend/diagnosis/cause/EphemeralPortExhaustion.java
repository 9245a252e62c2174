package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.LocalPorts;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** nginx has a connection to the peer, or one that just ended, on every local port there is. */
public final class EphemeralPortExhaustion implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "ephemeral-port-exhaustion",
                    Group.LIMITS,
                    Frequency.OCCASIONAL,
                    "Local ports towards the peer are used up",
                    """
                    Each connection to a peer takes a local port of net.ipv4.ip_local_port_range (28,232 unless set), and keeps \
                    it for a minute after it was closed (TIME_WAIT). With a new connection for each request some 470 a second \
                    to one address are enough: connect() then fails with errno 99.""",
                    "errno 99 for an IPv4 address, and nearly as many connections to it as there are ports. For an IPv6 address errno 99 means that this host has none: ipv6-unreachable.",
                    List.of(),
                    List.of(
                            "tcp_tw_recycle: it broke clients behind NAT and is gone since Linux 4.12",
                            "raising worker_connections or open files: ports are the kernel's"));

    /** As long as a closed connection keeps its port (TCP_TIMEWAIT_LEN, include/net/tcp.h). */
    private static final Duration TIME_WAIT = Duration.ofSeconds(60);

    private static final double NEARLY = 0.8;
    private static final double FAR = 0.3;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> failure =
                matter.trouble() == Trouble.CONNECT
                        ? matter.errno(Errno.EADDRNOTAVAIL)
                        : Optional.empty();
        boolean otherwise =
                matter.peer()
                        .filter(
                                p ->
                                        !(p instanceof Address.Tcp tcp)
                                                || tcp.isIpv6()
                                                || tcp.isWildcard())
                        .isPresent();
        return failure.isEmpty() || otherwise
                ? Judgement.notConcerned()
                : argue(matter, failure.get());
    }

    private static Judgement argue(Matter matter, ErrorGroup failure) {
        String peer = matter.peer().isPresent() ? matter.peerText() : "the upstream";
        Argument argument =
                Argument.that(
                                "peer:" + matter.peerText(),
                                "nginx has used up its local ports towards " + peer)
                        // connect(2): all ports of the range are in use; of IPv4 nearly its only
                        // sense.
                        .because(STRONG, matter.logged(failure));
        Optional<LocalPorts> ports =
                matter.scene()
                        .facts(LocalPorts.class)
                        .filter(p -> p.networkNamespace() == matter.network())
                        .findFirst();
        ports.ifPresentOrElse(
                p -> weigh(matter, p, argument),
                () -> argument.missing("connections", "how many connections to it there are"));
        argument.explain(
                "Every connection to %s needs a local port%s; when all are taken, also by connections that ended within the last minute, connect() fails at once."
                        .formatted(
                                peer,
                                ports.map(p -> " of %d to %d".formatted(p.first(), p.last()))
                                        .orElse("")));
        remedies(matter, argument);
        return argument.judgement();
    }

    private static void weigh(Matter matter, LocalPorts ports, Argument argument) {
        List<LocalPorts.Towards> towards =
                ports.towards().stream()
                        .filter(t -> matter.tcpPeer().filter(t.remote()::equals).isPresent())
                        .toList();
        int taken = towards.stream().mapToInt(LocalPorts.Towards::ports).sum();
        int closed = towards.stream().mapToInt(LocalPorts.Towards::closed).sum();
        String told =
                "%d of %d local ports have a connection to it, %d of these ended ones (TIME_WAIT)"
                        .formatted(taken, ports.size(), closed);
        if (taken >= ports.size() * NEARLY) {
            argument.because(DECISIVE, matter.scene().sighting(ports, told));
        } else if (taken <= ports.size() * FAR && isRecent(matter)) {
            argument.against(MODERATE, matter.scene().sighting(ports, told));
        }
    }

    private static boolean isRecent(Matter matter) {
        return matter.last()
                .filter(
                        l ->
                                l.isAfter(
                                        matter.scene()
                                                .snapshot()
                                                .at()
                                                .minus(TIME_WAIT.dividedBy(2))))
                .isPresent();
    }

    private static void remedies(Matter matter, Argument argument) {
        argument.now(
                "let nginx use connections again in place of opening one for each request",
                Risk.LOW,
                Steps.edit(
                        "in the upstream block write keepalive 64; and in the location proxy_http_version 1.1; and proxy_set_header Connection \"\";"),
                Steps.reload(matter));
        argument.toStay(
                "give the kernel more ports, or nginx more addresses to dial",
                Risk.LOW,
                new Remedy.Step(
                        "sudo sysctl -w net.ipv4.ip_local_port_range='1024 65535'",
                        "ports that services listen on need net.ipv4.ip_local_reserved_ports then"),
                Steps.edit(
                        "on one host a unix socket needs no ports; else several addresses of the peer in the upstream block"));
        argument.next(
                "ss -tan state time-wait | wc -l; sysctl net.ipv4.ip_local_port_range",
                "shows how many ports wait against how many there are");
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
