package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.LocalPorts;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.WorkerConnections;
import dev.gatemend.model.WorkerConnections.Outgoing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What whoever listens where nginx dials is connected to, and how many local ports nginx's network
 * has in use towards each address.
 */
public final class Connections implements Observer {
    private static final int MOST_PROCESSES = 256;
    private static final int MOST_OUTGOING = 32;
    private static final int MOST_REMOTES = 32;

    Connections() {}

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        if (!look.host().live()) {
            return;
        }
        Map<Long, Integer> pidOfNetwork = new LinkedHashMap<>();
        look.facts(NginxMaster.class)
                .forEach(m -> pidOfNetwork.putIfAbsent(m.namespaces().network(), m.pid()));
        for (Map.Entry<Long, Integer> network : pidOfNetwork.entrySet()) {
            Seen seen =
                    NetworkNamespace.inside(
                            look.host(), network.getValue(), () -> Seen.now(look.host()));
            workers(look, network.getKey(), seen);
            seen.range()
                    .ifPresent(
                            range ->
                                    look.add(
                                            ports(network.getKey(), range, seen.inet()),
                                            "ss -tan; sysctl net.ipv4.ip_local_port_range"));
        }
    }

    /** All connections of one network. */
    private record Seen(
            List<Connection.Inet> inet, List<Connection.Unix> unix, Optional<PortRange> range) {
        static Seen now(Host host) throws IOException {
            return new Seen(
                    SocketDiagnostics.connections(),
                    SocketDiagnostics.unixConnections(),
                    SmallFile.word(host.proc().resolve(Path.of("sys/net/ipv4/ip_local_port_range")))
                            .flatMap(text -> PortRange.parse(text.replaceAll("\\s+", "-"), "-")));
        }
    }

    private static void workers(Look look, long network, Seen seen) throws InterruptedException {
        Map<Integer, Set<Address>> serving = serving(look, network);
        Map<Long, Connection.Unix> ends = new HashMap<>();
        seen.unix().forEach(e -> ends.put(e.inode(), e));
        Map<Long, Connection.Inet> inet = new HashMap<>();
        seen.inet().forEach(c -> inet.put(c.inode(), c));
        for (Map.Entry<Integer, Set<Address>> worker :
                serving.entrySet().stream().limit(MOST_PROCESSES).toList()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Optional<OpenFiles> files =
                    OpenFiles.of(
                            look.host()
                                    .proc()
                                    .resolve(Integer.toString(worker.getKey()))
                                    .resolve("fd"));
            files.ifPresent(
                    f ->
                            look.add(
                                    of(
                                            look.host(),
                                            worker.getKey(),
                                            worker.getValue(),
                                            f,
                                            inet,
                                            ends),
                                    "ss -tpn; ss -xp (PID %d)".formatted(worker.getKey())));
        }
    }

    /** Who listens where nginx dials, and where. */
    private static Map<Integer, Set<Address>> serving(Look look, long network) {
        PeersNamed peers = PeersNamed.of(look);
        Map<Integer, Set<Address>> serving = new TreeMap<>();
        look.facts(SocketTable.class)
                .filter(t -> t.networkNamespace() == network)
                .flatMap(t -> t.listeners().stream())
                .filter(l -> !peers.among(Stream.of(l.address().toString())).isEmpty())
                .forEach(l -> add(l, serving));
        return serving;
    }

    private static void add(Listener listener, Map<Integer, Set<Address>> serving) {
        listener.pids()
                .forEach(
                        pid ->
                                serving.computeIfAbsent(pid, _ -> new HashSet<>())
                                        .add(listener.address()));
    }

    private static WorkerConnections of(
            Host host,
            int pid,
            Set<Address> serves,
            OpenFiles files,
            Map<Long, Connection.Inet> inet,
            Map<Long, Connection.Unix> unix) {
        int taken = 0;
        Map<Address, List<Integer>> unreadOf = new LinkedHashMap<>();
        for (long inode : SocketOwners.inodes(files)) {
            Connection.Inet tcp = inet.get(inode);
            Connection.Unix end = unix.get(inode);
            if (tcp != null && isTaken(serves, tcp)) {
                taken++;
            } else if (tcp != null) {
                unreadOf.computeIfAbsent(tcp.remote(), _ -> new ArrayList<>()).add(tcp.unread());
            } else if (end != null && end.name().isPresent()) {
                taken += serves.contains(new Address.Unix(end.name().get())) ? 1 : 0;
            } else if (end != null) {
                dialled(end, unix)
                        .ifPresent(a -> unreadOf.computeIfAbsent(a, _ -> new ArrayList<>()).add(0));
            }
        }
        List<Address> waiting =
                BlockedThreads.waitingOn(host.proc(), pid).stream()
                        .flatMap(fd -> SocketOwners.inode(files, fd).stream())
                        .flatMap(inode -> remote(inode, serves, inet, unix).stream())
                        .toList();
        return new WorkerConnections(pid, taken, outgoing(unreadOf), waiting);
    }

    /** The other end of one that dialled a unix socket is the one with a name. */
    private static Optional<Address> dialled(Connection.Unix end, Map<Long, Connection.Unix> unix) {
        return Optional.ofNullable(unix.get(end.peer()))
                .flatMap(Connection.Unix::name)
                .map(Address.Unix::new);
    }

    private static Optional<Address> remote(
            long inode,
            Set<Address> serves,
            Map<Long, Connection.Inet> inet,
            Map<Long, Connection.Unix> unix) {
        Connection.Inet tcp = inet.get(inode);
        Connection.Unix end = unix.get(inode);
        if (tcp != null) {
            return isTaken(serves, tcp) ? Optional.empty() : Optional.of(tcp.remote());
        }
        return end == null || end.name().isPresent() ? Optional.empty() : dialled(end, unix);
    }

    private static boolean isTaken(Set<Address> serves, Connection.Inet connection) {
        return serves.stream()
                .anyMatch(
                        a ->
                                a instanceof Address.Tcp tcp
                                        && tcp.port() == connection.local().port());
    }

    private static List<Outgoing> outgoing(Map<Address, List<Integer>> unreadOf) {
        return unreadOf.entrySet().stream()
                .map(
                        e ->
                                new Outgoing(
                                        e.getKey(),
                                        e.getValue().size(),
                                        (int) e.getValue().stream().filter(u -> u > 0).count()))
                .sorted(
                        Comparator.comparingInt(Outgoing::count)
                                .reversed()
                                .thenComparing(o -> o.to().toString()))
                .limit(MOST_OUTGOING)
                .toList();
    }

    private static LocalPorts ports(
            long network, PortRange range, List<Connection.Inet> connections) {
        Map<Address.Tcp, List<Connection.Inet>> towards =
                connections.stream()
                        .filter(
                                c ->
                                        c.local().port() >= range.first()
                                                && c.local().port() <= range.last())
                        .collect(Collectors.groupingBy(Connection.Inet::remote));
        List<LocalPorts.Towards> busiest =
                towards.entrySet().stream()
                        .map(
                                e ->
                                        new LocalPorts.Towards(
                                                e.getKey(),
                                                (int)
                                                        e.getValue().stream()
                                                                .map(c -> c.local().port())
                                                                .distinct()
                                                                .count(),
                                                (int)
                                                        e.getValue().stream()
                                                                .filter(Connection.Inet::timeWait)
                                                                .count()))
                        .sorted(
                                Comparator.comparingInt(LocalPorts.Towards::ports)
                                        .reversed()
                                        .thenComparing(t -> t.remote().toString()))
                        .limit(MOST_REMOTES)
                        .toList();
        return new LocalPorts(network, range.first(), range.last(), busiest);
    }
}
