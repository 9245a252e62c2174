package dev.gatemend.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.NginxConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The corpus of real configurations beside the project: all of it parses and prints back, and
 * spoilt copies are refused where nginx refuses them. Run by {@code ./check} where the corpus is.
 */
class ConfigurationSharedCheck {
    private static final long SEED = 502L;

    @TempDir private Path directory;

    private static List<Path> corpus() throws IOException {
        Path shared = Path.of(System.getProperty("gatemend.shared", ""));
        try (Stream<Path> files = Files.list(shared.resolve("corpus/nginx-conf"))) {
            return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
        }
    }

    @Test
    void everyConfigurationParsesAndPrintsBack() throws IOException {
        for (Path file : corpus()) {
            byte[] bytes = Files.readAllBytes(file);
            Parsed parsed = ConfigurationParser.parse(file.toString(), bytes);

            assertThat(parsed.problem()).as("%s", file).isEmpty();
            assertThat(parsed.tree().print()).as("%s", file).isEqualTo(bytes);
        }
        assertThat(corpus()).hasSizeGreaterThan(200);
    }

    @Test
    void everyConfigurationHasAView() throws IOException {
        for (Path file : corpus()) {
            NginxConfiguration view =
                    MemoryFiles.of(Files.readString(file, StandardCharsets.UTF_8))
                            .view(MemoryFiles.NEW);

            assertThat(view.problems())
                    .as("%s", file)
                    .noneMatch(
                            problem -> problem.fatal() && !problem.message().startsWith("open()"));
        }
    }

    @Test
    void spoiltConfigurationsAreRefusedWhereNginxRefusesThem() throws IOException {
        NginxOracle oracle = new NginxOracle(directory);
        Random random = new Random(SEED);
        List<Path> files = corpus();
        int refusals = 0;
        for (int i = 0; i < 400; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] mutant = Mutants.spoil(Files.readAllBytes(file), random);
            String name = "seed " + SEED + ", mutant " + i + " of " + file.getFileName();

            refusals += Mutants.compare(oracle, mutant, name) ? 1 : 0;
        }
        assertThat(refusals).as("syntax refusals").isGreaterThan(100);
    }
}
