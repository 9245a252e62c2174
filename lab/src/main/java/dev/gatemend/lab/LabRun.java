package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plays a scenario: sets it up, checks that all is well, breaks it, checks that it is broken as
 * meant, has it diagnosed once, undoes the break, and checks that all is well again. So the fault
 * diagnosed is the fault made, and nothing else.
 */
public final class LabRun {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration TO_RECOVER = Duration.ofSeconds(15);

    private LabRun() {}

    /**
     * Plays one scenario.
     *
     * @param nginx to play it with; the installed one when none is given
     * @throws CannotPlay when this machine does not let it be played
     * @throws IOException when the scenario could not be played as written: something it needs is
     *     missing, or the fault did not come to be. That says nothing about the diagnosis.
     */
    public static Outcome run(Scenario scenario, Diagnoser diagnoser, Optional<Path> nginx)
            throws IOException, InterruptedException {
        Optional<String> missing = missing(scenario, nginx);
        if (missing.isPresent()) {
            throw new IOException(scenario.id() + " needs what is not here: " + missing.get());
        }
        return play(scenario, diagnoser, or(nginx).orElseThrow());
    }

    /** Plays one scenario with the installed nginx. */
    static Outcome run(Scenario scenario, Diagnoser diagnoser)
            throws IOException, InterruptedException {
        return run(scenario, diagnoser, Optional.empty());
    }

    private static Optional<Path> or(Optional<Path> nginx) {
        return nginx.or(() -> Need.program("nginx"));
    }

    /** Plays one scenario with this nginx and without asking for anything else. */
    static Outcome play(Scenario scenario, Diagnoser diagnoser, Path nginxBinary)
            throws IOException, InterruptedException {
        try (Bench bench = Bench.open(nginxBinary)) {
            try {
                return play(scenario, diagnoser, bench);
            } catch (IOException e) {
                // A script can only say that a word of its could not be done.
                throw CannotPlay.on(bench).map(IOException.class::cast).orElse(e);
            }
        }
    }

    private static Outcome play(Scenario scenario, Diagnoser diagnoser, Bench bench)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        scenario.setUp().run(bench);
        for (Ask ask : scenario.asks()) {
            expect(scenario, ask, bench, "before the break", Ask::healthy);
        }
        scenario.breaks().run(bench);
        sendTraffic(scenario, bench);
        long asked = System.nanoTime();
        List<Diagnosis> diagnoses = diagnoser.diagnose(bench, WINDOW);
        Duration diagnosing = since(asked);
        Truth truth = bench.truth();
        scenario.undoes().run(bench);
        expectRecovery(scenario, bench);
        return new Outcome(
                scenario,
                diagnoses,
                Judgement.complaints(scenario, truth, diagnoses),
                diagnosing,
                since(started));
    }

    /** What to get before the scenario can be played; empty when all is there. */
    public static Optional<String> missing(Scenario scenario, Optional<Path> nginx)
            throws InterruptedException {
        List<String> missing = new ArrayList<>();
        scenario.needs().stream()
                .sorted()
                .filter(need -> need != Need.NGINX || nginx.isEmpty())
                .forEach(need -> need.missing().ifPresent(how -> missing.add(need + ": " + how)));
        if (scenario.needs().contains(Need.SYSTEMD) && nginx.isPresent()) {
            missing.add("its host has an nginx of its own");
        }
        if (missing.isEmpty() && or(nginx).isPresent()) {
            scenario.versions().against(or(nginx).get()).ifPresent(missing::add);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    /** Reads the status to expect from a request. */
    @FunctionalInterface
    private interface Expected {
        int of(Ask ask);
    }

    private static void sendTraffic(Scenario scenario, Bench bench)
            throws IOException, InterruptedException {
        bench.ask(new Ask("docs.example", "/", 200, 200, 1, List.of(), 0));
        for (Ask ask : scenario.asks()) {
            for (int i = 0; i < ask.times(); i++) {
                expect(scenario, ask, bench, "while broken", Ask::broken);
            }
        }
        scenario.traffic().run(bench);
    }

    private static void expect(
            Scenario scenario, Ask ask, Bench bench, String when, Expected expected)
            throws IOException, InterruptedException {
        int status = bench.ask(ask);
        if (status != expected.of(ask)) {
            throw new IOException(
                    "%s, %s: %s%s got %d, not %d; nginx says: %s"
                            .formatted(
                                    scenario.id(),
                                    when,
                                    ask.site(),
                                    ask.path(),
                                    status,
                                    expected.of(ask),
                                    lastWords(bench)));
        }
    }

    private static String lastWords(Bench bench) throws IOException {
        return bench.nginx().errors().lines().reduce((_, line) -> line).orElse("nothing");
    }

    private static void expectRecovery(Scenario scenario, Bench bench)
            throws IOException, InterruptedException {
        for (Ask ask : scenario.asks()) {
            Await.until(
                    scenario.id() + " is well again",
                    TO_RECOVER,
                    () -> bench.ask(ask) == ask.healthy());
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
