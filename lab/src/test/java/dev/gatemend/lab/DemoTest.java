package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);

    @Test
    void breaksSixThingsAndShowsWhatIsSaidOfEach() throws IOException, InterruptedException {
        Watching eye = new Watching();

        Demo.run(out, eye);

        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("1 of 6", "6 of 6", "verdict 1", "verdict 6");
        assertThat(eye.configurations)
                .hasSize(6)
                .allSatisfy(path -> assertThat(path.getParent()).doesNotExist());
    }

    @Test
    void saysThatItReplaysWhenThereIsNoNginx() throws IOException {
        Demo.replay(out, new Watching(), "no apt-get here");

        assertThat(screen.toString(StandardCharsets.UTF_8))
                .startsWith("There is no nginx here, and none to be had: no apt-get here")
                .contains("recordings", "3 of 3");
    }

    @Test
    void namesEachActAfterACauseAndNeedsNoRoot() {
        assertThat(DemoActs.all())
                .allSatisfy(act -> assertThat(act.needs()).containsExactly(Need.NGINX))
                .allSatisfy(act -> assertThat(act.cause()).isPresent());
    }

    /** Checks that there is something to see, and numbers its verdicts. */
    private static final class Watching implements Demo.Eye {
        private final List<Path> configurations = new ArrayList<>();

        @Override
        public String report(Path configuration, Path nginxBinary) {
            configurations.add(configuration);
            assertThat(configuration.resolveSibling("logs/error.log"))
                    .content()
                    .contains("upstream");
            return "verdict " + configurations.size();
        }

        @Override
        public String report(Snapshot recorded) {
            return "verdict on " + recorded.host();
        }
    }
}
