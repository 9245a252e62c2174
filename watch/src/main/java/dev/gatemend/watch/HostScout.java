package dev.gatemend.watch;

import dev.gatemend.host.FollowablePlaces;
import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.host.Looker;
import dev.gatemend.host.NginxSigns;
import dev.gatemend.host.Observers;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Finds nginx on a host. Belongs to one thread. */
final class HostScout implements Scout {
    /** Also when nothing seems to have changed: another nginx may have been started. */
    private static final Duration FALLBACK = Duration.ofSeconds(30);

    /** While none runs, or one is gone: it may come back at any time. */
    private static final Duration MISSING = Duration.ofSeconds(1);

    /** Between two looks at the files' times. */
    private static final Duration FILES = Duration.ofSeconds(2);

    /** A master that starts its workers one by one is not looked at for each. */
    private static final Duration LEAST = Duration.ofMillis(300);

    private final Host host;
    private final Function<Instant, LookRequest> request;
    private final Looker looker;
    private List<NginxMaster> masters = List.of();
    private List<NginxConfiguration> configurations = List.of();
    private NginxSigns signs = new NginxSigns(List.of(), List.of());
    private Instant looked = Instant.MIN;
    private Instant filesLooked = Instant.MIN;
    private boolean missing = true;

    HostScout(Host host, Function<Instant, LookRequest> request) {
        this.host = host;
        this.request = request;
        this.looker = new Looker(host, Observers.ofNginxAlone(), InstantSource.system());
    }

    @Override
    public Surroundings look(Instant now) throws InterruptedException {
        Snapshot snapshot = looker.look(request.apply(now)).snapshot();
        Surroundings found = Surroundings.of(snapshot, FollowablePlaces.of(host, snapshot));
        missing = found.masters().isEmpty() || found.masters().size() < masters.size();
        masters = found.masters();
        configurations = found.configurations();
        signs = NginxSigns.of(host, masters, configurations);
        looked = now;
        filesLooked = now;
        return found;
    }

    @Override
    public boolean seesChange(Instant now) {
        if (isOver(looked, missing ? MISSING : FALLBACK, now)) {
            return true;
        }
        if (!isOver(looked, LEAST, now)) {
            return false;
        }
        if (!isOver(filesLooked, FILES, now)) {
            return !signs.processes().equals(NginxSigns.processes(host, masters));
        }
        filesLooked = now;
        return !signs.equals(NginxSigns.of(host, masters, configurations));
    }

    /** A clock that steps back has run long enough. */
    private static boolean isOver(Instant since, Duration length, Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(length));
    }
}
