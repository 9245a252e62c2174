package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SystemdUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A systemd unit that has to do with a peer's address.
 *
 * @param link how that is known
 */
public record PeerUnit(SystemdUnit unit, Link link) {
    /** From the surest to the loosest. */
    public enum Link {
        /** Its process listens there. */
        OWNS,
        /** It names the address or port as one it listens on. */
        LISTENS,
        /** Its command line holds the socket's path or the port. */
        COMMAND,
        /** It is called like the socket or the socket's directory. */
        NAME,
        /** It names no address at all, and its run ended when the failures began. */
        TIME
    }

    private static final int LONGEST_COMMAND = 4096;

    /** Units that have to do with the matter's peer, the surest first; nginx's own is none. */
    public static Stream<PeerUnit> of(Matter matter) {
        Optional<String> nginx = matter.master().flatMap(NginxMaster::unit);
        List<SystemdUnit> others =
                matter.scene()
                        .units()
                        .filter(u -> nginx.filter(u.name()::equals).isEmpty())
                        .toList();
        Optional<String> owner =
                matter.listener().flatMap(matter.scene()::owner).flatMap(ProcessState::unit);
        List<PeerUnit> tied =
                matter.peer().stream()
                        .flatMap(peer -> others.stream().flatMap(u -> tied(u, peer, owner)))
                        .sorted(
                                Comparator.comparing((PeerUnit p) -> p.link())
                                        .thenComparing(p -> !p.unit().name().endsWith(".socket")))
                        .toList();
        return tied.isEmpty()
                ? UnitRun.endedWhenItBegan(matter, others).stream()
                        .map(u -> new PeerUnit(u, Link.TIME))
                : tied.stream();
    }

    private static Stream<PeerUnit> tied(SystemdUnit unit, Address peer, Optional<String> owner) {
        return owner.filter(unit.name()::equals).isPresent()
                ? Stream.of(new PeerUnit(unit, Link.OWNS))
                : tied(unit, peer).stream();
    }

    private static Optional<PeerUnit> tied(SystemdUnit unit, Address peer) {
        if (unit.listens().stream().anyMatch(l -> names(l, peer))) {
            return Optional.of(new PeerUnit(unit, Link.LISTENS));
        }
        if (unit.commands().stream().anyMatch(c -> mentions(c, peer))) {
            return Optional.of(new PeerUnit(unit, Link.COMMAND));
        }
        return peer instanceof Address.Unix socket && isCalledLike(unit, socket.path())
                ? Optional.of(new PeerUnit(unit, Link.NAME))
                : Optional.empty();
    }

    /** Whether a listening address, as a unit or program writes it, is the peer's. */
    static boolean names(String listens, Address peer) {
        return switch (peer) {
            case Address.Unix unix ->
                    listens.equals(unix.path()) || listens.equals("unix:" + unix.path());
            case Address.Tcp tcp ->
                    listens.equals(Integer.toString(tcp.port()))
                            || Address.parse(listens, 0)
                                    .filter(Address.Tcp.class::isInstance)
                                    .map(Address.Tcp.class::cast)
                                    .filter(a -> a.port() == tcp.port())
                                    .isPresent();
        };
    }

    /** Whether the unit names this address too, as one it listens on or in its command line. */
    public boolean names(Address other) {
        return unit.listens().stream().anyMatch(l -> names(l, other))
                || unit.commands().stream().anyMatch(c -> mentions(c, other));
    }

    /** A bare number is a port only where an option or an address says so. */
    static boolean mentions(String command, Address peer) {
        String text = command.substring(0, Math.min(command.length(), LONGEST_COMMAND));
        return switch (peer) {
            case Address.Unix unix ->
                    Pattern.compile(
                                    "(^|[\\s=:\"'])"
                                            + Pattern.quote(unix.path())
                                            + "($|[\\s\"',:;])")
                            .matcher(text)
                            .find();
            case Address.Tcp tcp ->
                    Pattern.compile(
                                    "(:|\\bport[= ]|\\s-p[= ]?|\\s-l[= ]?|\\s-b[= ]?|runserver |http\\.server )"
                                            + tcp.port()
                                            + "(?![\\d.:])",
                                    Pattern.CASE_INSENSITIVE)
                            .matcher(text)
                            .find();
        };
    }

    /** {@code php8.2-fpm.service} and /run/php/php8.2-fpm.sock; RuntimeDirectory= and its unit. */
    private static boolean isCalledLike(SystemdUnit unit, String path) {
        String base = base(unit.name());
        String[] elements = path.split("/", 32);
        return Arrays.stream(elements)
                .skip(Math.max(0, elements.length - 2))
                .map(PeerUnit::base)
                .anyMatch(base::equals);
    }

    private static String base(String name) {
        return name.replaceAll("\\.(service|socket|sock)$", "");
    }

    /** It is tied to the peer by what it is set up to do, not by a likeness or a coincidence. */
    public boolean isSure() {
        return link.compareTo(Link.NAME) < 0;
    }

    /** Stopped, and nothing says that it failed. */
    public boolean isInactive() {
        return unit.activeState().equals("inactive");
    }

    public boolean isFailed() {
        return unit.activeState().equals("failed");
    }

    /** Its process is alive; a unit that did its work and ended is not. */
    public boolean isRunning() {
        return unit.activeState().equals("active") && !unit.subState().equals("exited");
    }

    /** How the unit is tied to the peer, as the end of a sentence. */
    public String tie(String peer) {
        return switch (link) {
            case OWNS -> "its process listens on " + peer;
            case LISTENS -> "its listening address is " + peer;
            case COMMAND -> "its command names " + peer;
            case NAME -> "it is called like " + peer;
            case TIME -> "its run ended when " + peer + " began to fail";
        };
    }

    /** Its state and its tie to the matter's peer, seen where the unit is. */
    public Sighting sighting(Matter matter) {
        Scene scene = matter.scene();
        return scene.sighting(unit, "%s; %s".formatted(state(scene), tie(matter.peerText())));
    }

    /** {@code app.service is inactive (dead) since 12:01:07}. */
    public String state(Scene scene) {
        return "%s is %s (%s)%s"
                .formatted(
                        unit.name(),
                        unit.activeState(),
                        unit.subState(),
                        unit.since().map(s -> " since " + scene.clock(s)).orElse(""));
    }
}
