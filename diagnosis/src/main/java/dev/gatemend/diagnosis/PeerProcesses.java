package dev.gatemend.diagnosis;

import dev.gatemend.model.ControlGroup;
import dev.gatemend.model.Listener;
import dev.gatemend.model.ProcessState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes behind a peer: those that listen there, those that write the application's log, and
 * their children.
 *
 * @param pids of those alive
 * @param names what they are called; of a unit that ended, what its command starts
 */
public record PeerProcesses(Set<Integer> pids, Set<String> names) {
    public PeerProcesses {
        pids = Set.copyOf(pids);
        names = Set.copyOf(names);
    }

    public static PeerProcesses of(Matter matter) {
        Set<Integer> pids = new HashSet<>();
        Set<String> names = new HashSet<>();
        family(matter)
                .forEach(
                        p -> {
                            pids.add(p.pid());
                            pids.addAll(p.children());
                            names.add(p.name());
                        });
        PeerUnit.of(matter)
                .flatMap(u -> u.unit().commands().stream())
                .map(c -> c.split(" ", 2)[0])
                .map(c -> c.substring(c.lastIndexOf('/') + 1))
                .forEach(names::add);
        names.removeIf(n -> n.isEmpty() || Programs.SHELLS.contains(n));
        return new PeerProcesses(pids, names);
    }

    /** The control groups of whoever listens where nginx dials. */
    public static Stream<ControlGroup> controlGroups(Matter matter) {
        List<Integer> pids = matter.listener().map(Listener::pids).orElse(List.of());
        return matter.scene()
                .facts(ControlGroup.class)
                .filter(g -> g.pids().stream().anyMatch(pids::contains));
    }

    private static Stream<ProcessState> family(Matter matter) {
        Stream<Integer> owners = matter.listener().stream().flatMap(l -> l.pids().stream());
        Stream<Integer> writers = Account.of(matter).stream().flatMap(a -> a.pids().stream());
        return Stream.concat(owners, writers)
                .distinct()
                .flatMap(pid -> matter.scene().process(pid).stream());
    }
}
