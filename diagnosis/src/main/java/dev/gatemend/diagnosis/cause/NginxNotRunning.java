package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.IdleMaster;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.LastServed;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.SystemdUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** nginx itself is down. */
public final class NginxNotRunning implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "nginx-not-running",
                    Group.NOTHING_LISTENS,
                    Frequency.RARE,
                    "nginx itself is down or did not come up",
                    """
                    Clients get no answer at all, or a balancer in front answers 502 or 503. nginx was stopped, is \
                    disabled at boot, or ended at its start because of its configuration or a port in use.""",
                    "An nginx is expected here, and no master process runs with its configuration.",
                    List.of("upstream-dns-not-found", "invalid-nginx-config", "port-conflict"),
                    List.of("restarting the applications: nobody asks them"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.kind() != Symptom.Kind.NOT_RUNNING) {
            return Judgement.notConcerned();
        }
        return IdleMaster.of(matter)
                .map(idle -> Idle.argue(matter, idle))
                .or(() -> matter.installation().map(i -> argue(matter, i)))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, NginxInstallation installation) {
        Optional<SystemdUnit> unit = unit(matter, installation);
        Argument argument =
                Argument.that(
                                "nginx:" + installation.configuration(),
                                unit.map(
                                                u ->
                                                        "nginx is not running: %s is %s"
                                                                .formatted(
                                                                        u.name(), u.activeState()))
                                        .orElse("nginx is not running"))
                        .because(
                                DECISIVE,
                                matter.scene()
                                        .sighting(
                                                installation,
                                                "no nginx master runs with "
                                                        + installation.configuration()));
        installation
                .expected()
                .ifPresent(
                        why ->
                                argument.because(
                                        STRONG,
                                        matter.scene().sighting(installation, "expected: " + why)));
        LastServed.of(matter.scene(), installation)
                .ifPresent(
                        log ->
                                argument.because(
                                        STRONG,
                                        matter.scene().sighting(log, wroteUntil(matter, log))));
        lastWord(matter, unit)
                .ifPresent(
                        line ->
                                argument.because(
                                        WEAK,
                                        matter.scene()
                                                .sighting(line, "last said: " + line.text())));
        argument.explain(explanation(matter, installation, unit));
        remedies(matter, installation, unit, argument);
        return argument.judgement();
    }

    private static String wroteUntil(Matter matter, LogScan log) {
        return "it wrote to its %s until %s"
                .formatted(
                        log.error() ? "error log" : "access log",
                        matter.scene().clock(log.last().orElseThrow()));
    }

    /** The unit that starts this binary, else the one of nginx's own name. */
    private static Optional<SystemdUnit> unit(Matter matter, NginxInstallation installation) {
        return matter.scene()
                .units()
                .filter(
                        u ->
                                u.commands().stream()
                                                .anyMatch(c -> c.contains(installation.binary()))
                                        || u.name().equals("nginx.service"))
                .min(Comparator.comparing(u -> !u.name().equals("nginx.service")));
    }

    private static Optional<JournalLine> lastWord(Matter matter, Optional<SystemdUnit> unit) {
        return unit.flatMap(
                u ->
                        matter.scene()
                                .facts(JournalLine.class)
                                .filter(l -> l.unit().equals(u.name()))
                                .max(Comparator.comparing(JournalLine::at)));
    }

    private static Optional<ConfigurationVerdict> refusal(
            Matter matter, NginxInstallation installation) {
        return matter.scene()
                .facts(ConfigurationVerdict.class)
                .filter(v -> v.configuration().equals(installation.configuration()))
                .filter(v -> !v.accepted())
                .findFirst();
    }

    private static String explanation(
            Matter matter, NginxInstallation installation, Optional<SystemdUnit> unit) {
        String since =
                unit.flatMap(SystemdUnit::since)
                        .map(at -> " since " + matter.scene().clock(at))
                        .orElse("");
        String refused =
                refusal(matter, installation)
                        .filter(v -> !v.messages().isEmpty())
                        .map(v -> " It would not start either: " + v.messages().getFirst())
                        .orElse("");
        return "Nobody serves %s: no nginx has been running%s.%s"
                .formatted(installation.configuration(), since, refused);
    }

    private static void remedies(
            Matter matter,
            NginxInstallation installation,
            Optional<SystemdUnit> unit,
            Argument argument) {
        Remedy.Step check =
                new Remedy.Step(
                        Shell.command(
                                "sudo",
                                installation.binary(),
                                "-t",
                                "-c",
                                installation.configuration()),
                        "nginx starts only with files it accepts");
        argument.now(
                refusal(matter, installation).isPresent()
                        ? "mend the configuration, then start nginx"
                        : "start nginx",
                Risk.LOW,
                check,
                unit.map(u -> Steps.systemctl("start", u.name(), "it serves again"))
                        .orElseGet(
                                () ->
                                        new Remedy.Step(
                                                Shell.command(
                                                        "sudo",
                                                        installation.binary(),
                                                        "-c",
                                                        installation.configuration()),
                                                "it serves again")));
        unit.filter(u -> u.enabled().equals("disabled"))
                .ifPresent(
                        u ->
                                argument.toStay(
                                        "let it start at boot",
                                        Risk.LOW,
                                        Steps.systemctl("enable", u.name(), "it is disabled")));
        unit.ifPresent(
                u ->
                        argument.toStay(
                                "find out why it ended",
                                Risk.LOW,
                                Steps.journal(u.name(), "its last words")));
        INFO.wontHelp().forEach(argument::wontHelp);
    }
}
