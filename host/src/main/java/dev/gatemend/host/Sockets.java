package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.SocketTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who listens: in our own network namespace and in each that an nginx stands in. */
public final class Sockets implements Observer {
    private static final int MOST_NAMESPACES = 64;

    Sockets() {}

    @Override
    public String name() {
        return "sockets";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(6);
    }

    /** The listeners of a namespace, and what they were read from. */
    private record Table(long namespace, List<Listener> listeners, String how) {}

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        ProcessFiles files = new ProcessFiles(look.host().proc());
        List<Table> tables = new ArrayList<>();
        tables.add(own(look, files));
        for (int pid : others(look, files)) {
            try {
                tables.add(of(look, files, pid));
            } catch (IOException e) {
                look.couldNotLook("the network of process " + pid + ": " + Because.of(e));
            }
        }
        Set<Long> inodes =
                tables.stream()
                        .flatMap(t -> t.listeners().stream())
                        .map(Listener::inode)
                        .collect(Collectors.toSet());
        SocketOwners owners = SocketOwners.find(files, inodes);
        for (Table table : tables) {
            look.add(owned(table, owners, files), table.how());
        }
        if (!owners.complete()) {
            look.couldNotLook("which processes hold some of the sockets; run with sudo");
        }
    }

    /** A process to look through for each network that a worker stands in and we do not. */
    private static List<Integer> others(Look look, ProcessFiles files) {
        Map<Object, Integer> others = new LinkedHashMap<>();
        look.facts(NginxMaster.class)
                .map(m -> m.workers().isEmpty() ? m.pid() : m.workers().getFirst())
                .filter(pid -> !files.inOurNetwork(pid))
                .forEach(
                        pid ->
                                files.networkTable(Integer.toString(pid))
                                        .ifPresent(table -> others.putIfAbsent(table, pid)));
        return others.values().stream().limit(MOST_NAMESPACES).toList();
    }

    private static Table own(Look look, ProcessFiles files) throws IOException {
        if (look.host().live()) {
            try {
                return new Table(
                        files.ownNetwork(), SocketDiagnostics.listeners(), "ss -ltnp; ss -lxp");
            } catch (IOException e) {
                look.couldNotLook("backlogs and queues: " + e.getMessage());
            }
        }
        return byFiles(look, files.ownNetwork(), "self");
    }

    private static Table of(Look look, ProcessFiles files, int pid)
            throws IOException, InterruptedException {
        long namespace = files.namespaces(pid).network();
        if (look.host().live() && look.host().privileged()) {
            try {
                List<Listener> listeners =
                        NetworkNamespace.inside(look.host(), pid, SocketDiagnostics::listeners);
                String ss = "nsenter -t " + pid + " -n ss ";
                return new Table(namespace, listeners, ss + "-ltnp; " + ss + "-lxp");
            } catch (IOException e) {
                look.couldNotLook("backlogs in the network of " + pid + ": " + e.getMessage());
            }
        }
        return byFiles(look, namespace, Integer.toString(pid));
    }

    private static Table byFiles(Look look, long namespace, String process) throws IOException {
        Path directory = look.host().proc().resolve(process).resolve("net");
        return new Table(
                namespace,
                new SocketFiles(directory).listeners(),
                directory + "/{tcp,tcp6,unix}, which do not show backlogs");
    }

    private static SocketTable owned(Table table, SocketOwners owners, ProcessFiles files) {
        return new SocketTable(
                table.namespace(),
                table.listeners().stream().map(l -> owned(l, owners.of(l.inode()), files)).toList(),
                owners.complete());
    }

    private static Listener owned(Listener listener, List<Integer> pids, ProcessFiles files) {
        return new Listener(
                listener.address() instanceof Address.Unix unix
                        ? absolute(unix, listener, pids, files)
                        : listener.address(),
                listener.inode(),
                listener.queued(),
                listener.backlog(),
                pids,
                listener.uid(),
                listener.v6Only(),
                listener.boundFile());
    }

    /**
     * A relative path is kept as it was handed to bind(2). It is made absolute where the owner's
     * working directory still leads to the file that was bound.
     */
    private static Address absolute(
            Address.Unix address, Listener listener, List<Integer> pids, ProcessFiles files) {
        if (address.path().startsWith("/") || address.path().startsWith("@")) {
            return address;
        }
        for (int pid : pids) {
            String path = NginxPlaces.join(files.link(pid, "cwd").orElse(""), address.path());
            if (path.startsWith("/") && leadsTo(files, pid, path, listener)) {
                return new Address.Unix(path);
            }
        }
        return address;
    }

    private static boolean leadsTo(ProcessFiles files, int pid, String path, Listener listener) {
        try {
            Object inode = Files.getAttribute(files.of(pid, "root" + path), "unix:ino");
            return listener.boundTo((Long) inode).orElse(false);
        } catch (IOException e) {
            return false;
        }
    }
}
