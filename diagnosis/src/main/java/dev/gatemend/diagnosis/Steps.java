package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Container;
import dev.gatemend.model.Pass;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import java.util.Optional;

/** Steps that many remedies share. */
public final class Steps {
    private Steps() {}

    /** An edit, which only words can serve. */
    public static Remedy.Step edit(String words) {
        return new Remedy.Step("", words);
    }

    public static Remedy.Step systemctl(String verb, String unit, String explanation) {
        return new Remedy.Step(Shell.command("sudo", "systemctl", verb, unit), explanation);
    }

    public static Remedy.Step journal(String unit, String explanation) {
        return new Remedy.Step(
                Shell.command("sudo", "journalctl", "-u", unit, "-n", "50", "--no-pager"),
                explanation);
    }

    /** What a container wrote last, as its engine keeps it. */
    public static Remedy.Step containerLog(Container container, int lines, String explanation) {
        return new Remedy.Step(
                Shell.command(
                        "sudo",
                        container.engine(),
                        "logs",
                        "--tail",
                        Integer.toString(lines),
                        container.name()),
                explanation);
    }

    /** All that a unit wrote in the last quarter of an hour. */
    public static Remedy.Step journalOfTheseMinutes(String unit, String explanation) {
        return new Remedy.Step(
                Shell.command("sudo", "journalctl", "-u", unit, "--since", "-15min", "--no-pager"),
                explanation);
    }

    /** Lets nginx test its files and read them again, or start with them where none runs. */
    public static Remedy.Step reload(Matter matter) {
        return Edit.reload(matter);
    }

    /** Restarts what holds the listener: its unit where one is known, else in words. */
    public static Remedy.Step restart(Optional<ProcessState> owner) {
        return owner.flatMap(ProcessState::unit)
                .map(unit -> systemctl("restart", unit, "the application listens anew"))
                .orElseGet(
                        () ->
                                edit(
                                        "restart the application%s the way it was started"
                                                .formatted(
                                                        owner.map(
                                                                        o ->
                                                                                " (PID %d)"
                                                                                        .formatted(
                                                                                                o
                                                                                                        .pid()))
                                                                .orElse(""))));
    }

    /** Where the configuration names the matter's peer: its server line, else the pass. */
    public static Optional<String> whereNamed(Matter matter) {
        Optional<Address> peer = matter.peer();
        return matter.upstreams()
                .flatMap(u -> u.peers().stream())
                .filter(
                        p ->
                                peer.filter(a -> Peers.means(matter.scene(), p.address(), a))
                                        .isPresent())
                .map(Peer::position)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> matter.pass().map(Pass::position))
                .map(Position::fileAndLine);
    }

    /** As a phrase for a sentence: {@code in /etc/nginx/conf.d/app.conf:12}. */
    public static String atNamed(Matter matter) {
        return whereNamed(matter).map(w -> "in " + w).orElse("in nginx's configuration");
    }
}
