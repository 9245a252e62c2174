package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatemend.diagnosis.cause.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFoldersTest {
    private static final String CONTROL =
            """
            story: nothing is wrong
            sites:
              shop.example: |
                location / { root ${HERE}; }
            ask: {url: http://shop.example/page.txt}
            """;

    @TempDir private Path directory;

    @Test
    void areReadOneByOneOrAllOfADirectory() throws IOException {
        Path one = write("control/one", CONTROL);
        write("control/two", CONTROL);

        assertThat(ScenarioFolders.of(one)).extracting(Scenario::id).containsExactly("control/one");
        assertThat(ScenarioFolders.of(directory))
                .extracting(Scenario::id)
                .containsExactly("control/one", "control/two");
    }

    @Test
    void mayHoldFilesForTheirScripts() throws IOException, InterruptedException {
        Files.writeString(write("control/one", CONTROL).resolve("page.txt"), "a page");

        Outcome outcome = LabRun.run(ScenarioFolders.of(directory).getFirst(), (_, _) -> List.of());

        assertThat(outcome.right()).isTrue();
    }

    @Test
    void tellTheMistakesOfAllAtOnce() throws IOException {
        write("control/one", CONTROL.replace("ask", "aks"));
        write("control/two", CONTROL.replace("story", "stroy"));

        assertThatThrownBy(() -> ScenarioFolders.of(directory))
                .hasMessageContaining("control/one/scenario.yaml:5:1: unknown key \"aks\"")
                .hasMessageContaining("control/two/scenario.yaml:1:1: unknown key \"stroy\"");
    }

    @Test
    void areCalledByACauseThereIs() throws IOException {
        write("stale-sokcet/mine", CONTROL);

        assertThatThrownBy(() -> ScenarioFolders.of(directory))
                .hasMessageContaining(
                        "no cause is called \"stale-sokcet\"; did you mean \"stale-socket\"?");
    }

    @Test
    void alsoBreakWhatHasACauseThereIs() throws IOException {
        write(
                "wrong-port/mine",
                """
                story: two things are wrong
                sites:
                  shop.example: return 200;
                break: "true"
                undo: "true"
                ask: {url: http://shop.example/, broken: 502}
                also:
                  - {cause: stale-sokcet, ask: {url: http://blog.example/, broken: 502}}
                repair: [Mend it.]
                """);

        assertThatThrownBy(() -> ScenarioFolders.of(directory))
                .hasMessageContaining(
                        "no cause is called \"stale-sokcet\"; did you mean \"stale-socket\"?");
    }

    @Test
    void sayWhenThereAreNone() {
        assertThatThrownBy(() -> ScenarioFolders.of(directory))
                .hasMessageContaining("no CAUSE/VARIANT/scenario.yaml in it");
    }

    @Test
    void ofThisProgramAreAllNamedByACause() {
        List<String> causes = Causes.all().stream().map(cause -> cause.info().id()).toList();

        assertThat(ScenarioFolders.builtIn())
                .flatExtracting(Scenario::causes)
                .isSubsetOf(causes)
                .isNotEmpty();
    }

    private Path write(String id, String text) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(id));
        Files.writeString(folder.resolve("scenario.yaml"), text);
        return folder;
    }
}
