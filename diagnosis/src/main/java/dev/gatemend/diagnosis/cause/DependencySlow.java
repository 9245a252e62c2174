package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Dependency;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Peers;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.WorkerConnections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The application waits for its own database or API, and so runs past a time-out. */
public final class DependencySlow implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "dependency-slow",
                    Group.SLOW_OR_BUSY,
                    Frequency.RARE,
                    "It waits for its own database or API, and so runs past a time-out",
                    """
                    A request is as slow as the slowest thing it needs: a query without an index, a lock, a pool of \
                    connections that is used up, an API that hangs. The application is well and waits; nginx gives up (504), \
                    or the application server ends the worker (502), and in the end all workers wait for the same.""",
                    "Its stacks, its log or the sockets its threads wait on name the service. When that refuses connections or cannot be found it is dependency-down; when nothing points there, slow-upstream-read-timeout.",
                    List.of(),
                    List.of(
                            "raising nginx's time-outs: clients then wait for the same query",
                            "restarting the application: it asks the same service again",
                            "more workers: they would wait for the same service"));

    private static final Set<Trouble> TROUBLES =
            Set.of(Trouble.TIMEOUT, Trouble.CLOSED, Trouble.CONNECT, Trouble.UPSTREAM_STATUS);

    /** Threads of the application that wait for bytes of one address. */
    private record Waiting(Address of, int threads, int holding, WorkerConnections one) {
        String place() {
            String kind =
                    of instanceof Address.Tcp tcp
                            ? new Dependency(tcp.host(), tcp.port()).kind()
                            : kindOfSocket(of.toString());
            return kind.startsWith("a service") ? of.toString() : "%s (%s)".formatted(of, kind);
        }

        private static String kindOfSocket(String path) {
            return path.contains(".PGSQL.")
                    ? "PostgreSQL"
                    : path.contains("mysql") || path.contains("maria")
                            ? "MySQL"
                            : path.contains("redis") ? "Redis" : "a service it needs";
        }
    }

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (!TROUBLES.contains(matter.trouble())
                || (matter.trouble() == Trouble.CONNECT && Overload.failure(matter).isEmpty())) {
            return Judgement.notConcerned();
        }
        Optional<Testimony> said = said(matter);
        Optional<Waiting> waiting = waiting(matter);
        return said.isEmpty() && waiting.isEmpty()
                ? Judgement.notConcerned()
                : argue(matter, said, waiting);
    }

    private static Optional<Testimony> said(Matter matter) {
        return Account.of(matter).stream()
                .flatMap(a -> a.lines().reversed().stream())
                .filter(t -> t.is(Words.DEPENDENCY_SLOW) && Meanwhile.mayBe(matter, t))
                .findFirst();
    }

    private static Optional<Waiting> waiting(Matter matter) {
        List<Integer> pids = matter.listener().map(Listener::pids).orElse(List.of());
        List<WorkerConnections> workers =
                matter.scene()
                        .facts(WorkerConnections.class)
                        .filter(c -> pids.contains(c.pid()) && c.taken() > 0)
                        .toList();
        int holding = workers.stream().mapToInt(WorkerConnections::taken).sum();
        Map<Address, Long> threads =
                workers.stream()
                        .flatMap(w -> w.waiting().stream())
                        .filter(a -> matter.peer().filter(a::equals).isEmpty())
                        .collect(Collectors.groupingBy(a -> a, Collectors.counting()));
        return threads.entrySet().stream()
                .max(
                        Comparator.comparingLong((Map.Entry<Address, Long> e) -> e.getValue())
                                .thenComparing(e -> e.getKey().toString()))
                .map(
                        e ->
                                new Waiting(
                                        e.getKey(),
                                        e.getValue().intValue(),
                                        holding,
                                        workers.stream()
                                                .filter(w -> w.waiting().contains(e.getKey()))
                                                .findFirst()
                                                .orElseThrow()));
    }

    private static Judgement argue(
            Matter matter, Optional<Testimony> said, Optional<Waiting> waiting) {
        String service =
                waiting.map(Waiting::place)
                        .or(
                                () ->
                                        said.flatMap(t -> Dependency.in(t.text()))
                                                .map(Dependency::address))
                        .orElse("a service it needs");
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "the application%s waits for %s"
                                        .formatted(
                                                matter.peer().isPresent()
                                                        ? " behind " + matter.peerText()
                                                        : "",
                                                service)));
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.becauseLikeRivals(MODERATE, matter.logged(g)));
        // A client's library says so only after it has waited.
        said.ifPresent(t -> argument.because(STRONG, t.sighting()));
        waiting.ifPresent(w -> weigh(matter, w, argument));
        if (matter.trouble() == Trouble.UPSTREAM_STATUS) {
            argument.missing("application", "whether that is why it answered an error itself");
        }
        argument.explain(
                "Requests are as slow as %s, which the application asks for each of them."
                        .formatted(service));
        remedies(matter, waiting, argument);
        return argument.judgement();
    }

    private static void weigh(Matter matter, Waiting waiting, Argument argument) {
        boolean most = waiting.threads() * 2 >= waiting.holding();
        argument.because(
                // Some threads wait for a database at any moment; that most do is what a slow one
                // makes.
                most ? STRONG : MODERATE,
                matter.scene()
                        .sighting(
                                waiting.one(),
                                "%d of its threads, which hold %d requests, stand in a system call waiting for bytes from %s"
                                        .formatted(
                                                waiting.threads(),
                                                waiting.holding(),
                                                waiting.of())));
        Optional<Listener> there =
                matter.sockets().flatMap(t -> Peers.listenerFor(t, waiting.of()));
        there.filter(l -> l.queued().orElse(0) > 0)
                .ifPresent(
                        l ->
                                argument.because(
                                        WEAK,
                                        "sockets",
                                        "%d connections wait to be accepted there too"
                                                .formatted(l.queued().orElse(0)),
                                        "ss -ltn"));
        there.flatMap(matter.scene()::owner)
                .filter(ProcessState::stopped)
                .ifPresent(
                        p ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "%s (PID %d), which listens there, is stopped"
                                                                .formatted(p.name(), p.pid()))));
    }

    private static void remedies(Matter matter, Optional<Waiting> waiting, Argument argument) {
        argument.now(
                "see what that service is busy with, and end the query, the lock or the job that holds it up",
                Risk.MEDIUM,
                look(waiting));
        argument.toStay(
                "give each call of the application to it a time-out below nginx's, and its pool a bound; then index, cache or move the work",
                Risk.LOW);
        matter.listener()
                .flatMap(matter.scene()::owner)
                .ifPresent(
                        owner ->
                                argument.next(
                                        "sudo ss -tnp state established | grep pid=" + owner.pid(),
                                        "shows whom it is connected to"));
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    private static Remedy.Step look(Optional<Waiting> waiting) {
        String place = waiting.map(Waiting::place).orElse("");
        if (place.contains("PostgreSQL")) {
            return new Remedy.Step(
                    "sudo -u postgres psql -c \"select pid, now() - query_start as lasting, wait_event_type, state, query from pg_stat_activity where state <> 'idle' order by 2 desc limit 10\"",
                    "the longest queries and what they wait for");
        }
        if (place.contains("MySQL")) {
            return new Remedy.Step("sudo mysql -e 'show full processlist'", "what runs how long");
        }
        if (place.contains("Redis")) {
            return new Remedy.Step("redis-cli slowlog get 10", "the slowest commands");
        }
        return Steps.edit("look at its own log and load");
    }
}
