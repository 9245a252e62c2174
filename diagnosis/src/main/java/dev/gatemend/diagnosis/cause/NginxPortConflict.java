package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Listen;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SocketTable;
import java.util.List;
import java.util.Optional;

/** nginx does not come up because somebody else listens where it should. */
final class NginxPortConflict {
    private static final String BIND_FAILED = "bind() to ";
    private static final String IN_USE = "(98: Address already in use)";

    private NginxPortConflict() {}

    static Judgement judge(Matter matter) {
        if (matter.scene().isGiven()) {
            return matter.error(NginxPortConflict::saysInUse)
                    .map(complaint -> told(matter, complaint))
                    .orElse(Judgement.notConcerned());
        }
        Optional<NginxInstallation> installation = matter.installation();
        Optional<SocketTable> table = matter.scene().facts(SocketTable.class).findFirst();
        if (installation.isEmpty() || table.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<ErrorGroup> complaint = matter.error(NginxPortConflict::saysInUse);
        Optional<Listener> holder =
                listens(matter).stream()
                        .flatMap(
                                l ->
                                        table.get().listeners().stream()
                                                .filter(held -> excludes(held.address(), l)))
                        .filter(held -> !isNginx(matter, held))
                        .findFirst();
        if (holder.isEmpty()) {
            return complaint.isPresent()
                    ? Judgement.ruledOut("nobody holds nginx's addresses now")
                    : Judgement.notConcerned();
        }
        return argue(matter, installation.get(), holder.get(), complaint);
    }

    private static boolean saysInUse(ErrorGroup group) {
        String message = group.sample().message();
        return message.startsWith(BIND_FAILED) && message.contains(IN_USE);
    }

    private static List<Address> listens(Matter matter) {
        return matter.configuration().stream()
                .flatMap(c -> c.sites().stream())
                .flatMap(s -> s.listens().stream())
                .map(Listen::address)
                .distinct()
                .toList();
    }

    /**
     * Whether bind(2) to the second fails while the first listens: the same port of the same family
     * and one of them on every address (tcp(7), without SO_REUSEPORT on both).
     */
    private static boolean excludes(Address held, Address wanted) {
        if (held.equals(wanted)) {
            return true;
        }
        return held instanceof Address.Tcp a
                && wanted instanceof Address.Tcp b
                && a.port() == b.port()
                && a.isIpv6() == b.isIpv6()
                && (a.isWildcard() || b.isWildcard());
    }

    private static boolean isNginx(Matter matter, Listener listener) {
        return matter.scene().owner(listener).filter(Programs::isNginx).isPresent();
    }

    /** By nginx's word alone, of a host that is not seen: the other may be an nginx as well. */
    private static Judgement told(Matter matter, ErrorGroup complaint) {
        String message = complaint.sample().message();
        int end = Math.max(BIND_FAILED.length(), message.indexOf(" failed"));
        String address = Excerpt.of(message.substring(BIND_FAILED.length(), end), 60);
        Argument argument =
                Argument.that(
                        "nginx:" + address,
                        Excerpt.title("nginx cannot start: somebody else listens on " + address));
        argument.because(DECISIVE, matter.logged(complaint));
        argument.explain(
                "nginx binds its addresses before it serves; another process has %s, perhaps an nginx that runs already."
                        .formatted(address));
        argument.next("sudo ss -ltnp", "shows who listens there");
        PortConflict.remedies(Optional.empty(), address, List.of(Steps.reload(matter)), argument);
        return argument.judgement();
    }

    private static Judgement argue(
            Matter matter,
            NginxInstallation installation,
            Listener holder,
            Optional<ErrorGroup> complaint) {
        Optional<ProcessState> owner = matter.scene().owner(holder);
        String who =
                owner.map(o -> "%s (PID %d)".formatted(o.name(), o.pid()))
                        .orElse("another process");
        Argument argument =
                Argument.that(
                        "nginx:" + installation.configuration(),
                        Excerpt.title(
                                "nginx cannot start: %s holds %s"
                                        .formatted(who, holder.address())));
        argument.becauseLikeRivals(
                STRONG,
                matter.scene()
                        .sighting(
                                installation,
                                "no nginx master runs with " + installation.configuration()));
        argument.because(
                DECISIVE,
                "sockets",
                "%s listens on %s, where nginx should".formatted(who, holder.address()),
                "ss -ltnxp");
        complaint.ifPresent(c -> argument.because(STRONG, matter.logged(c)));
        argument.explain(
                "nginx binds its addresses before it serves; %s has one of them, and nginx ends with \"Address already in use\"."
                        .formatted(who));
        PortConflict.remedies(
                owner, holder.address().toString(), List.of(Steps.reload(matter)), argument);
        return argument.judgement();
    }
}
