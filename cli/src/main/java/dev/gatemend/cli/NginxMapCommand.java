package dev.gatemend.cli;

import dev.gatemend.host.Host;
import dev.gatemend.host.Looker;
import dev.gatemend.host.Observer;
import dev.gatemend.host.Observers;
import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Printable;
import dev.gatemend.model.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code gatemend nginx map}: what nginx serves and where it passes it, with what is in effect. */
final class NginxMapCommand implements Command {
    /** Masters, then what they are told; logs and peers do not change a map. */
    private static final int STAGES = 2;

    @Override
    public String name() {
        return "map";
    }

    @Override
    public String summary() {
        return "Show sites, locations, passes, upstreams and peers, with the directives in effect.";
    }

    @Override
    public void declare(CommandSpec spec) {
        LookOptions.addWhich(spec);
        Options.flag(spec, Options.JSON, "One JSON document, schema gatemend.nginx-map/1.");
    }

    @Override
    public int run(ParseResult words, Screen screen) throws InterruptedException {
        List<List<Observer>> stages = Observers.all();
        Looker looker =
                new Looker(
                        Host.local(),
                        stages.subList(0, Math.min(STAGES, stages.size())),
                        InstantSource.system());
        Snapshot snapshot = looker.look(LookOptions.request(words, Instant.now())).snapshot();
        List<NginxConfiguration> configurations = snapshot.facts(NginxConfiguration.class).toList();
        snapshot.facts(CouldNotLook.class)
                .forEach(c -> complain(screen, c.source() + ": " + c.why()));
        if (configurations.isEmpty()) {
            throw new UsageException(
                    "no nginx configuration was found or could be read (--config names one)");
        }
        screen.out()
                .print(
                        Options.has(words, Options.JSON)
                                ? MapJson.of(snapshot, configurations)
                                : MapText.of(
                                        configurations,
                                        screen.columns(),
                                        new Ink(screen.colour())));
        return complainOfProblems(screen, configurations);
    }

    private static int complainOfProblems(Screen screen, List<NginxConfiguration> configurations) {
        List<ConfigurationProblem> problems =
                configurations.stream().flatMap(c -> c.problems().stream()).toList();
        problems.forEach(problem -> complain(screen, problem.toString()));
        return problems.stream().anyMatch(ConfigurationProblem::fatal)
                ? ExitCode.TROUBLE
                : ExitCode.FINE;
    }

    private static void complain(Screen screen, String words) {
        screen.err().println("gatemend: " + Printable.oneLine(words));
    }
}
