package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.lab.Calibration;
import dev.gatemend.lab.Claim;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReliabilityPlotTest {
    @Test
    void putsADiscWhereSurenessAndBeingRightMeet() {
        String plot =
                plot(
                        new Claim("wrong-port", 0.75, true),
                        new Claim("wrong-port", 0.75, true),
                        new Claim("wrong-port", 0.75, true),
                        new Claim("wrong-port", 0.75, false));

        // On the diagonal: three quarters of 400 to the right of 60, and up from 440.
        assertThat(plot)
                .containsOnlyOnce("<circle")
                .contains("<circle cx=\"360.0\" cy=\"140.0\" r=\"30.0\"", ">3/4</text>");
    }

    @Test
    void leavesBinsWithoutClaimsAway() {
        assertThat(plot()).doesNotContain("<circle");
    }

    @Test
    void isAnImageThatParsersTake() throws Exception {
        String plot = plot(new Claim("wrong-port", 1, true));

        assertThat(
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(
                                        new ByteArrayInputStream(
                                                plot.getBytes(StandardCharsets.UTF_8)))
                                .getDocumentElement()
                                .getTagName())
                .isEqualTo("svg");
    }

    private static String plot(Claim... claims) {
        return ReliabilityPlot.of(Calibration.of(List.of(claims)));
    }
}
