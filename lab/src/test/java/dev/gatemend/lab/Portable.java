package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.host.bundle.Bundle;
import dev.gatemend.host.bundle.Redacted;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Diagnoses as the program does, and holds every snapshot to what bundles promise of it. */
final class Portable implements Diagnoser {
    private final InProcess program;

    Portable(Optional<Path> nginx) {
        this.program = new InProcess(nginx);
    }

    @Override
    public List<Diagnosis> diagnose(Bench bench, Duration since)
            throws IOException, InterruptedException {
        Snapshot seen = program.look(bench, since);
        Redacted redacted = Redacted.of(seen);
        List<Diagnosis> diagnoses = judge(redacted.snapshot());
        assertVerdictsAreThoseOf(judge(seen), diagnoses);
        assertThat(carried(redacted)).isEqualTo(redacted.snapshot());
        // Every field of it, so any shape it is shown in has the same bytes.
        assertThat(judge(carried(redacted))).isEqualTo(diagnoses);
        return diagnoses;
    }

    private static List<Diagnosis> judge(Snapshot snapshot) {
        return new Diagnostician(Causes.all()).diagnose(snapshot);
    }

    /** Written down and read again. */
    private static Snapshot carried(Redacted redacted) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Bundle("test", Optional.of(redacted.tally()), redacted.snapshot()).writeTo(bytes);
        return Bundle.readFrom(new ByteArrayInputStream(bytes.toByteArray())).snapshot();
    }

    /** Words may differ by a secret; causes, their weights and places may not. */
    private static void assertVerdictsAreThoseOf(List<Diagnosis> open, List<Diagnosis> redacted) {
        assertThat(redacted).hasSameSizeAs(open);
        for (int i = 0; i < open.size(); i++) {
            assertThat(redacted.get(i).symptom()).isEqualTo(open.get(i).symptom());
            assertThat(weights(redacted.get(i))).isEqualTo(weights(open.get(i)));
        }
    }

    private static List<String> weights(Diagnosis diagnosis) {
        return diagnosis.findings().stream().map(Portable::weight).toList();
    }

    private static String weight(Finding finding) {
        return finding.cause() + " " + finding.probability();
    }
}
