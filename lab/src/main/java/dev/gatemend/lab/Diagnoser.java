package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The diagnosis under test: the public program, or what it calls. It is asked once a scenario and
 * its answer is final.
 */
@FunctionalInterface
public interface Diagnoser {
    /**
     * Looks at the scenario's nginx, running or not.
     *
     * @param bench on which something is wrong
     * @param since how far back logs are read
     * @return problems, worst first; empty when nothing is wrong
     */
    List<Diagnosis> diagnose(Bench bench, Duration since) throws IOException, InterruptedException;
}
