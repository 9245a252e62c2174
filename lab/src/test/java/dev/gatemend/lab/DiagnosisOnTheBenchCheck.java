package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * One after the other: a diagnosis looks at the whole host, another scenario's listeners included.
 */
class DiagnosisOnTheBenchCheck {
    private static final Optional<Path> NGINX =
            Optional.ofNullable(System.getProperty("gatemend.nginx")).map(Path::of);

    private static final Set<Need> KEEPERS = Set.of(Need.DOCKER, Need.PM2, Need.SUPERVISOR);

    /**
     * Each fault, made for real, is named first and at its place; in a control nothing is wrong.
     * That the fault was there, and gone afterwards, is proved by the run itself; that a bundle of
     * it would be judged the same elsewhere, by {@link Portable}. One scenario alone: {@code
     * -Dgatemend.scenarios=wrong-port/.*}; another nginx: {@code -Dgatemend.nginx=BINARY}, with
     * which a {@link #selection} is played unless scenarios are chosen. One that is not true of
     * this nginx's version is left out, and so are those on a host with systemd where none can be
     * booted.
     */
    @TestFactory
    Stream<DynamicTest> namesWhatIsWrongFirstAndNothingElse()
            throws IOException, InterruptedException {
        Predicate<String> chosen = chosen();
        return Scenarios.with(NGINX.or(() -> Need.program("nginx")).orElseThrow()).stream()
                .filter(scenario -> chosen.test(scenario.id()))
                .filter(DiagnosisOnTheBenchCheck::hasItsHost)
                .filter(DiagnosisOnTheBenchCheck::hasItsKeeper)
                .map(s -> DynamicTest.dynamicTest(s.id(), () -> assertRight(s)));
    }

    @TestFactory
    Stream<DynamicTest> judgesRecordedHostsRightly() {
        return RecordedHost.all().stream()
                .map(host -> DynamicTest.dynamicTest(host.cause(), () -> assertRight(host)));
    }

    private static Predicate<String> chosen() throws IOException {
        String pattern = System.getProperty("gatemend.scenarios", "");
        if (!pattern.isEmpty()) {
            return Pattern.compile(pattern).asMatchPredicate();
        }
        return NGINX.isPresent() ? selection()::contains : _ -> true;
    }

    /**
     * Of most causes one scenario, and the controls, that take a second or two. All were played
     * already with the installed nginx; what another one changes is its words and its defaults, and
     * those show in any variant.
     */
    static List<String> selection() throws IOException {
        try (InputStream in =
                DiagnosisOnTheBenchCheck.class.getResourceAsStream("another-nginx.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    private static boolean hasItsHost(Scenario scenario) {
        return !scenario.needs().contains(Need.SYSTEMD)
                || (NGINX.isEmpty() && Need.SYSTEMD.missing().isEmpty());
    }

    /** Whoever keeps an application does so alike for every nginx; {@code ./check} fetches PM2. */
    private static boolean hasItsKeeper(Scenario scenario) {
        return scenario.needs().stream().noneMatch(KEEPERS::contains)
                || (NGINX.isEmpty()
                        && (!scenario.needs().contains(Need.PM2) || Need.PM2.missing().isEmpty()));
    }

    private static void assertRight(RecordedHost host) throws IOException {
        List<Diagnosis> diagnoses = new Diagnostician(Causes.all()).diagnose(host.snapshot());

        assertThat(diagnoses).hasSize(1);
        assertThat(diagnoses.getFirst().verdict().map(Finding::cause)).contains(host.cause());
        assertThat(diagnoses.getFirst().symptom().sites()).containsExactly("shop.example");
    }

    private static void assertRight(Scenario scenario) throws IOException, InterruptedException {
        try {
            Outcome outcome = LabRun.run(scenario, new Portable(NGINX), NGINX);
            System.out.println(outcome.summary());
            assertThat(outcome.complaints()).as(outcome.details()).isEmpty();
        } catch (CannotPlay e) {
            // Reported as skipped, which {@code ./check} shows, and with CI=true counts as failed.
            System.out.println("%-46s SKIPPED: %s".formatted(scenario.id(), e.getMessage()));
            throw new TestAbortedException(e.getMessage(), e);
        }
    }
}
