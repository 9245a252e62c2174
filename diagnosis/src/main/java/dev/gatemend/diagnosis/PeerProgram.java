package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.Keeper;
import dev.gatemend.model.KeptProgram.State;
import dev.gatemend.model.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The PHP-FPM pool, PM2 application or supervisor program that should listen at a peer. */
public final class PeerProgram {
    private PeerProgram() {}

    /** Those whose definition names the peer's address, where that address is of this host. */
    public static Stream<KeptProgram> of(Matter matter) {
        return matter.peer().stream()
                .filter(peer -> isHere(matter, peer))
                .flatMap(
                        peer ->
                                matter.scene()
                                        .facts(KeptProgram.class)
                                        .filter(
                                                p ->
                                                        p.listens().stream()
                                                                .anyMatch(
                                                                        l ->
                                                                                PeerUnit.names(
                                                                                        l, peer))));
    }

    private static boolean isHere(Matter matter, Address peer) {
        return !PeerContainer.isConfined(matter)
                && switch (peer) {
                    case Address.Unix _ -> true;
                    case Address.Tcp tcp -> Peers.isHere(matter.scene(), matter.network(), tcp);
                };
    }

    /** One that does not run; none while another of that address does. */
    public static Optional<KeptProgram> stopped(Matter matter) {
        List<KeptProgram> all = of(matter).toList();
        return all.stream().allMatch(p -> p.state() != State.RUNNING)
                ? all.stream().findFirst()
                : Optional.empty();
    }

    /** {@code PM2 application shop}, as a title begins. */
    public static String name(KeptProgram program) {
        return program.keeper().words() + " " + program.name();
    }

    /** {@code PM2 application shop: stopped; its definition names 127.0.0.1:3000}. */
    public static String state(KeptProgram program, String peer) {
        return "%s: %s; its definition names %s".formatted(name(program), program.said(), peer);
    }

    /** What starts it again. */
    public static Remedy.Step start(KeptProgram program) {
        boolean down = program.state() == State.KEEPER_DOWN;
        String command =
                switch (program.keeper()) {
                    case PHP_FPM -> startPool(program);
                    case PM2 -> Shell.command(pm2(program, down ? "resurrect" : "start"));
                    case SUPERVISOR ->
                            down
                                    ? Shell.command("sudo", "service", "supervisor", "start")
                                    : Shell.command(
                                            "sudo", "supervisorctl", "start", program.name());
                };
        return new Remedy.Step(
                command,
                down && program.keeper() == Keeper.PM2
                        ? "starts PM2 with what it saved; " + program.name() + " listens again"
                        : "it listens again");
    }

    /** What has it started at boot and after a failure. */
    public static String keeping(KeptProgram program) {
        return switch (program.keeper()) {
            case PHP_FPM ->
                    "enable %s at boot, with Restart=on-failure in its unit"
                            .formatted(program.service().orElse("PHP-FPM"));
            case PM2 -> "pm2 save once all applications run, and pm2 startup for the boot";
            case SUPERVISOR ->
                    "autostart=true and autorestart=true in [program:%s], and supervisor enabled at boot"
                            .formatted(program.name());
        };
    }

    private static String startPool(KeptProgram pool) {
        return pool.service()
                .map(service -> Shell.command("sudo", "service", service, "start"))
                .orElse("start the PHP-FPM of " + pool.definition());
    }

    /** As the user whose PM2 it is; its home is named where it is not the usual one. */
    private static String[] pm2(KeptProgram application, String word) {
        List<String> words = new ArrayList<>(List.of("sudo"));
        application.user().ifPresent(user -> words.addAll(List.of("-u", user)));
        if (!application.definition().endsWith("/.pm2")) {
            words.addAll(List.of("env", "PM2_HOME=" + application.definition()));
        } else {
            words.add("-H");
        }
        words.addAll(List.of("pm2", word));
        if (!word.equals("resurrect")) {
            words.add(application.name());
        }
        return words.toArray(String[]::new);
    }

    /** Its log as a step of a remedy; in words where it is not known where it writes. */
    public static Remedy.Step logStep(KeptProgram program, String explanation) {
        return log(program)
                .map(command -> new Remedy.Step(command, explanation))
                .orElseGet(() -> Steps.edit("read its log: " + explanation));
    }

    /** Shows what it said before it ended. */
    public static Optional<String> log(KeptProgram program) {
        return program.logs().stream()
                .findFirst()
                .map(path -> Shell.command("sudo", "tail", "-n", "50", path));
    }
}
