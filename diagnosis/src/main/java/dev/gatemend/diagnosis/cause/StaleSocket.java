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
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Refusal;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.model.Address;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.SocketTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The socket's file stands there and nobody listens on it. */
public final class StaleSocket implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "stale-socket",
                    Group.WRONG_PLACE,
                    Frequency.RARE,
                    "The socket file is there but nobody listens on it",
                    """
                    A process that is killed leaves the file of its unix socket behind; a connect to it is refused (errno \
                    111), and some servers then refuse to start because the address is already in use. A regular file in \
                    place of the socket is refused the same way.""",
                    "The file exists, no listener is bound to it, and a connect is refused.",
                    List.of("app-crash-runtime", "out-of-memory", "app-segfault"),
                    List.of(
                            "chmod on the socket: a connect without the right to it is denied (13), not refused (111)",
                            "restarting nginx: nobody is behind the file"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Address.Unix> peer = matter.unixPeer().filter(u -> !u.path().startsWith("@"));
        Optional<Refusal> refusal = Refusal.of(matter).filter(r -> r.errno() == Errno.ECONNREFUSED);
        if (peer.isEmpty() || refusal.isEmpty()) {
            return Judgement.notConcerned();
        }
        if (matter.listener().isPresent() || matter.connectsNow()) {
            return Judgement.ruledOut("somebody listens on " + peer.get().path());
        }
        Optional<PathStep> file = Refusal.walk(matter).flatMap(Refusal::end);
        if (file.filter(f -> f.kind() == FileKind.MISSING).isPresent()) {
            return Judgement.ruledOut("there is no file at " + peer.get().path());
        }
        return argue(matter, peer.get(), refusal.get(), file);
    }

    private static Judgement argue(
            Matter matter, Address.Unix peer, Refusal refusal, Optional<PathStep> file) {
        boolean regular = file.filter(f -> f.kind() == FileKind.REGULAR).isPresent();
        Argument argument =
                Argument.that("peer:" + matter.peerText(), title(peer, regular))
                        .because(MODERATE, refusal.sighting());
        weighFile(matter, file, argument);
        weighTable(matter, peer, argument);
        weighUnit(matter, argument);
        argument.explain(
                regular
                        ? "%s is a regular file; only a socket with a listener behind it takes connections."
                                .formatted(peer.path())
                        : "The file %s outlived the process that listened on it: it was killed, or ended without tidying up."
                                .formatted(peer.path()));
        remedies(matter, peer, regular, argument);
        return argument.judgement();
    }

    private static String title(Address.Unix peer, boolean regular) {
        String full =
                regular
                        ? "%s is a regular file, not a socket".formatted(peer.path())
                        : "the socket file %s is there, nobody listens on it"
                                .formatted(peer.path());
        return full.length() <= 100 ? full : "nobody listens on the socket file that nginx dials";
    }

    private static void weighFile(Matter matter, Optional<PathStep> file, Argument argument) {
        file.ifPresentOrElse(
                f ->
                        argument.because(
                                // Nothing but a bind makes a socket file, so someone listened once.
                                STRONG,
                                "path",
                                "%s is a %s (%s)"
                                        .formatted(
                                                f.path(),
                                                f.kind() == FileKind.SOCKET
                                                        ? "socket"
                                                        : f.kind()
                                                                        .toString()
                                                                        .toLowerCase(Locale.ROOT)
                                                                + " file",
                                                f.modeAndOwner()),
                                Shell.command("ls", "-li", f.path())),
                () ->
                        argument.missing("path", "what stands at the socket's path")
                                .next(
                                        Shell.command(
                                                "ls",
                                                "-li",
                                                matter.unixPeer().orElseThrow().path()),
                                        "shows whether the file is there and is a socket"));
    }

    private static void weighTable(Matter matter, Address.Unix peer, Argument argument) {
        matter.peer()
                .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.CONNECT))
                .filter(
                        p ->
                                p.outcome() instanceof ProbeOutcome.ConnectFailed f
                                        && f.errno() == Errno.ECONNREFUSED)
                .ifPresent(
                        p ->
                                argument.because(
                                        // The kernel finds the listener by the file, in any
                                        // namespace.
                                        DECISIVE,
                                        matter.scene()
                                                .sighting(p, "a connect to it is refused now")));
        Optional<SocketTable> table = matter.sockets();
        if (table.isEmpty()) {
            argument.missing("sockets", "whether anybody listens on it")
                    .next("sudo ss -lxnp", "shows whether anybody listens on the socket");
            return;
        }
        argument.because(
                absence(matter, table.get()),
                matter.scene().sighting(table.get(), "no listener is bound to " + peer.path()));
        if (sharesWithContainers(matter)) {
            argument.missing(
                    "sockets",
                    "listeners of containers: a socket in a shared directory is not in this table");
        }
    }

    private static Strength absence(Matter matter, SocketTable table) {
        if (sharesWithContainers(matter)) {
            return WEAK;
        }
        return table.complete() ? STRONG : MODERATE;
    }

    /** /proc/net/unix shows one network namespace, while a mounted directory may serve several. */
    private static boolean sharesWithContainers(Matter matter) {
        return matter.master().flatMap(NginxMaster::container).isPresent()
                || matter.scene()
                        .facts(ProcessState.class)
                        .anyMatch(p -> p.container().isPresent());
    }

    /** A unit that failed was ended before it could remove its file. */
    private static void weighUnit(Matter matter, Argument argument) {
        PeerUnit.of(matter)
                .filter(PeerUnit::isFailed)
                .findFirst()
                .ifPresent(
                        u ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(u.unit(), u.state(matter.scene()))));
    }

    private static void remedies(
            Matter matter, Address.Unix peer, boolean regular, Argument argument) {
        Optional<PeerUnit> unit = PeerUnit.of(matter).findFirst();
        Remedy.Step start =
                unit.map(
                                u ->
                                        Steps.systemctl(
                                                "restart",
                                                u.unit().name(),
                                                "it binds the socket anew"))
                        .orElseGet(
                                () ->
                                        Steps.edit(
                                                "start the application that binds " + peer.path()));
        Remedy.Step remove =
                new Remedy.Step(
                        Shell.command("sudo", "rm", peer.path()),
                        regular
                                ? "look at it first: it is an ordinary file"
                                : "nobody listens on it, and some applications do not remove it themselves (address already in use)");
        argument.now("start the application again", Risk.LOW, remove, start);
        argument.toStay(
                "keep the socket in RuntimeDirectory= of the unit, or let systemd hold it with a socket unit",
                Risk.LOW);
        argument.toStay(
                "find out why the process ended; its log and the kernel's say so", Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
