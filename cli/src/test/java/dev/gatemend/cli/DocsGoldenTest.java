package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.cause.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Pages that are generated, and have to be what their sources say. */
class DocsGoldenTest {
    private static final Path DOCS = Path.of("../docs");
    private static final List<CauseInfo> CAUSES = Causes.all().stream().map(Cause::info).toList();

    @Test
    void everyCauseHasThePageItsClassSays() throws IOException {
        for (CauseInfo info : CAUSES) {
            Golden.verify(DOCS.resolve("causes/" + info.id() + ".md"), CausePage.of(info));
        }
        Golden.verify(DOCS.resolve("causes/README.md"), CausePage.index(CAUSES));
    }

    @Test
    void noPageIsLeftOfACauseThatIsGone() throws IOException {
        try (Stream<Path> pages = Files.list(DOCS.resolve("causes"))) {
            assertThat(pages.map(page -> String.valueOf(page.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(
                                            Stream.of("README.md"),
                                            CAUSES.stream().map(info -> info.id() + ".md"))
                                    .toList());
        }
    }

    @Test
    void theCommandsPageIsTheirHelp() throws IOException {
        StringBuilder page =
                new StringBuilder(
                        "<!-- Generated from the commands' help by ./check --bless. -->\n\n# Commands\n");
        append(page, Program.commandLine());
        Golden.verify(DOCS.resolve("commands.md"), page.toString());
    }

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n## ")
                .append(command.getCommandSpec().qualifiedName(" "))
                .append("\n\n```\n");
        page.append(command.getUsageMessage(Ansi.OFF)).append("```\n");
        new TreeMap<>(command.getSubcommands()).forEach((_, below) -> append(page, below));
    }
}
