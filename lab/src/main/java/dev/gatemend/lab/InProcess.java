package dev.gatemend.lab;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.host.AuditLog;
import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.host.Looker;
import dev.gatemend.host.Observer;
import dev.gatemend.host.Observers;
import dev.gatemend.host.SecurityModules;
import dev.gatemend.host.bundle.Redacted;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The whole of {@code gatemend diagnose} but its words and its printing. It judges in this process,
 * and looks in it as well unless nginx runs on a host of its own.
 *
 * @param nginx the binary to ask where none runs; the installed one when none is given
 */
public record InProcess(Optional<Path> nginx) implements Diagnoser {
    /** Asks the installed nginx. */
    public InProcess() {
        this(Optional.empty());
    }

    @Override
    public List<Diagnosis> diagnose(Bench bench, Duration since)
            throws IOException, InterruptedException {
        return new Diagnostician(Causes.all()).diagnose(Redacted.of(look(bench, since)).snapshot());
    }

    /** What the observers see where the scenario's nginx runs. */
    Snapshot look(Bench bench, Duration since) throws IOException, InterruptedException {
        return bench.systemd().isPresent()
                ? bench.systemd().get().look(since)
                : look(Optional.of(bench.nginx().configuration()), since, observers(bench));
    }

    private static List<List<Observer>> observers(Bench bench) {
        return bench.composed()
                .map(
                        root ->
                                Observers.all().stream()
                                        .map(s -> s.stream().map(o -> composed(o, root)).toList())
                                        .toList())
                .orElseGet(Observers::all);
    }

    /** Of all that observers look at, what cannot be made where no security module is active. */
    private static Observer composed(Observer observer, Path root) {
        return switch (observer) {
            case AuditLog _ -> new AuditLog(root);
            case SecurityModules _ -> new SecurityModules(root);
            default -> observer;
        };
    }

    /**
     * What the observers see of this machine.
     *
     * @param configuration as far as it is concerned; what nginx uses when none is given
     */
    Snapshot look(Optional<Path> configuration, Duration since) throws InterruptedException {
        return look(configuration, since, Observers.all());
    }

    private Snapshot look(
            Optional<Path> configuration, Duration since, List<List<Observer>> observers)
            throws InterruptedException {
        InstantSource clock = InstantSource.system();
        LookRequest request =
                new LookRequest(
                        Window.endingAt(clock.instant(), since),
                        ZoneId.systemDefault(),
                        configuration,
                        nginx,
                        Optional.empty());
        return new Looker(Host.local(), observers, clock).look(request).snapshot();
    }
}
