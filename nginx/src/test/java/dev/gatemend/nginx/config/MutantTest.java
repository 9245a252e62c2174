package dev.gatemend.nginx.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spoilt configurations: nginx and the parser refuse them at the same line. */
class MutantTest {
    private static final long SEED = 20_261_121L;

    @TempDir private Path directory;

    @Test
    void spoiltConfigurationsAreRefusedWhereNginxRefusesThem() throws Exception {
        NginxOracle oracle = new NginxOracle(directory);
        Random random = new Random(SEED);
        int refusals = 0;
        for (int i = 0; i < 250; i++) {
            byte[] mutant = Mutants.spoil(Mutants.RICH.getBytes(UTF_8), random);

            refusals += Mutants.compare(oracle, mutant, "seed " + SEED + " mutant " + i) ? 1 : 0;
        }
        assertThat(refusals).as("syntax refusals among the mutants").isGreaterThan(100);
    }

    @Test
    void anyBytesGiveATreeThatPrintsBackOrAProblem() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutant = Mutants.RICH.getBytes(UTF_8);
            int times = 1 + random.nextInt(20);
            for (int k = 0; k < times; k++) {
                mutant = Mutants.spoil(mutant, random);
            }
            Parsed parsed = ConfigurationParser.parse("m.conf", mutant);

            assertThat(parsed.tree().print()).as("seed %d, mutant %d", SEED, i).isEqualTo(mutant);
        }
    }
}
