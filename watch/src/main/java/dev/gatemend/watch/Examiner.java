package dev.gatemend.watch;

import dev.gatemend.model.Diagnosis;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at the host in full, and judges what is wrong. */
interface Examiner {
    /**
     * Takes up to some seconds.
     *
     * @param configuration that no master serves any more: it is asked why; empty for all that is
     *     there
     */
    Examined examine(Instant now, Optional<Path> configuration) throws InterruptedException;

    /** What came of it. */
    final class Examined {
        private final List<Diagnosis> problems;
        private final byte[] bundle;

        /**
         * @param bundle what was seen, without secrets, packed with gzip
         */
        Examined(List<Diagnosis> problems, byte[] bundle) {
            this.problems = List.copyOf(problems);
            this.bundle = bundle.clone();
        }

        List<Diagnosis> problems() {
            return problems;
        }

        byte[] bundle() {
            return bundle.clone();
        }
    }
}
