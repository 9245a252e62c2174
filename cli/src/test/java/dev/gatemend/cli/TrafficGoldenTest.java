package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.host.bundle.Secrets;
import dev.gatemend.nginx.traffic.TrafficReport;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrafficGoldenTest {
    private static final ZoneId ZONE = ZoneOffset.UTC;

    static Stream<String> names() {
        return SampleTraffic.all().keySet().stream();
    }

    private static String html(String name) {
        return TrafficRendering.html(SampleTraffic.sample(name), ZONE, Secrets::hide);
    }

    private static String text(String name, int columns, boolean colour) {
        return TrafficRendering.text(
                SampleTraffic.sample(name), ZONE, columns, new Ink(colour), Secrets::hide);
    }

    @ParameterizedTest
    @MethodSource("names")
    void textReadsAsReviewed(String name) throws IOException {
        Golden.verify(name + ".txt", text(name, 80, false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void jsonReadsAsReviewed(String name) throws IOException {
        Golden.verify(
                name + ".json", TrafficRendering.json(SampleTraffic.sample(name), Secrets::hide));
    }

    @ParameterizedTest
    @MethodSource("names")
    void tableReadsAsReviewed(String name) throws IOException {
        Golden.verify(
                name + ".csv", TrafficRendering.csv(SampleTraffic.sample(name), Secrets::hide));
    }

    @ParameterizedTest
    @MethodSource("names")
    void pageReadsAsReviewed(String name) throws IOException {
        Golden.verify(name + ".html", html(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageAsksForNothingAndRunsNothing(String name) {
        assertThat(html(name))
                .contains("default-src 'none'".replace("'", "&#39;"))
                .doesNotContainIgnoringCase("<script")
                .doesNotContain(" src=", " href=", "url(", "@import", " style=", " onload=");
    }

    @ParameterizedTest
    @MethodSource("names")
    void noShapeObeysWhatAnAttackerWrote(String name) {
        TrafficReport report = SampleTraffic.sample(name);
        Stream.of(
                        text(name, 80, false),
                        TrafficRendering.json(report, Secrets::hide),
                        html(name),
                        TrafficRendering.csv(report, Secrets::hide).replace("\r\n", "\n"))
                .forEach(
                        shape -> {
                            assertThat(shape.codePoints())
                                    .allMatch(
                                            c ->
                                                    c == '\n'
                                                            || (!Character.isISOControl(c)
                                                                    && c != 0x202e));
                            assertThat(shape).doesNotContain("s3cr3t");
                        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void colourChangesNoVisibleCharacter(String name) {
        assertThat(text(name, 80, true).replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(text(name, 80, false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyLineFitsTheScreen(String name) {
        for (int columns : new int[] {80, 110}) {
            assertThat(text(name, columns, false).lines())
                    .allMatch(line -> line.length() <= columns || !line.strip().contains(" "));
        }
    }
}
