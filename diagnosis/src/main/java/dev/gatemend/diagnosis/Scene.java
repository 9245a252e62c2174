package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Fact;
import dev.gatemend.model.FileSystemSpace;
import dev.gatemend.model.FirewallRules;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.SystemdUnit;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A snapshot with the questions causes ask of it. Holds no verdict. Immutable, safe for any number
 * of threads.
 *
 * <p>Every answer may be empty because nobody could look: absence here is never proof of absence on
 * the host, unless the fact that would hold it (a complete {@link SocketTable}, say) is there.
 */
public final class Scene {
    private final Snapshot snapshot;
    private final List<Phrases.Found> phrases;
    private final Set<Integer> saidStatuses;
    private final Map<Integer, ProcessState> processes;
    private final Map<String, SystemdUnit> units;

    public Scene(Snapshot snapshot) {
        this.snapshot = snapshot;
        // The catalogue is read for a text alone: a host has no use for it, and a second to answer
        // in.
        this.phrases = isGiven() ? Phrases.in(snapshot.facts(GivenText.class).toList()) : List.of();
        this.saidStatuses = SaidStatuses.in(snapshot.facts(GivenText.class).toList());
        this.processes = byKey(snapshot.facts(ProcessState.class), ProcessState::pid);
        this.units = byKey(snapshot.facts(SystemdUnit.class), SystemdUnit::name);
    }

    private static <K, F> Map<K, F> byKey(Stream<F> facts, Function<F, K> key) {
        return facts.collect(Collectors.toMap(key, Function.identity(), (first, second) -> first));
    }

    /** What the words of given texts were found to say, whatever the matter. */
    List<Phrases.Found> phrases() {
        return phrases;
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public <F extends Fact> Stream<F> facts(Class<F> kind) {
        return snapshot.facts(kind);
    }

    public List<NginxMaster> masters() {
        return facts(NginxMaster.class).toList();
    }

    public Optional<NginxMaster> master(int pid) {
        return facts(NginxMaster.class).filter(m -> m.pid() == pid).findFirst();
    }

    /** The configuration files a master reads; what it serves may be older. */
    public Optional<NginxConfiguration> configurationOf(NginxMaster master) {
        return facts(NginxConfiguration.class).filter(c -> c.isOf(master)).findFirst();
    }

    /** The configuration behind a log: of its master, or the one given together with it. */
    public Optional<NginxConfiguration> configurationOf(int nginx) {
        return isGiven()
                ? facts(NginxConfiguration.class).findFirst()
                : master(nginx).flatMap(this::configurationOf);
    }

    /** A text was given to be judged: nobody looked at a host. */
    public boolean isGiven() {
        return facts(GivenText.class).findAny().isPresent();
    }

    /** The gateway statuses that a given text speaks of; none of a host. */
    Set<Integer> saidStatuses() {
        return saidStatuses;
    }

    public Stream<ErrorGroup> errors(int nginx) {
        return facts(ErrorGroup.class).filter(g -> g.nginx() == nginx);
    }

    public Stream<AccessGroup> accesses(int nginx) {
        return facts(AccessGroup.class).filter(g -> g.nginx() == nginx);
    }

    /**
     * The listeners a process in this network namespace can reach; empty when they could not be
     * read.
     */
    public Optional<SocketTable> sockets(long networkNamespace) {
        return facts(SocketTable.class)
                .filter(t -> t.networkNamespace() == networkNamespace)
                .findFirst();
    }

    /**
     * The network namespace the snapshot was taken in: of the first table, since the observer of
     * sockets looks at its own first. Empty when no sockets could be read.
     */
    public Optional<SocketTable> ownSockets() {
        return facts(SocketTable.class).findFirst();
    }

    public Optional<ProcessState> process(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    /** The process that holds a listener: the parent where parent and children share it. */
    public Optional<ProcessState> owner(Listener listener) {
        return listener.pids().stream().map(this::process).flatMap(Optional::stream).findFirst();
    }

    public Optional<SystemdUnit> unit(String name) {
        return Optional.ofNullable(units.get(name));
    }

    public Stream<SystemdUnit> units() {
        return facts(SystemdUnit.class);
    }

    /** The unit an owner belongs to, if systemd runs it and could be asked. */
    public Optional<SystemdUnit> unitOf(ProcessState process) {
        return process.unit().flatMap(this::unit);
    }

    public Optional<PathWalk> walk(String path, PathWalk.Purpose purpose) {
        return facts(PathWalk.class)
                .filter(w -> w.path().equals(path) && w.purpose() == purpose)
                .findFirst();
    }

    public Stream<PathWalk> walks(PathWalk.Purpose purpose) {
        return facts(PathWalk.class).filter(w -> w.purpose() == purpose);
    }

    /** Probes of an address, in the order made. */
    public Stream<PeerProbe> probes(Address peer) {
        return facts(PeerProbe.class).filter(p -> p.peer().equals(peer));
    }

    public Optional<PeerProbe> probe(Address peer, PeerProbe.Kind kind) {
        return probes(peer).filter(p -> p.kind() == kind).findFirst();
    }

    public Stream<DnsLookup> lookups(String name) {
        return facts(DnsLookup.class).filter(l -> l.name().equals(name));
    }

    public Stream<FirewallRules> firewall(long networkNamespace) {
        return facts(FirewallRules.class).filter(r -> r.networkNamespace() == networkNamespace);
    }

    /** The file system that holds a path: the longest mount point that is a prefix of it. */
    public Optional<FileSystemSpace> space(String path) {
        return facts(FileSystemSpace.class)
                .filter(s -> isBelow(path, s.mountPoint()))
                .max(Comparator.comparingInt(s -> s.mountPoint().length()));
    }

    private static boolean isBelow(String path, String mountPoint) {
        return mountPoint.equals("/")
                || path.equals(mountPoint)
                || path.startsWith(mountPoint + "/");
    }

    /** Why an observer could not look, if it could not. */
    public Optional<String> couldNotLook(String source) {
        return facts(CouldNotLook.class)
                .filter(c -> c.source().equals(source))
                .map(CouldNotLook::why)
                .findFirst();
    }

    /** A time of day as the host's own logs write it. */
    public String clock(Instant at) {
        return Wording.clock(at, snapshot.zone());
    }

    /** The source word of a fact and how it was obtained, for the evidence column. */
    public Sighting sighting(Fact fact, String text) {
        return snapshot.observationOf(fact)
                .map(
                        o ->
                                new Sighting(
                                        o.source().name(),
                                        text,
                                        Optional.of(o.source().how()),
                                        // Of what a text shows nobody knows when it was so.
                                        isGiven() ? Optional.empty() : Optional.of(o.at())))
                .orElseGet(() -> Sighting.of("snapshot", text, ""));
    }
}
