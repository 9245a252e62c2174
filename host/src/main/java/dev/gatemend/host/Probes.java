package dev.gatemend.host;

import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether each peer answers, asked from where nginx stands: a TCP connect to all, a TLS handshake
 * where nginx makes one, and {@code HEAD /} for those in trouble only. A {@code --url} is asked for
 * as well.
 */
public final class Probes implements Observer {
    private static final int MOST_PEERS = 500;
    private static final int AT_ONCE = 64;

    /** Of the peers in trouble; one dead application behind 500 sites needs no 500 requests. */
    private static final int MOST_REQUESTS = 32;

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofMillis(4_800);
    private static final Duration LAST_START = Duration.ofMillis(3_500);

    @Override
    public String name() {
        return "probes";
    }

    @Override
    public Duration limit() {
        return LIMIT;
    }

    @Override
    public void look(Look look) throws InterruptedException {
        List<ProbeTarget> targets = bounded(look, ProbeTargets.of(look));
        long started = System.nanoTime();
        AtomicInteger late = new AtomicInteger();
        // Platform threads: a connect to a unix socket with a full queue must block
        // (PeerConnection).
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        AT_ONCE, Thread.ofPlatform().daemon().name("probe-", 0).factory());
        try {
            List<Future<?>> running = new ArrayList<>();
            look.request()
                    .url()
                    .ifPresent(
                            url ->
                                    running.add(
                                            threads.submit(() -> new UrlRequest(look, url).run())));
            for (ProbeTarget target : targets) {
                running.add(threads.submit(() -> probe(look, target, started, late)));
            }
            for (Future<?> one : running) {
                await(look, one);
            }
        } finally {
            threads.shutdownNow();
        }
        if (late.get() > 0) {
            look.couldNotLook(late.get() + " peers were left out for lack of time");
        }
    }

    private static void await(Look look, Future<?> probe) throws InterruptedException {
        try {
            probe.get();
        } catch (ExecutionException e) {
            look.couldNotLook("failed: " + e.getCause());
        }
    }

    private static void probe(Look look, ProbeTarget target, long started, AtomicInteger late) {
        if (System.nanoTime() - started > LAST_START.toNanos()) {
            late.incrementAndGet();
            return;
        }
        Probing probing = new Probing(look, target, started + DEADLINE.toNanos());
        Optional<NginxMaster> master = target.from();
        if (master.isEmpty()) {
            probing.run();
            return;
        }
        try {
            NetworkNamespace.inside(
                    look.host(),
                    master.get().pid(),
                    () -> {
                        probing.run();
                        return true;
                    });
        } catch (IOException e) {
            look.couldNotLook(
                    target.address()
                            + ": cannot enter the network of nginx "
                            + master.get().pid()
                            + " ("
                            + e.getMessage()
                            + "); run with sudo");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<ProbeTarget> bounded(Look look, List<ProbeTarget> all) {
        if (all.size() > MOST_PEERS) {
            look.couldNotLook(
                    "probed "
                            + MOST_PEERS
                            + " of "
                            + all.size()
                            + " peers, those in trouble first");
        }
        List<ProbeTarget> targets = new ArrayList<>();
        for (ProbeTarget target : all.subList(0, Math.min(MOST_PEERS, all.size()))) {
            boolean tooMany = targets.size() >= MOST_REQUESTS && target.troubled();
            targets.add(tooMany ? connectOnly(target) : target);
        }
        return targets;
    }

    private static ProbeTarget connectOnly(ProbeTarget target) {
        Set<ProbeTarget.Wish> none = EnumSet.noneOf(ProbeTarget.Wish.class);
        return new ProbeTarget(
                target.from(),
                target.address(),
                target.tls(),
                target.hostHeader(),
                List.of(),
                none);
    }
}
