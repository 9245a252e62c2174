package dev.gatemend.cli;

import dev.gatemend.lab.Fault;
import dev.gatemend.lab.Need;
import dev.gatemend.lab.Scenario;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JsonGenerator;

/** {@code gatemend lab list}: the scenarios, and what each cannot do without. */
final class LabListCommand implements Command {
    @Override
    public String name() {
        return "list";
    }

    @Override
    public String summary() {
        return "List the scenarios, and what each needs.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.lab/1.");
        LabScenarios.declare(spec);
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        List<Scenario> scenarios = LabScenarios.known(words);
        if (Options.has(words, Options.JSON)) {
            screen.out().print(json(scenarios));
        } else {
            screen.out().print(text(scenarios, new Page(screen.columns())));
        }
        return ExitCode.FINE;
    }

    private static Page text(List<Scenario> scenarios, Page page) {
        for (Scenario scenario : scenarios) {
            page.line(scenario.id());
            page.wrapped(
                    "", 4, scenario.story() + " (needs " + needs(scenario) + ")", line -> line);
            scenario.composed()
                    .ifPresent(what -> page.wrapped("", 4, "composed: " + what, line -> line));
        }
        return page;
    }

    private static String needs(Scenario scenario) {
        return scenario.needs().stream()
                .sorted()
                .map(Need::toString)
                .collect(Collectors.joining(", "));
    }

    private static String json(List<Scenario> scenarios) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.indented(text)) {
            json.writeStartObject();
            json.writeStringProperty("schema", "gatemend.lab/1");
            json.writeArrayPropertyStart("scenarios");
            for (Scenario scenario : scenarios) {
                json.writeStartObject();
                json.writeStringProperty("id", scenario.id());
                Json.text(json, "cause", scenario.cause());
                Json.texts(json, "also", scenario.also().stream().map(Fault::cause).toList());
                Json.texts(
                        json,
                        "needs",
                        scenario.needs().stream().sorted().map(Need::toString).toList());
                json.writeStringProperty("story", scenario.story());
                Json.text(json, "composed", scenario.composed());
                Json.texts(json, "repair", scenario.repair());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
