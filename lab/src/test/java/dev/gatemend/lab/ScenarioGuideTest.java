package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/scenarios.md says. */
class ScenarioGuideTest {
    private static final Path GUIDE = Path.of("../docs/scenarios.md");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

    @Test
    void hasAnExampleThatWorks(@TempDir Path directory) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(directory.resolve("wrong-port/release"));
        Matcher example = EXAMPLE.matcher(Files.readString(GUIDE));
        assertThat(example.find()).isTrue();
        Files.writeString(folder.resolve("scenario.yaml"), example.group(1));

        LabRun.run(ScenarioFolders.of(folder).getFirst(), (_, _) -> List.of());
    }

    @Test
    void explainsEachKeyAndEachNeed() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(ScenarioFile.KEYS).allSatisfy(key -> assertThat(guide).contains("`" + key));
        assertThat(Stream.of(Need.values()).map(Need::toString))
                .filteredOn(need -> !List.of("nginx", "namespace").contains(need))
                .allSatisfy(need -> assertThat(guide).contains("`" + need + "`"));
    }
}
