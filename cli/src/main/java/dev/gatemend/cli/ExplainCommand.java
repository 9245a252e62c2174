package dev.gatemend.cli;

import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.cause.Causes;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend explain}: the catalogue of causes. */
final class ExplainCommand implements Command {
    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "Explain a cause or a line of a log, or list all causes.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.parameter(
                spec,
                "CAUSE",
                "0..1",
                "Its id, as in socket-dir-permission; or a line of a log, in quotes.");
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        String id = Options.argument(words, "");
        Page page = new Page(screen.columns());
        Ink ink = new Ink(screen.colour());
        if (LineExplanation.isLine(id)) {
            screen.out().print(LineExplanation.of(id, screen));
            return ExitCode.FINE;
        }
        if (id.isEmpty()) {
            writeAll(page, ink);
        } else {
            write(found(id), page, ink);
        }
        screen.out().print(page);
        return ExitCode.FINE;
    }

    private static CauseInfo found(String id) {
        List<String> ids = Causes.all().stream().map(c -> c.info().id()).toList();
        return Causes.all().stream()
                .map(Cause::info)
                .filter(info -> info.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "unknown cause '"
                                                + id
                                                + "'"
                                                + Likeness.suggestion(id, ids)
                                                        .orElse("; gatemend explain lists them")));
    }

    private static void writeAll(Page page, Ink ink) {
        for (CauseInfo.Group group : CauseInfo.Group.values()) {
            List<CauseInfo> causes =
                    Causes.all().stream()
                            .map(Cause::info)
                            .filter(info -> info.group() == group)
                            .toList();
            if (!causes.isEmpty()) {
                page.blank();
                page.line(ink.bold(group.title()));
                causes.forEach(info -> page.wrapped("  " + info.id(), 32, info.summary(), l -> l));
            }
        }
    }

    private static void write(CauseInfo info, Page page, Ink ink) {
        page.headline(info.id() + ": " + info.summary(), ink::bold);
        page.blank();
        page.wrapped("", 0, info.description(), line -> line);
        page.blank();
        page.wrapped("  told apart", 14, info.toldApart(), line -> line);
        if (!info.yieldsTo().isEmpty()) {
            page.wrapped("  yields to", 14, String.join(", ", info.yieldsTo()), line -> line);
        }
        String label = "  won't help";
        for (String wontHelp : info.wontHelp()) {
            page.wrapped(label, 14, wontHelp, line -> line);
            label = "";
        }
    }
}
