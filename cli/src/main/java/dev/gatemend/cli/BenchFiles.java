package dev.gatemend.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where the bench's page is written, and its plot beside it.
 *
 * @param page in Markdown
 * @param plot an SVG image, called as the page is
 * @param replace what stands there
 */
record BenchFiles(Path page, Path plot, boolean replace) {
    private static final String FILE = "-o";

    static void declare(CommandSpec spec) {
        Options.value(
                spec,
                FILE,
                "FILE",
                "Also write a page about it in Markdown, as in bench.md, and its plot beside it,"
                        + " bench.svg.");
        Options.flag(spec, NewFile.FORCE, "Replace the page and the plot if they are there.");
    }

    /**
     * Those that are asked for.
     *
     * @throws UsageException before anything is played, when they cannot be written
     */
    static Optional<BenchFiles> of(ParseResult words) {
        String name = Options.text(words, FILE, "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path page = LookOptions.path(name);
        String own = String.valueOf(page.getFileName());
        Path plot = page.resolveSibling(own.replaceFirst("(?:\\.[^.]*)?$", "") + ".svg");
        if (plot.equals(page)) {
            throw new UsageException(name + ": the page is in Markdown; call it as in bench.md");
        }
        boolean replace = Options.has(words, NewFile.FORCE);
        NewFile.check(page, replace);
        NewFile.check(plot, replace);
        return Optional.of(new BenchFiles(page, plot, replace));
    }

    void write(BenchReport report, Instant at) {
        String image = ReliabilityPlot.of(report.calibration());
        String text = BenchPage.of(report, at, String.valueOf(plot.getFileName()));
        NewFile.write(plot, replace, out -> out.write(image.getBytes(StandardCharsets.UTF_8)));
        NewFile.write(page, replace, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
