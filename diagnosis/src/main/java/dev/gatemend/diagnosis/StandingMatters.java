package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Matters that stand whether or not anybody asks: nginx does not run, or refuses the files on disk.
 */
final class StandingMatters {
    static final Set<String> PORTS_TAKEN =
            Set.of("listen-bind-failed", "listen-still-could-not-bind");

    private StandingMatters() {}

    static List<Matter> in(Scene scene) {
        Stream<Matter> notRunning =
                scene.facts(NginxInstallation.class)
                        .filter(i -> !runs(scene, i))
                        .filter(
                                i ->
                                        i.expected().isPresent()
                                                || LastServed.of(scene, i).isPresent())
                        .map(i -> notRunning(scene, i));
        Stream<Matter> refused =
                scene.masters().stream().map(m -> refused(scene, m)).flatMap(Optional::stream);
        Stream<Matter> idle =
                scene.masters().stream()
                        .filter(m -> IdleMaster.of(scene, m).isPresent())
                        .map(m -> idle(scene, m));
        return Stream.of(notRunning, idle, refused).flatMap(s -> s).toList();
    }

    /** What its files and its log say is another story: they do not stop a worker. */
    private static Matter idle(Scene scene, NginxMaster master) {
        return standing(
                scene,
                Symptom.Kind.NOT_RUNNING,
                Optional.of(master),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static boolean runs(Scene scene, NginxInstallation installation) {
        return scene.masters().stream()
                .anyMatch(m -> m.configuration().equals(installation.configuration()));
    }

    private static Matter notRunning(Scene scene, NginxInstallation installation) {
        Optional<NginxConfiguration> configuration =
                scene.facts(NginxConfiguration.class)
                        .filter(c -> c.path().equals(installation.configuration()))
                        .findFirst();
        return standing(
                scene,
                Symptom.Kind.NOT_RUNNING,
                Optional.empty(),
                Optional.of(installation),
                configuration,
                emergencies(scene, 0));
    }

    private static Optional<Matter> refused(Scene scene, NginxMaster master) {
        Matter matter =
                standing(
                        scene,
                        Symptom.Kind.CONFIG_REFUSED,
                        Optional.of(master),
                        Optional.empty(),
                        scene.configurationOf(master),
                        emergencies(scene, master.pid()));
        boolean byNginx = matter.verdict().filter(v -> !v.accepted()).isPresent();
        // Our own reading counts only where nginx itself could not be asked: it knows every module,
        // we do not.
        boolean byUs =
                matter.verdict().isEmpty()
                        && matter.configuration()
                                .filter(c -> c.problems().stream().anyMatch(p -> p.fatal()))
                                .isPresent();
        return byNginx || byUs || refusedInLog(matter, master)
                ? Optional.of(matter)
                : Optional.empty();
    }

    /**
     * A reload that failed after the workers were started, and none that succeeded since: said by
     * the log alone, for where nginx could not be asked.
     */
    private static boolean refusedInLog(Matter matter, NginxMaster master) {
        return matter.verdict().isEmpty()
                && matter.errors().stream()
                        .filter(g -> !isOfAnotherStart(g, master))
                        .flatMap(g -> g.last().stream())
                        .anyMatch(last -> master.workersSince().filter(last::isAfter).isPresent());
    }

    /**
     * A second nginx that finds the ports taken by the first says so in the same log; the files are
     * well. A master that reloads says it with its own pid.
     */
    private static boolean isOfAnotherStart(ErrorGroup group, NginxMaster master) {
        return PORTS_TAKEN.contains(group.id())
                && group.sample().pid().orElse(master.pid()) != master.pid();
    }

    private static Matter standing(
            Scene scene,
            Symptom.Kind kind,
            Optional<NginxMaster> master,
            Optional<NginxInstallation> installation,
            Optional<NginxConfiguration> configuration,
            List<ErrorGroup> emergencies) {
        return new Matter(
                scene,
                kind,
                Trouble.STANDING,
                master,
                installation,
                configuration,
                Optional.empty(),
                Optional.empty(),
                emergencies,
                List.of(),
                List.of());
    }

    private static List<ErrorGroup> emergencies(Scene scene, int nginx) {
        return scene.errors(nginx)
                .filter(g -> g.sample().level().filter("emerg"::equals).isPresent())
                .toList();
    }
}
