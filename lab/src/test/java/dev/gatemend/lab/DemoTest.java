package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void breaksSixThingsAndShowsWhatIsSaidOfEach() throws IOException, InterruptedException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        List<Path> configurations = new ArrayList<>();

        boolean shown =
                Demo.run(
                        new PrintStream(screen, true, StandardCharsets.UTF_8),
                        (configuration, _) -> {
                            configurations.add(configuration);
                            assertThat(configuration.resolveSibling("logs/error.log"))
                                    .content()
                                    .contains("upstream");
                            return "verdict " + configurations.size();
                        });

        assertThat(shown).isTrue();
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("1 of 6", "6 of 6", "verdict 1", "verdict 6");
        assertThat(configurations).allSatisfy(path -> assertThat(path.getParent()).doesNotExist());
    }

    @Test
    void namesEachActAfterACauseAndNeedsNoRoot() {
        assertThat(DemoActs.all())
                .allSatisfy(act -> assertThat(act.needs()).containsExactly(Need.NGINX))
                .allSatisfy(act -> assertThat(act.cause()).isPresent());
    }
}
