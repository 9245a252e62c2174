package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Setting;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Upstream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One thing that needs an explanation: failures of one trouble at one peer (or at nginx itself), or
 * a standing state. Causes judge it; it holds no verdict.
 *
 * @param scene everything seen
 * @param kind what kind of symptom it will be
 * @param trouble where requests got stuck
 * @param master the nginx concerned; empty when none runs
 * @param installation the nginx that should run and does not
 * @param peer the address nginx dialled, as it stands in the log or, for a latent matter, in the
 *     configuration
 * @param name host name concerned, for troubles with names
 * @param errors the primary error-log groups, earliest first
 * @param echoes consequences: no live upstreams, temporarily disabled
 * @param accesses access-log groups of the same place, failed or not
 */
public record Matter(
        Scene scene,
        Symptom.Kind kind,
        Trouble trouble,
        Optional<NginxMaster> master,
        Optional<NginxInstallation> installation,
        Optional<NginxConfiguration> configuration,
        Optional<Address> peer,
        Optional<String> name,
        List<ErrorGroup> errors,
        List<ErrorGroup> echoes,
        List<AccessGroup> accesses) {
    public Matter {
        errors = errors.stream().sorted(EARLIEST_FIRST).toList();
        echoes = List.copyOf(echoes);
        accesses = List.copyOf(accesses);
    }

    private static final Comparator<ErrorGroup> EARLIEST_FIRST =
            Comparator.comparing((ErrorGroup g) -> g.first().orElse(Instant.MAX));

    /** The same matter with its consequences and the requests it concerns. */
    Matter with(List<ErrorGroup> itsEchoes, List<AccessGroup> itsAccesses) {
        return new Matter(
                scene,
                kind,
                trouble,
                master,
                installation,
                configuration,
                peer,
                name,
                errors,
                itsEchoes,
                itsAccesses);
    }

    /** The first group with this errno. */
    public Optional<ErrorGroup> errno(int errno) {
        return error(g -> g.sample().errno().orElse(-1) == errno);
    }

    /** The first group whose message id begins with {@code prefix}. */
    public Optional<ErrorGroup> message(String prefix) {
        return error(g -> g.id().startsWith(prefix));
    }

    public Optional<ErrorGroup> error(Predicate<ErrorGroup> wanted) {
        return errors.stream().filter(wanted).findFirst();
    }

    /** An error-log group as evidence: the message, how often, since when, and where it stands. */
    public Sighting logged(ErrorGroup group) {
        return Wording.logged(group, scene.snapshot().zone());
    }

    /** How many failures the primary groups count. */
    public long failures() {
        return errors.stream().mapToLong(ErrorGroup::count).sum();
    }

    /** A gateway error, or what this matter is about. */
    boolean isFailure(AccessGroup access) {
        return access.status() >= 500
                || (trouble == Trouble.ABORTED && access.status() == trouble.status());
    }

    private Stream<AccessGroup> failed() {
        return accesses.stream().filter(this::isFailure);
    }

    /** When the trouble began, as far as the logs tell. */
    public Optional<Instant> first() {
        return Stream.concat(
                        errors.stream().map(ErrorGroup::first), failed().map(AccessGroup::first))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    public Optional<Instant> last() {
        return Stream.concat(errors.stream().map(ErrorGroup::last), failed().map(AccessGroup::last))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    /**
     * The upstream group the peer belongs to: by its address as written, or by a name that resolves
     * to it.
     */
    public Optional<Upstream> upstream() {
        return upstreams().findFirst();
    }

    public Stream<Upstream> upstreams() {
        return configuration.stream()
                .flatMap(c -> c.upstreams().stream())
                .filter(u -> peer.filter(p -> Peers.contains(scene, u, p)).isPresent());
    }

    /** Locations whose pass leads to the peer, those that failed first. */
    public Stream<Location> locations() {
        return configuration.stream()
                .flatMap(NginxConfiguration::allLocations)
                .filter(
                        l ->
                                l.pass()
                                        .filter(p -> Peers.leadsTo(p, upstreams().toList()))
                                        .isPresent())
                .sorted(Comparator.comparing(l -> !failedAt(l)));
    }

    private boolean failedAt(Location location) {
        String written = location.match().written();
        return Stream.concat(
                        errors.stream().map(ErrorGroup::location),
                        failed().map(AccessGroup::location))
                .flatMap(Optional::stream)
                .anyMatch(written::equals);
    }

    /** The location that failed, or the first that leads to the peer. */
    public Optional<Location> location() {
        return locations().findFirst();
    }

    public Optional<Pass> pass() {
        return location().flatMap(Location::pass);
    }

    /** A directive in effect at the location that failed. */
    public Optional<Setting> setting(String name) {
        return location().flatMap(l -> l.settings().get(name));
    }

    /** nginx's own verdict on the files on disk, if it was asked. */
    public Optional<ConfigurationVerdict> verdict() {
        return configuration.flatMap(
                c ->
                        scene.facts(ConfigurationVerdict.class)
                                .filter(v -> v.configuration().equals(c.path()))
                                .findFirst());
    }

    public Optional<Address.Tcp> tcpPeer() {
        return peer.filter(Address.Tcp.class::isInstance).map(Address.Tcp.class::cast);
    }

    public Optional<Address.Unix> unixPeer() {
        return peer.filter(Address.Unix.class::isInstance).map(Address.Unix.class::cast);
    }

    /** Network namespace nginx's workers live in; 0 when unknown. */
    public long network() {
        return master.map(m -> m.namespaces().network()).orElse(0L);
    }

    /**
     * The sockets as nginx sees them; empty when they could not be read, and for a unix socket
     * where a text shows a table of TCP alone.
     */
    public Optional<SocketTable> sockets() {
        return scene.sockets(network()).filter(table -> unixPeer().isEmpty() || holdsUnix(table));
    }

    /** systemd alone has a dozen, so that a host's table without any left them out. */
    private boolean holdsUnix(SocketTable table) {
        return !scene.isGiven()
                || table.listeners().stream().anyMatch(l -> l.address() instanceof Address.Unix);
    }

    /**
     * Whoever listens where nginx dials; empty also when the sockets could not be read (see {@link
     * #sockets}).
     */
    public Optional<Listener> listener() {
        return peer.flatMap(p -> sockets().flatMap(t -> Peers.listenerFor(t, p)));
    }

    /**
     * The sockets could be read, the peer's address is one of this host's, and nobody listens
     * there.
     */
    public boolean nobodyListens() {
        return sockets().isPresent()
                && peer.filter(p -> Peers.isHere(scene, network(), p)).isPresent()
                && listener().isEmpty();
    }

    public Optional<ProbeOutcome> probe(PeerProbe.Kind kind) {
        return peer.flatMap(p -> scene.probe(p, kind)).map(PeerProbe::outcome);
    }

    /** The peer takes connections now. */
    public boolean connectsNow() {
        return probe(PeerProbe.Kind.CONNECT)
                .filter(ProbeOutcome.Connected.class::isInstance)
                .isPresent();
    }

    /** The peer as nginx's log writes it, or the empty string. */
    public String peerText() {
        return peer.map(Address::toString).orElse("");
    }
}
