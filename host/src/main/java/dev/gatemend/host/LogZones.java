package dev.gatemend.host;

import dev.gatemend.host.logs.LogFile;
import dev.gatemend.model.LogDestination;
import dev.gatemend.nginx.log.LogZone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The zone that each master writes its error log in: the one that is asked for, unless its access
 * log shows another, as in a container without the host's zone, under a TZ of its unit's, or when
 * the host's zone was changed after nginx had started. Safe for several threads.
 */
final class LogZones {
    /** Masters of many sites have an access log for each; their clock is one. */
    private static final int MOST_ASKED = 16;

    /** An access log on a dead mount must not keep the error log from being read. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Look look;
    private final List<LogTarget> targets;
    private final Map<Integer, ZoneId> known = new ConcurrentHashMap<>();

    /**
     * @param targets all logs, access logs among them
     */
    LogZones(Look look, List<LogTarget> targets) {
        this.look = look;
        this.targets = List.copyOf(targets);
    }

    ZoneId of(LogTarget errorLog) {
        return errorLog.nginx().isEmpty()
                ? look.request().zone()
                : known.computeIfAbsent(errorLog.pid(), this::ofMaster);
    }

    private ZoneId ofMaster(int pid) {
        ZoneId asked = look.request().zone();
        Instant now = look.request().window().to();
        return inTime(() -> written(pid))
                .filter(offset -> !asked.getRules().getOffset(now).equals(offset))
                .<ZoneId>map(offset -> offset)
                .orElse(asked);
    }

    private static Optional<ZoneOffset> inTime(Callable<Optional<ZoneOffset>> question) {
        FutureTask<Optional<ZoneOffset>> task = new FutureTask<>(question);
        Thread.ofPlatform().daemon().name("log-zone").start(task);
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<ZoneOffset> written(int pid) {
        return targets.stream()
                .filter(t -> !t.error() && t.pid() == pid)
                .limit(MOST_ASKED)
                .flatMap(t -> written(t).stream())
                .findFirst();
    }

    private Optional<ZoneOffset> written(LogTarget access) {
        if (!(access.destination() instanceof LogDestination.File log)) {
            return Optional.empty();
        }
        try {
            Path root = access.root(look.host());
            Path file = root.resolve(RootedPath.real(root, log.path()).substring(1));
            // A FIFO would be emptied, and a device never ends.
            if (!Files.isRegularFile(file) || !isOfTheWindow(file)) {
                return Optional.empty();
            }
            try (LogFile bytes = LogFile.open(file)) {
                return LogZone.of(bytes, access.compiled());
            }
        } catch (IOException e) {
            // Whoever reads the access log itself says why it cannot be read.
            return Optional.empty();
        }
    }

    private boolean isOfTheWindow(Path file) throws IOException {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        return !modified.isBefore(look.request().window().from());
    }
}
