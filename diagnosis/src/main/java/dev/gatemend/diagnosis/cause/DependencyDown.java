package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Dependency;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Address;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.SystemdUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The application cannot start or serve because something it needs cannot be reached. */
public final class DependencyDown implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "dependency-down",
                    Group.NOTHING_LISTENS,
                    Frequency.OCCASIONAL,
                    "It cannot start or serve because its own database, cache, broker or API is unreachable",
                    """
                    The application needs another service at its start or for each request. While that one is away it \
                    ends, waits, closes connections or answers errors of its own, and nginx can only report those.""",
                    "The application's log names the service, and nobody answers at its address.",
                    List.of(),
                    List.of(
                            "restarting the application: it finds the same service missing",
                            "raising nginx's time-outs: the service stays away"));

    private static final Set<Trouble> TROUBLES =
            Set.of(Trouble.CONNECT, Trouble.CLOSED, Trouble.TIMEOUT, Trouble.UPSTREAM_STATUS);

    /** What was said of which service, if it named one. */
    private record Complaint(Account account, Testimony said, Optional<Dependency> of) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (!TROUBLES.contains(matter.trouble()) || matter.peer().isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<Requirement> requirement =
                Gone.isSo(matter)
                        ? PeerUnit.of(matter)
                                .flatMap(u -> Requirement.of(matter, u).stream())
                                .findFirst()
                        : Optional.empty();
        if (requirement.isPresent()) {
            return argue(matter, requirement.get());
        }
        return Account.of(matter).stream()
                .flatMap(a -> complaint(matter, a).stream())
                .findFirst()
                .map(c -> judge(matter, c))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, Requirement requirement) {
        String waiting = requirement.waiting().unit().name();
        String required =
                requirement.required().map(SystemdUnit::name).orElse("a unit that it requires");
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s was not started, because %s failed"
                                        .formatted(waiting, required)));
        Gone.weigh(matter, argument);
        argument.because(DECISIVE, requirement.sighting());
        requirement
                .required()
                .ifPresent(
                        u ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        u,
                                                        "%s is failed (Result=%s)"
                                                                .formatted(u.name(), u.result()))));
        argument.explain(
                "systemd starts %s only together with what it requires, and that could not be started."
                        .formatted(waiting));
        remedies(requirement, waiting, required, argument);
        return argument.judgement();
    }

    private static void remedies(
            Requirement requirement, String waiting, String required, Argument argument) {
        Remedy.Step look =
                requirement
                        .required()
                        .map(u -> Steps.journal(u.name(), "says why it failed"))
                        .orElseGet(
                                () ->
                                        new Remedy.Step(
                                                Shell.command(
                                                        "systemctl", "list-dependencies", waiting),
                                                "shows which of them failed"));
        argument.now(
                "mend " + required + ", and start " + waiting,
                Risk.LOW,
                look,
                Steps.systemctl("start", waiting, "what it requires is started with it"));
        argument.toStay(
                "Restart=on-failure in the unit that failed, so that it comes back by itself",
                Risk.LOW);
        argument.next(look.command(), look.explanation());
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    private static Optional<Complaint> complaint(Matter matter, Account account) {
        Optional<Testimony> said =
                Gone.isSo(matter)
                        ? account.standing(Words.DEPENDENCY).filter(t -> Gone.concerns(matter, t))
                        : account.lines().reversed().stream()
                                .filter(t -> t.is(Words.DEPENDENCY) && isThen(matter, t))
                                .findFirst();
        return said.map(t -> new Complaint(account, t, named(account, t)))
                .filter(c -> c.of().filter(d -> isPeer(matter, d)).isEmpty());
    }

    /** Exceptions are told in several lines, of which one names the service. */
    private static Optional<Dependency> named(Account account, Testimony said) {
        return Dependency.in(said.text())
                .or(
                        () ->
                                account.lines().reversed().stream()
                                        .filter(t -> t.is(Words.DEPENDENCY))
                                        .flatMap(t -> Dependency.in(t.text()).stream())
                                        .findFirst());
    }

    private static boolean isThen(Matter matter, Testimony said) {
        return matter.first().isPresent()
                && matter.last().isPresent()
                && said.within(matter.first().get(), matter.last().get());
    }

    private static boolean isPeer(Matter matter, Dependency dependency) {
        return matter.tcpPeer().filter(p -> p.port() == dependency.port()).isPresent();
    }

    private static Judgement judge(Matter matter, Complaint complaint) {
        Optional<SocketTable> table = PeerSide.of(matter).map(PeerSide::table);
        boolean local =
                table.isPresent()
                        && complaint.of().filter(d -> d.isLocal() && d.port() > 0).isPresent();
        if (local && isServed(table.get(), complaint.of().get().port())) {
            return Judgement.ruledOut(
                    "somebody listens on %s, which its log complained of"
                            .formatted(complaint.of().get().address()));
        }
        return argue(matter, complaint, local ? table : Optional.empty());
    }

    private static boolean isServed(SocketTable table, int port) {
        return table.listeners().stream()
                .anyMatch(l -> l.address() instanceof Address.Tcp tcp && tcp.port() == port);
    }

    private static Judgement argue(
            Matter matter, Complaint complaint, Optional<SocketTable> seenEmpty) {
        boolean gone = Gone.isSo(matter);
        String service =
                complaint
                        .of()
                        .map(d -> "%s (%s)".formatted(d.address(), d.kind()))
                        .orElse("a service it needs");
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "the application of %s cannot reach %s"
                                        .formatted(matter.peerText(), service)));
        Gone.weighOrLogged(matter, argument);
        // That nobody listens any more bears the words out.
        argument.because(gone ? STRONG : MODERATE, complaint.said().sighting());
        seenEmpty.ifPresent(
                table ->
                        argument.because(
                                table.complete() ? DECISIVE : STRONG,
                                matter.scene()
                                        .sighting(
                                                table,
                                                "nobody listens on %s either"
                                                        .formatted(
                                                                complaint
                                                                        .of()
                                                                        .orElseThrow()
                                                                        .address()))));
        argument.explain(
                "%s says that it could not connect to %s; without it, it does not serve."
                        .formatted(complaint.account().who(), service));
        remedies(complaint, service, argument);
        return argument.judgement();
    }

    private static void remedies(Complaint complaint, String service, Argument argument) {
        Optional<Dependency> named =
                complaint.of().filter(d -> !d.host().isEmpty() && d.port() > 0);
        Remedy.Step check =
                named.map(
                                d ->
                                        d.isLocal()
                                                ? new Remedy.Step(
                                                        Shell.command(
                                                                "sudo",
                                                                "ss",
                                                                "-ltnp",
                                                                "sport = :" + d.port()),
                                                        "shows whether anybody listens there")
                                                : new Remedy.Step(
                                                        Shell.command(
                                                                "nc",
                                                                "-vz",
                                                                d.host(),
                                                                Integer.toString(d.port())),
                                                        "shows whether it answers, from the application's host"))
                        .orElseGet(() -> Steps.edit("read in its log which service that is"));
        argument.now("bring back " + service, Risk.LOW, check);
        argument.toStay(
                "let the application wait for it and try again instead of ending; start it after that service",
                Risk.MEDIUM);
        argument.next(
                check.command().isEmpty() ? "ss -ltnp" : check.command(), check.explanation());
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
