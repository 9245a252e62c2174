package dev.gatemend.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When the machine booted, for telling when a process started.
 *
 * @param at to a hundredth of a second
 */
record Boot(Instant at) {
    /** Ticks of {@code /proc/PID/stat}: USER_HZ is 100 on every Linux the JDK runs on. */
    private static final long MILLIS_A_TICK = 10;

    /**
     * The kernel's {@code btime} lacks the fraction of a second, and a file saved half a second
     * before a reload would look newer than the workers; so it only serves where {@code uptime}
     * cannot be read.
     */
    static Optional<Boot> of(Host host, InstantSource clock) {
        Optional<Boot> byUptime =
                SmallFile.word(host.proc().resolve("uptime"))
                        .flatMap(text -> seconds(text.split(" ", 2)[0]))
                        .map(up -> new Boot(clock.instant().minus(up)));
        return byUptime.or(() -> byBootTime(host));
    }

    Instant started(ProcessStat stat) {
        return at.plusMillis(stat.startTicks() * MILLIS_A_TICK);
    }

    private static Optional<Boot> byBootTime(Host host) {
        return SmallFile.word(host.proc().resolve("stat"))
                .flatMap(text -> text.lines().filter(l -> l.startsWith("btime ")).findFirst())
                .flatMap(line -> seconds(line.substring(6)))
                .map(since -> new Boot(Instant.EPOCH.plus(since)));
    }

    private static Optional<Duration> seconds(String text) {
        return text.matches("\\d{1,12}(\\.\\d{1,3})?")
                ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)))
                : Optional.empty();
    }
}
