package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.host.bundle.Secrets;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportGoldenTest {
    static Stream<String> names() {
        return SampleReports.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void textReadsAsReviewed(String name) throws IOException {
        Golden.verify(
                name + ".txt",
                Rendering.text(SampleReports.sample(name), 80, new Ink(false), Secrets::hide));
    }

    @ParameterizedTest
    @MethodSource("names")
    void markdownReadsAsReviewed(String name) throws IOException {
        Golden.verify(name + ".md", Rendering.markdown(SampleReports.sample(name), Secrets::hide));
    }

    @ParameterizedTest
    @MethodSource("names")
    void jsonReadsAsReviewed(String name) throws IOException {
        Golden.verify(name + ".json", Rendering.json(SampleReports.sample(name), Secrets::hide));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noShapeObeysWhatAnAttackerWrote(String name) {
        Report report = SampleReports.sample(name);
        Stream.of(
                        Rendering.text(report, 80, new Ink(false), Secrets::hide),
                        Rendering.markdown(report, Secrets::hide),
                        Rendering.json(report, Secrets::hide))
                .forEach(
                        text ->
                                assertThat(text.codePoints())
                                        .allMatch(
                                                c ->
                                                        c == '\n'
                                                                || (!Character.isISOControl(c)
                                                                        && c != 0x202e)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void colourChangesNoVisibleCharacter(String name) {
        String plain =
                Rendering.text(SampleReports.sample(name), 80, new Ink(false), Secrets::hide);

        String coloured =
                Rendering.text(SampleReports.sample(name), 80, new Ink(true), Secrets::hide);

        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyLineButACopiedWordFitsTheScreen(String name) {
        for (int columns : new int[] {60, 80, 110}) {
            String text =
                    Rendering.text(
                            SampleReports.sample(name), columns, new Ink(false), Secrets::hide);

            assertThat(text.lines())
                    .allMatch(line -> line.length() <= columns || isOneWordOrCommand(line));
        }
    }

    /** A path that is longer than the line, or a command, which is never broken. */
    private static boolean isOneWordOrCommand(String line) {
        String words = line.strip().replaceFirst("^(now|or|look next|more|to stay) +", "");
        return !words.contains(" ") || line.matches(" {14}\\S.*|  (now|or|look next|more) .*");
    }
}
