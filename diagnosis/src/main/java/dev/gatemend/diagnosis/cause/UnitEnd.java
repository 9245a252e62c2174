package dev.gatemend.diagnosis.cause;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.UnitRun;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.SystemdUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the last run of a service ended, where it did not end in order.
 *
 * @param peerUnit the service
 * @param length how long it ran, by systemd's own words in the journal; empty when they are not
 *     there
 * @param served it is known to have answered or listened in that run
 */
record UnitEnd(PeerUnit peerUnit, Optional<Duration> length, boolean served) {
    /** Applications that fail at their start do so within this. */
    private static final Duration SHORTLY = Duration.ofSeconds(20);

    /** systemd.exec(5): exit statuses that systemd gives where it could not execute the program. */
    private static final int FIRST_OWN = 200;

    private static final int LAST_OWN = 243;

    /** SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. */
    private static final Set<Integer> FAULTS = Set.of(4, 6, 7, 8, 11);

    private static final Set<String> FAILURES =
            Set.of(
                    "exit-code",
                    "signal",
                    "core-dump",
                    "protocol",
                    "timeout",
                    "resources",
                    "start-limit-hit",
                    "watchdog");

    /** A service that failed, or waits to be started again after it did. */
    static Optional<UnitEnd> of(Matter matter, PeerUnit unit) {
        boolean ended = unit.isFailed() || unit.unit().subState().equals("auto-restart");
        return ended && FAILURES.contains(unit.unit().result())
                ? Optional.of(of(matter, unit, UnitRun.last(matter, unit.unit().name())))
                : Optional.empty();
    }

    private static UnitEnd of(Matter matter, PeerUnit unit, Optional<UnitRun> run) {
        Optional<Instant> started = run.flatMap(UnitRun::started);
        return new UnitEnd(
                unit,
                started.map(start -> Duration.between(start, run.orElseThrow().ended())),
                started.filter(start -> served(matter, unit.unit().name(), start)).isPresent());
    }

    private static boolean served(Matter matter, String unit, Instant start) {
        return PeerHistory.of(matter).answered().filter(start::isBefore).isPresent()
                || Account.of(matter).stream()
                        .filter(a -> a.who().equals(unit))
                        // A master listens before its workers fail to boot.
                        .filter(a -> a.standing(Words.BOOT_FAILED).isEmpty())
                        .flatMap(a -> a.last(Words.LISTENING).stream())
                        .flatMap(t -> t.from().stream())
                        .anyMatch(start::isBefore);
    }

    SystemdUnit unit() {
        return peerUnit.unit();
    }

    /** Its process took a signal; a start limit that was hit hides the result of the last run. */
    boolean bySignal() {
        return unit().result().equals("signal") || unit().result().equals("core-dump");
    }

    boolean faulted() {
        return unit().result().equals("core-dump")
                || (unit().result().equals("signal")
                        && FAULTS.contains(unit().exitStatus().orElse(0)));
    }

    /** Its program, its user or its directory was not there; the application's code never ran. */
    boolean neverExecuted() {
        int status = unit().exitStatus().orElse(0);
        return unit().result().equals("resources")
                || (!bySignal() && status >= FIRST_OWN && status <= LAST_OWN);
    }

    /**
     * systemd refuses more starts for a while once a start limit was hit, unless it is told; and a
     * socket unit that gave up with its service is what has to come back.
     */
    List<Remedy.Step> startAgain(Matter matter) {
        Optional<String> socket =
                PeerUnit.of(matter)
                        .filter(u -> u.isFailed() && u.unit().name().endsWith(".socket"))
                        .map(u -> u.unit().name())
                        .findFirst();
        Remedy.Step start =
                Steps.systemctl("start", socket.orElse(unit().name()), "it listens again");
        return inVain() || socket.isPresent()
                ? List.of(
                        Steps.systemctl(
                                "reset-failed", unit().name(), "forgets the starts in vain"),
                        start)
                : List.of(start);
    }

    /** systemd started it more than once, and it never stayed. */
    boolean inVain() {
        return unit().result().equals("start-limit-hit") || unit().restarts() > 1;
    }

    /** It ended at its start, as far as is known. Empty where the journal does not tell. */
    Optional<Boolean> ranShortly() {
        return length.map(l -> !served && l.compareTo(SHORTLY) < 0);
    }

    Sighting sighting(Matter matter) {
        String status =
                unit().exitStatus().isPresent() ? ", status " + unit().exitStatus().getAsInt() : "";
        String ran = length.map(l -> ", %d s after its start".formatted(l.toSeconds())).orElse("");
        String again =
                unit().restarts() > 0
                        ? ", started again %d times".formatted(unit().restarts())
                        : "";
        return matter.scene()
                .sighting(
                        unit(),
                        "%s: %s%s%s%s; %s"
                                .formatted(
                                        peerUnit.state(matter.scene()),
                                        unit().result(),
                                        status,
                                        ran,
                                        again,
                                        peerUnit.tie(matter.peerText())));
    }
}
