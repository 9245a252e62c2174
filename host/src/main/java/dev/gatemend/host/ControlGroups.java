package dev.gatemend.host;

import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.TaskLimit;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The limits that nginx and whoever listens where it dials run into: of their control groups, and
 * of processes for their user.
 */
public final class ControlGroups implements Observer {
    private static final int MOST_PROCESSES = 64;
    private static final int MOST_GROUPS = 64;
    private static final long MOMENT_MILLIS = 500;

    /** Counting a user's tasks costs a look at every process; few run with a limit so low. */
    private static final long LOW_LIMIT = 8_192;

    private static final Pattern MAX_PROCESSES = Pattern.compile("Max processes\\s+(\\d{1,10})\\s");
    private static final Pattern TASKS = Pattern.compile("(?m)^Threads:\\s+(\\d{1,7})$");
    private static final Pattern REAL_USER = Pattern.compile("(?m)^Uid:\\s+(\\d{1,10})\\s");

    ControlGroups() {}

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public void look(Look look) throws InterruptedException {
        ProcessFiles files = new ProcessFiles(look.host().proc());
        List<Integer> pids = pids(look);
        Map<GroupFiles, Set<Integer>> groups = new LinkedHashMap<>();
        for (int pid : pids) {
            GroupFiles.of(look.host().root(), files.text(pid, "cgroup").orElse(""))
                    .forEach(g -> groups.computeIfAbsent(g, _ -> new TreeSet<>()).add(pid));
        }
        limited(look, groups);
        for (int pid : pids) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            limit(files, pid, look);
        }
    }

    /** Throttling is counted for as long as the groups exist; whether it goes on shows a moment. */
    private static void limited(Look look, Map<GroupFiles, Set<Integer>> groups)
            throws InterruptedException {
        Map<GroupFiles, String> before = new LinkedHashMap<>();
        groups.keySet().stream()
                .filter(GroupFiles::limitsAnything)
                .limit(MOST_GROUPS)
                .forEach(g -> before.put(g, g.cpuStatistics()));
        boolean quota = before.keySet().stream().anyMatch(g -> g.milliCpus().isPresent());
        if (quota && look.host().live()) {
            Thread.sleep(MOMENT_MILLIS);
        }
        before.forEach(
                (group, statistics) ->
                        look.add(
                                group.read(statistics, groups.getOrDefault(group, Set.of())),
                                group.directories()));
    }

    private static List<Integer> pids(Look look) {
        PeersNamed peers = PeersNamed.of(look);
        Stream<Integer> owners =
                look.facts(SocketTable.class)
                        .flatMap(t -> t.listeners().stream())
                        .filter(l -> !peers.among(Stream.of(l.address().toString())).isEmpty())
                        .map(Listener::pids)
                        .flatMap(List::stream);
        Stream<Integer> started =
                look.facts(ProcessState.class)
                        .filter(p -> !peers.in(p.command()).isEmpty())
                        .map(ProcessState::pid);
        Set<Integer> pids = new LinkedHashSet<>();
        look.facts(NginxMaster.class).forEach(m -> pids.add(m.pid()));
        Stream.concat(owners, started).limit(MOST_PROCESSES).forEach(pids::add);
        return List.copyOf(pids);
    }

    private static void limit(ProcessFiles files, int pid, Look look) {
        Matcher most = MAX_PROCESSES.matcher(files.text(pid, "limits").orElse(""));
        Matcher user = REAL_USER.matcher(files.text(pid, "status").orElse(""));
        if (most.find() && user.find() && Long.parseLong(most.group(1)) <= LOW_LIMIT) {
            String uid = user.group(1);
            if (!uid.equals("0")) {
                look.add(
                        new TaskLimit(
                                pid,
                                Integer.parseUnsignedInt(uid),
                                Long.parseLong(most.group(1)),
                                tasksOf(files, uid)),
                        "/proc/%d/limits; ps -L -U %s | wc -l".formatted(pid, uid));
            }
        }
    }

    private static long tasksOf(ProcessFiles files, String uid) {
        try {
            return files.pids().stream()
                    .map(pid -> files.text(pid, "status").orElse(""))
                    .filter(
                            status -> {
                                Matcher user = REAL_USER.matcher(status);
                                return user.find() && user.group(1).equals(uid);
                            })
                    .mapToLong(
                            status -> {
                                Matcher tasks = TASKS.matcher(status);
                                return tasks.find() ? Long.parseLong(tasks.group(1)) : 0;
                            })
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
