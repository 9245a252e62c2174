package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes the same fault under each {@link Watcher}, on hosts of their own side by side, and measures
 * what clients have of it. Nothing is diagnosed.
 */
public final class ComparisonRun {
    /** An outage that is not over by then is not followed any longer. */
    public static final Duration BOUND = Duration.ofSeconds(90);

    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(200);

    /** A client that has waited so long for an answer is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private ComparisonRun() {}

    /** Says whether this can be played: by an operator, a restart could be right or wrong. */
    public static boolean concerns(Scenario scenario) {
        return scenario.restart().isPresent();
    }

    /** What to get before it can be played; empty when all is there. */
    public static Optional<String> missing(Scenario scenario) throws InterruptedException {
        return LabRun.missing(scenario, Optional.empty())
                .or(
                        () ->
                                SystemdHost.root()
                                        .filter(root -> !hasMonit(root))
                                        .map(
                                                _ ->
                                                        "monit: the hosts' root has none; remove it"
                                                                + " and make it anew with"
                                                                + " scripts/systemd-root.sh of a"
                                                                + " clone"));
    }

    private static boolean hasMonit(Path root) {
        return Files.isExecutable(root.resolve("usr/bin/monit"));
    }

    /**
     * Plays one scenario under all watchers.
     *
     * @throws CannotPlay when this machine does not let it be played
     * @throws IOException when the fault did not come to be
     */
    public static Comparison run(Scenario scenario) throws IOException, InterruptedException {
        List<Callable<Aftermath>> plays = new ArrayList<>();
        for (Watcher watcher : Watcher.values()) {
            plays.add(() -> under(watcher, scenario));
        }
        List<Aftermath> aftermaths = new ArrayList<>();
        try (ExecutorService hosts = Executors.newFixedThreadPool(plays.size())) {
            List<Future<Aftermath>> futures = plays.stream().map(hosts::submit).toList();
            try {
                for (Future<Aftermath> future : futures) {
                    aftermaths.add(future.get());
                }
            } catch (ExecutionException e) {
                throw failure(e);
            } finally {
                hosts.shutdownNow();
            }
        }
        return new Comparison(scenario, aftermaths);
    }

    /** What is no failure of the scenario ends the program, as when that is going down already. */
    private static IOException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException because -> because;
            case RuntimeException because -> throw because;
            case null, default -> new IOException(String.valueOf(e.getCause()), e);
        };
    }

    private static Aftermath under(Watcher watcher, Scenario scenario)
            throws IOException, InterruptedException {
        Path nginx = Need.program("nginx").orElseThrow();
        try (Bench bench = Bench.open(nginx)) {
            return under(watcher, scenario, bench);
        } catch (CannotPlay e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(watcher + ": " + e.getMessage(), e);
        }
    }

    private static Aftermath under(Watcher watcher, Scenario scenario, Bench bench)
            throws IOException, InterruptedException {
        Ask ask = scenario.ask().orElseThrow();
        scenario.setUp().run(bench);
        Await.until("all is well", Await.LONG, () -> bench.ask(ask) == ask.healthy());
        SystemdHost host = bench.systemd().orElseThrow();
        WatchedHost watched = WatchedHost.begin(host, watcher);
        Watching watching = new Watching(new Clients(host, ask), BOUND);
        List<UnitLife> before = host.units();
        List<UnitLife> broken = breakWhileClientsAsk(scenario, bench, watched, watching);
        return watching.follow(
                watcher,
                new Restarts(broken, watcher == Watcher.RESTART_ALWAYS ? before : broken),
                scenario.restart().orElse(List.of()));
    }

    /** What systemd says when it is broken, before anybody who is held learns of it. */
    private static List<UnitLife> breakWhileClientsAsk(
            Scenario scenario, Bench bench, WatchedHost watched, Watching watching)
            throws IOException, InterruptedException {
        AtomicBoolean broken = new AtomicBoolean();
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asking = visitors.submit(() -> askUntil(broken, watching));
            try {
                watched.hold();
                scenario.breaks().run(bench);
            } finally {
                broken.set(true);
            }
            asking.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
        List<UnitLife> units = watched.host().units();
        watched.letGo();
        return units;
    }

    private static boolean askUntil(AtomicBoolean broken, Watching watching)
            throws IOException, InterruptedException {
        while (!broken.get()) {
            watching.askOnce();
        }
        return true;
    }

    /** Clients of a real host. */
    private record Clients(SystemdHost host, Ask request) implements FaultScene {
        private static final int PORT = 80;

        @Override
        public Duration now() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public boolean ask() throws IOException, InterruptedException {
            return host.network().ask(request, PORT, PATIENCE) == request.healthy();
        }

        @Override
        public List<UnitLife> units() throws IOException, InterruptedException {
            return host.units();
        }

        @Override
        public void pause() throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_REQUESTS.toMillis());
        }
    }
}
