package dev.gatemend.host;

import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ShellLoop;
import dev.gatemend.model.SocketTable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The state of the processes that matter: nginx's own, whoever holds a listening socket or was
 * started to listen where nginx passes to, and the parents and children of those.
 */
public final class Processes implements Observer {
    private static final int MOST_PROCESSES = 2_000;

    private static final int MOST_NAMED = 64;

    /** An application server has some hundred workers at most; a fork bomb has more. */
    private static final int MOST_CHILDREN = 256;

    /** The way up to a supervisor is shorter than this. */
    private static final int MOST_ANCESTORS = 16;

    Processes() {}

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        ProcessFiles files = new ProcessFiles(look.host().proc());
        Family family = Family.of(files);
        Set<Integer> wanted = new LinkedHashSet<>();
        look.facts(NginxMaster.class).forEach(m -> family.addAround(m.pid(), wanted));
        look.facts(SocketTable.class)
                .flatMap(table -> table.listeners().stream())
                .map(Listener::pids)
                .flatMap(List::stream)
                .distinct()
                .forEach(pid -> family.addAround(pid, wanted));
        named(look, files, family).forEach(pid -> family.addAround(pid, wanted));
        loops(look, files, family).forEach(pid -> family.addAround(pid, wanted));
        ProcessReading reading = new ProcessReading(look, files, family.children());
        for (int pid : wanted.stream().limit(MOST_PROCESSES).toList()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            reading.read(pid).ifPresent(state -> look.add(state, "/proc/" + pid + "/status"));
        }
        if (wanted.size() > MOST_PROCESSES) {
            look.couldNotLook(
                    wanted.size()
                            - MOST_PROCESSES
                            + " more processes; the limit is "
                            + MOST_PROCESSES);
        }
    }

    /** Those started to serve a peer, by their command line, whether or not they listen yet. */
    private static List<Integer> named(Look look, ProcessFiles files, Family family) {
        PeersNamed peers = PeersNamed.of(look);
        return peers.peers().isEmpty()
                ? List.of()
                : family.parents().keySet().stream()
                        .filter(pid -> pid != ProcessHandle.current().pid())
                        .limit(MOST_PROCESSES)
                        .filter(pid -> !peers.in(String.join(" ", files.arguments(pid))).isEmpty())
                        .limit(MOST_NAMED)
                        .toList();
    }

    /** Shells that start something to serve a peer again and again. */
    private static List<Integer> loops(Look look, ProcessFiles files, Family family) {
        PeersNamed peers = PeersNamed.of(look);
        ShellScripts scripts = new ShellScripts(files, peers);
        List<ShellLoop> loops =
                peers.peers().isEmpty()
                        ? List.of()
                        : family.parents().keySet().stream()
                                .limit(MOST_PROCESSES)
                                .flatMap(pid -> scripts.loop(pid, files.arguments(pid)).stream())
                                .limit(MOST_NAMED)
                                .toList();
        loops.forEach(loop -> look.add(loop, "/proc/" + loop.pid() + "/cmdline"));
        return loops.stream().map(ShellLoop::pid).toList();
    }

    /** Who is whose child. */
    private record Family(Map<Integer, Integer> parents, Map<Integer, List<Integer>> children) {
        static Family of(ProcessFiles files) throws IOException {
            Map<Integer, Integer> parents = new LinkedHashMap<>();
            for (int pid : files.pids()) {
                files.stat(pid).ifPresent(stat -> parents.put(pid, stat.parent()));
            }
            Map<Integer, Set<Integer>> children = new TreeMap<>();
            parents.forEach(
                    (pid, parent) ->
                            children.computeIfAbsent(parent, _ -> new LinkedHashSet<>()).add(pid));
            Map<Integer, List<Integer>> bounded = new HashMap<>();
            children.forEach(
                    (pid, all) -> bounded.put(pid, all.stream().limit(MOST_CHILDREN).toList()));
            return new Family(parents, bounded);
        }

        /** A process, its children, and its ancestors up to but without the first process. */
        void addAround(int pid, Set<Integer> wanted) {
            if (pid <= 1) {
                return;
            }
            wanted.add(pid);
            wanted.addAll(children.getOrDefault(pid, List.of()));
            int ancestor = parents.getOrDefault(pid, 0);
            for (int i = 0; i < MOST_ANCESTORS && ancestor > 1; i++) {
                wanted.add(ancestor);
                ancestor = parents.getOrDefault(ancestor, 0);
            }
        }
    }
}
