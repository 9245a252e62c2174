package dev.gatemend.cli;

import dev.gatemend.lab.Aftermath;
import dev.gatemend.lab.Aftermath.Verdict;
import dev.gatemend.lab.BenchMachine;
import dev.gatemend.lab.Comparison;
import dev.gatemend.lab.Outage;
import dev.gatemend.lab.Scenario;
import dev.gatemend.lab.Scenarios;
import dev.gatemend.lab.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What could have become of two faults. */
final class SampleComparison {
    private static final Scenario MENDED =
            Scenarios.named("stale-socket/systemd-killed").orElseThrow();
    private static final Scenario NOT_MENDED =
            Scenarios.named("socket-permission/systemd-umask").orElseThrow();

    private SampleComparison() {}

    static ComparisonReport report(BenchReport.NotPlayed... notPlayed) {
        return new ComparisonReport(
                new BenchMachine(2, "Linux 6.1.0", List.of("nginx 1.22.1")),
                List.of(
                        new Comparison(
                                MENDED,
                                List.of(
                                        lasting(Watcher.NOBODY, Map.of(), Verdict.NOTHING),
                                        over(Watcher.RESTART_ALWAYS, 120, 1),
                                        over(Watcher.MONIT, 2_340, 2))),
                        new Comparison(
                                NOT_MENDED,
                                List.of(
                                        lasting(Watcher.NOBODY, Map.of(), Verdict.NOTHING),
                                        lasting(Watcher.RESTART_ALWAYS, Map.of(), Verdict.NOTHING),
                                        lasting(
                                                Watcher.MONIT,
                                                Map.of("shop.service", 21, "nginx.service", 1),
                                                Verdict.WRONG)))),
                List.of(notPlayed));
    }

    private static Aftermath over(Watcher watcher, int millis, int times) {
        return new Aftermath(
                watcher,
                new Outage(Duration.ofMillis(millis), true, 30, 12),
                Map.of("shop.service", times),
                Verdict.RIGHT);
    }

    private static Aftermath lasting(
            Watcher watcher, Map<String, Integer> restarted, Verdict verdict) {
        return new Aftermath(
                watcher, new Outage(Duration.ofSeconds(90), false, 300, 300), restarted, verdict);
    }
}
