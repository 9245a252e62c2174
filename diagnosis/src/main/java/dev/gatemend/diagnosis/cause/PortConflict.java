package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another process holds the address that the application, or nginx itself, needs. */
public final class PortConflict implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "port-conflict",
                    Group.NOTHING_LISTENS,
                    Frequency.OCCASIONAL,
                    "The address it needs is held by another process (which may even answer)",
                    """
                    Two processes cannot listen on one address: the second one's bind(2) fails with "Address already in \
                    use" (98), and it ends or tries again. nginx then reaches whoever came first, or nobody, where the \
                    address in dispute is another one that the application needs. nginx itself does not start while \
                    somebody holds its port.""",
                    "The application's log (or nginx's) says that the address is in use, and a process that is not the application's holds it. A socket file without a listener is stale-socket.",
                    List.of(),
                    List.of(
                            "restarting nginx: the other process keeps the address",
                            "restarting the application: it meets the same process again"));

    private static final Pattern PORT =
            Pattern.compile(
                    "(?:\\bport:? |(?:\\d{1,3}(?:\\.\\d{1,3}){3}|]|localhost|\\*|::|'|tcp[46]? ?)(?::|, ))(\\d{2,5})(?!\\d)",
                    Pattern.CASE_INSENSITIVE);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.kind() == Symptom.Kind.NOT_RUNNING && matter.master().isEmpty()) {
            return NginxPortConflict.judge(matter);
        }
        for (Account account :
                matter.peer().isPresent() ? Account.of(matter) : List.<Account>of()) {
            Optional<Testimony> complaint =
                    account.standing(Words.ADDRESS_IN_USE).filter(t -> Gone.concerns(matter, t));
            if (complaint.isPresent()) {
                return judge(matter, account, complaint.get());
            }
        }
        return Judgement.notConcerned();
    }

    private static Judgement judge(Matter matter, Account account, Testimony complaint) {
        Optional<SocketTable> table = PeerSide.of(matter).map(PeerSide::table);
        OptionalInt port = port(complaint.text());
        Optional<Listener> holder = table.flatMap(t -> holder(matter, t, port));
        Optional<ProcessState> owner = holder.flatMap(matter.scene()::owner);
        if (owner.filter(o -> writes(account, o)).isPresent()) {
            return Judgement.ruledOut(
                    "%s (PID %d), whose log says so, holds the address itself by now"
                            .formatted(owner.get().name(), owner.get().pid()));
        }
        if (table.isPresent() && holder.isEmpty() && isUnix(matter, port)) {
            return Judgement.ruledOut("nobody holds the socket " + matter.peerText());
        }
        if (holder.isEmpty() && !Gone.isSo(matter)) {
            return Judgement.notConcerned();
        }
        return argue(matter, account, complaint, holder);
    }

    private static OptionalInt port(String text) {
        Matcher found = PORT.matcher(text);
        int port = 0;
        while (found.find()) {
            port = Integer.parseInt(found.group(1));
        }
        return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** Whoever listens on the port named; where none is named, whoever listens at the peer. */
    private static Optional<Listener> holder(Matter matter, SocketTable table, OptionalInt port) {
        if (port.isEmpty()
                || matter.tcpPeer().filter(p -> p.port() == port.getAsInt()).isPresent()) {
            return PeerSide.of(matter).flatMap(s -> s.listener(matter.peer().orElseThrow()));
        }
        return table.listeners().stream()
                .filter(
                        l ->
                                l.address() instanceof Address.Tcp tcp
                                        && tcp.port() == port.getAsInt())
                .findFirst();
    }

    private static boolean isUnix(Matter matter, OptionalInt port) {
        return port.isEmpty() && matter.unixPeer().isPresent();
    }

    private static boolean writes(Account account, ProcessState owner) {
        return account.pids().contains(owner.pid())
                || account.pids().contains(owner.parent())
                || owner.unit().filter(account.who()::equals).isPresent();
    }

    private static Judgement argue(
            Matter matter, Account account, Testimony complaint, Optional<Listener> holder) {
        Optional<ProcessState> owner = holder.flatMap(matter.scene()::owner);
        String address =
                holder.map(l -> l.address().toString())
                        .orElseGet(
                                () ->
                                        port(complaint.text()).isPresent()
                                                ? "port " + port(complaint.text()).getAsInt()
                                                : "an address it needs");
        String who = who(holder, owner);
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s holds %s, so the application of %s cannot"
                                        .formatted(who, address, matter.peerText())));
        Gone.weighOrLogged(matter, argument);
        // Words alone are a hint; that nobody listens, or somebody else does, bears them out.
        argument.because(STRONG, complaint.sighting());
        holder.ifPresentOrElse(
                l ->
                        argument.because(
                                DECISIVE, "sockets", who + " listens on " + address, "ss -ltnxp"),
                () ->
                        argument.missing("sockets", "who holds " + address)
                                .next("sudo ss -ltnxp", "shows who holds the address"));
        argument.explain(
                "%s tried to listen and was refused the address: %s was there first."
                        .formatted(account.who(), who));
        remedies(
                owner,
                address,
                PeerUnit.of(matter)
                        .flatMap(u -> UnitEnd.of(matter, u).stream())
                        .findFirst()
                        .map(end -> end.startAgain(matter))
                        .orElse(List.of()),
                argument);
        return argument.judgement();
    }

    private static String who(Optional<Listener> holder, Optional<ProcessState> owner) {
        return owner.map(o -> "%s (PID %d)".formatted(o.name(), o.pid()))
                .orElse(
                        holder.isPresent()
                                ? "a process that is not the application's"
                                : "another process");
    }

    /** Whoever holds the address gives it back, then {@code start}. */
    static void remedies(
            Optional<ProcessState> owner,
            String address,
            List<Remedy.Step> start,
            Argument argument) {
        List<Remedy.Step> steps = new ArrayList<>();
        steps.add(
                new Remedy.Step(
                        owner.map(o -> "ps -o pid,ppid,user,lstart,args -p " + o.pid())
                                .orElse("sudo ss -ltnxp"),
                        "shows what it is, and since when"));
        owner.flatMap(ProcessState::unit)
                .ifPresent(
                        unit ->
                                steps.add(
                                        Steps.systemctl(
                                                "stop", unit, "it gives the address back")));
        steps.addAll(start);
        argument.now(
                "stop the process that holds %s if it is a leftover, else give one of the two another address"
                        .formatted(address),
                Risk.MEDIUM,
                steps.toArray(Remedy.Step[]::new));
        argument.toStay("let one service manager start each of them, and only once", Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
