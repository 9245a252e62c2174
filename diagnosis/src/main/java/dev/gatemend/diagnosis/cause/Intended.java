package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherListener;
import dev.gatemend.diagnosis.OtherListener.Kinship;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.VacantPeers;
import dev.gatemend.model.Address;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What shows that nginx means this very listener. That it belongs to the application's service does
 * not: metrics, control sockets and debuggers bear the same user, directory, unit and name, and
 * speak HTTP as well.
 *
 * @param sole no other listener came or stayed as this one did, and no other peer has lost its own
 */
record Intended(Matter matter, PeerSide side, OtherListener other, boolean sole) {
    private static final Duration JUST_BEFORE = Duration.ofMinutes(2);

    /** The one of the candidates that is the likeliest by its age; the list must not be empty. */
    static Intended among(Matter matter, PeerSide side, List<OtherListener> candidates) {
        PeerHistory history = PeerHistory.of(matter);
        List<OtherListener> ranked =
                candidates.stream().sorted(Comparator.comparingInt(o -> rank(o, history))).toList();
        OtherListener first = ranked.getFirst();
        long alike =
                ranked.stream()
                        .filter(o -> rank(o, history) == rank(first, history))
                        .map(o -> door(o.address()))
                        .distinct()
                        .count();
        return new Intended(
                matter, side, first, alike == 1 && rival(matter, side, first).isEmpty());
    }

    /** Another peer that lost its listener, and whose port is no further away than the peer's. */
    Optional<Address.Tcp> rival() {
        return rival(matter, side, other);
    }

    private static Optional<Address.Tcp> rival(
            Matter matter, PeerSide side, OtherListener listener) {
        if (!(listener.address() instanceof Address.Tcp its) || matter.tcpPeer().isEmpty()) {
            return Optional.empty();
        }
        int own = VacantPeers.distance(matter.tcpPeer().get(), its);
        return VacantPeers.beside(matter, side, its).stream()
                .findFirst()
                .filter(rival -> VacantPeers.distance(rival, its) <= own);
    }

    /** The listener's port is nearer to the rival's than to the peer's own. */
    boolean isNearerTo(Address.Tcp rival) {
        return other.address() instanceof Address.Tcp its
                && matter.tcpPeer()
                        .filter(
                                own ->
                                        VacantPeers.distance(rival, its)
                                                < VacantPeers.distance(own, its))
                        .isPresent();
    }

    private static int rank(OtherListener other, PeerHistory history) {
        return other.cameAfter(history) ? 0 : other.wasThereWhen(history) ? 2 : 1;
    }

    /** A port at the addresses of both families is one door. */
    private static String door(Address address) {
        return address instanceof Address.Tcp tcp
                ? Integer.toString(tcp.port())
                : address.toString();
    }

    /** Something singles it out, so it may be named as the place to dial. */
    boolean isShown() {
        PeerHistory history = PeerHistory.of(matter);
        boolean moved = other.cameAfter(history) || other.wasThereAtLoad(history);
        return (sole && (moved || isMove()))
                || unit().filter(u -> !u.names(other.address())).isPresent()
                || nameStrength().filter(s -> s != WEAK).isPresent()
                || portStrength().filter(s -> s != MODERATE).isPresent()
                || (other.isApplicationServer()
                        && other.kinship() == Kinship.NAMED
                        && other.stage().isEmpty());
    }

    /**
     * Where the log knows no answer: nginx was up already when this came, or its files were edited
     * and loaded while this was there, and the failures followed at once. What was started before
     * nginx and after the last edit tells nothing.
     */
    boolean isMove() {
        PeerHistory history = PeerHistory.of(matter);
        Optional<Instant> loaded = matter.master().flatMap(NginxMaster::workersSince);
        return history.answered().isEmpty()
                && history.retargeted().isEmpty()
                && other.since().isPresent()
                && loaded.filter(l -> isMove(l, other.since().get())).isPresent();
    }

    private boolean isMove(Instant loaded, Instant since) {
        boolean came = since.isAfter(loaded) && isJustBeforeTheFailures(since);
        boolean led =
                written()
                        .filter(w -> since.isBefore(w) && !loaded.isBefore(w.minusSeconds(1)))
                        .filter(this::isJustBeforeTheFailures)
                        .isPresent();
        return came || led;
    }

    /** When a file of the configuration was last edited. */
    private Optional<Instant> written() {
        return matter.configuration().stream()
                .flatMap(c -> c.files().stream())
                .flatMap(f -> f.modified().stream())
                .max(Comparator.naturalOrder());
    }

    /** The log counts whole seconds, and a reload takes one. */
    private boolean isJustBeforeTheFailures(Instant at) {
        return matter.first()
                .filter(first -> at.isBefore(first.plusSeconds(2)))
                .filter(first -> at.isAfter(first.minus(JUST_BEFORE)))
                .isPresent();
    }

    /**
     * The unit that is meant to serve the peer's address by its own words, when it runs and this is
     * its listener. Being called like the peer shows only whose process it is.
     */
    Optional<PeerUnit> unit() {
        return unit(matter, other);
    }

    static Optional<PeerUnit> unit(Matter matter, OtherListener other) {
        Optional<String> unit = other.owner().flatMap(ProcessState::unit);
        return PeerUnit.of(matter)
                .filter(PeerUnit::isSure)
                .filter(u -> u.isRunning() && unit.filter(u.unit().name()::equals).isPresent())
                .findFirst();
    }

    /**
     * What a socket's file name says. One from the same template is the same program's, unless the
     * template is everybody's (app.sock) and the directory another application's.
     */
    Optional<Strength> nameStrength() {
        if (!(other.address() instanceof Address.Unix unix) || matter.unixPeer().isEmpty()) {
            return Optional.empty();
        }
        String own = fileName(matter.unixPeer().get().path());
        String its = fileName(unix.path());
        if (own.equals(its)) {
            boolean answered = PeerHistory.of(matter).answered().isPresent();
            Strength named = answered ? STRONG : DECISIVE;
            return Optional.of(other.kinship() == Kinship.NAMED ? named : WEAK);
        }
        return isOtherVersion() ? Optional.of(STRONG) : Optional.empty();
    }

    /** {@code php7.4-fpm.sock} and {@code php8.2-fpm.sock}. */
    boolean isOtherVersion() {
        return other.address() instanceof Address.Unix unix
                && matter.unixPeer().filter(p -> isOtherVersion(p.path(), unix.path())).isPresent();
    }

    private static boolean isOtherVersion(String own, String its) {
        String unversioned = unversioned(own);
        return !fileName(own).equals(fileName(its))
                && !unversioned.equals(fileName(own))
                && unversioned.equals(unversioned(its));
    }

    /** Only a number with a dot is a version; a bare one may count instances. */
    private static String unversioned(String path) {
        return fileName(path).replaceAll("\\d{1,4}\\.\\d{1,4}", "");
    }

    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * What the dialled port at another address says. On loopback or inside the peer's container
     * nobody else reaches it; on an address of its own it may be another tenant's, who serves his
     * clients there. Nobody keeps tenants apart by family; but between ::1 and 127.0.0.1 the name
     * localhost may lead astray, another story.
     */
    Optional<Strength> portStrength() {
        return matter.tcpPeer()
                .filter(peer -> WrongPort.samePort(other.address(), peer))
                .map(peer -> portStrength(peer, (Address.Tcp) other.address()));
    }

    private Strength portStrength(Address.Tcp peer, Address.Tcp address) {
        boolean named = other.kinship() == Kinship.NAMED;
        if (!side.nginxSide() || (address.isLoopback() && !peer.isLoopback())) {
            return DECISIVE;
        }
        boolean otherFamily = address.isIpv6() != peer.isIpv6();
        if (otherFamily && (address.isWildcard() || address.isLoopback())) {
            return isWritten(peer) ? DECISIVE : MODERATE;
        }
        return named ? STRONG : MODERATE;
    }

    private boolean isWritten(Address.Tcp peer) {
        return matter.upstreams()
                .flatMap(u -> u.peers().stream())
                .anyMatch(p -> p.address().equals(peer));
    }
}
