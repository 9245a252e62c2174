package dev.gatemend.host;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Nginx's error and access logs within the window: the files of the configuration as the master
 * sees them, what it has open though it was deleted, rotated and packed parts, the journal and
 * container runtimes. Read from the end, as much as fits into the time.
 */
public final class Logs implements Observer {
    private static final int MOST_LOGS = 2_000;

    /** Time for all logs together, shared out among those that wait. */
    private static final Duration READING = Duration.ofMillis(1_200);

    private static final Duration LEAST = Duration.ofMillis(100);

    /** Read even when that time is over: a host without a processor to spare is in trouble, too. */
    private static final int ALWAYS = 8;

    private static final Duration DEADLINE = Duration.ofMillis(5_500);

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(6);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        List<LogTarget> targets = LogTargets.of(look).stream().limit(MOST_LOGS).toList();
        long started = System.nanoTime();
        long end = started + READING.toNanos();
        AtomicInteger waiting = new AtomicInteger(targets.size());
        LogReading.Shared shared = LogReading.Shared.of(new LogZones(look, targets));
        // A log on a dead mount holds its thread; the others go on.
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4);
        ExecutorService readers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("log-", 0).factory());
        try {
            Map<LogTarget, Future<Boolean>> running = new LinkedHashMap<>();
            for (LogTarget target : targets) {
                running.put(
                        target,
                        readers.submit(
                                () -> {
                                    int left = waiting.getAndDecrement();
                                    long share = share(end, (left + threads - 1) / threads);
                                    boolean always = targets.size() - left < ALWAYS;
                                    return (share > 0 || always)
                                            && read(
                                                    look,
                                                    target,
                                                    Math.max(share, LEAST.toNanos()),
                                                    shared);
                                }));
            }
            await(look, running, started + DEADLINE.toNanos());
        } finally {
            readers.shutdownNow();
        }
    }

    /** Nanoseconds that one of so many logs may take; 0 when the time is over. */
    private static long share(long endNanos, int logs) {
        long left = endNanos - System.nanoTime();
        return left <= 0 ? 0 : Math.max(LEAST.toNanos(), left / Math.max(1, logs));
    }

    private static boolean read(Look look, LogTarget target, long share, LogReading.Shared shared)
            throws InterruptedException {
        long began = System.nanoTime();
        LogReading reading =
                new LogReading(
                        look,
                        () -> System.nanoTime() - began > share,
                        () -> System.nanoTime() - began > 2 * share,
                        shared);
        try {
            new LogSource(look, reading, target).read();
        } catch (IOException e) {
            look.couldNotLook(Because.of(e));
        }
        return true;
    }

    private static void await(
            Look look, Map<LogTarget, Future<Boolean>> running, long deadlineNanos)
            throws InterruptedException {
        List<String> left = new ArrayList<>();
        for (Map.Entry<LogTarget, Future<Boolean>> one : running.entrySet()) {
            String name = one.getKey().shown();
            try {
                long patience = Math.max(0, deadlineNanos - System.nanoTime());
                if (!one.getValue().get(patience, TimeUnit.NANOSECONDS)) {
                    left.add(name);
                }
            } catch (TimeoutException e) {
                look.couldNotLook(name + " did not answer; is its file system hung?");
            } catch (ExecutionException e) {
                look.couldNotLook(name + ": failed: " + e.getCause());
            }
        }
        if (!left.isEmpty()) {
            look.couldNotLook(
                    left.size()
                            + " logs were left out for lack of time, "
                            + left.getFirst()
                            + " among them");
        }
    }
}
