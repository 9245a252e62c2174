package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Identity;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Version;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Puts together what a cause is shown: a running nginx, error-log groups and whatever facts the
 * test is about.
 */
public final class MatterBuilder {
    public static final Instant NOW = Instant.parse("2026-11-21T12:10:00Z");
    public static final Identity WORKER = new Identity("www-data", 33, 33, List.of(33));
    public static final long NETWORK = 4026531840L;
    public static final NginxMaster MASTER =
            new NginxMaster(
                    812,
                    "/usr/sbin/nginx",
                    Optional.of(new Version(1, 22, 1)),
                    "/etc/nginx",
                    "/etc/nginx/nginx.conf",
                    List.of("nginx"),
                    List.of(813),
                    Optional.of(WORKER),
                    new Namespaces(NETWORK, 1, 1),
                    Optional.empty(),
                    Optional.of("nginx.service"),
                    Optional.of(NOW.minus(Duration.ofDays(3))));

    private final List<Observation> observations = new ArrayList<>();
    private final List<ErrorGroup> errors = new ArrayList<>();
    private Symptom.Kind kind = Symptom.Kind.TRAFFIC;
    private Trouble trouble = Trouble.CONNECT;
    private Optional<Address> peer = Optional.empty();
    private Optional<String> name = Optional.empty();

    public MatterBuilder() {
        this(MASTER);
    }

    /** With an nginx of another kind, which must have the same pid. */
    public MatterBuilder(NginxMaster master) {
        seen(master, "processes", "ps -o pid,args -C nginx");
    }

    /** The usual nginx, which has loaded its configuration anew. */
    public static NginxMaster reloadedAt(Instant loaded) {
        return new NginxMaster(
                MASTER.pid(),
                MASTER.binary(),
                MASTER.version(),
                MASTER.prefix(),
                MASTER.configuration(),
                MASTER.commandLine(),
                MASTER.workers(),
                MASTER.workerIdentity(),
                MASTER.namespaces(),
                MASTER.container(),
                MASTER.unit(),
                Optional.of(loaded));
    }

    public MatterBuilder peer(String address) {
        peer = Address.parse(address, 80);
        return this;
    }

    public MatterBuilder name(String host) {
        name = Optional.of(host);
        return this;
    }

    public MatterBuilder kind(Symptom.Kind wanted) {
        kind = wanted;
        return this;
    }

    public MatterBuilder trouble(Trouble wanted) {
        trouble = wanted;
        return this;
    }

    public MatterBuilder seen(Fact fact, String source, String how) {
        observations.add(new Observation(fact, new Source(source, how), NOW));
        return this;
    }

    /** An error-log group of ten entries in the last minute; {@code errno} 0 for none. */
    public MatterBuilder logged(String id, String message, int errno, String phase) {
        return logged(
                entry(id, message, errno, phase), 10, NOW.minusSeconds(60), NOW.minusSeconds(1));
    }

    public MatterBuilder logged(ErrorEntry entry, long count, Instant first, Instant last) {
        ErrorGroup group =
                new ErrorGroup(
                        MASTER.pid(),
                        "/var/log/nginx/error.log",
                        peer.map(Address::toString),
                        Optional.of("shop.example"),
                        Optional.of("/"),
                        count,
                        Optional.of(first),
                        Optional.of(last),
                        entry,
                        "/var/log/nginx/error.log:8812",
                        (int) Math.min(count, 1000));
        errors.add(group);
        return seen(group, "error.log", "/var/log/nginx/error.log");
    }

    public static ErrorEntry entry(String id, String message, int errno, String phase) {
        return new ErrorEntry(
                Optional.of(id),
                true,
                Optional.of("error"),
                Optional.of(NOW.minusSeconds(60).atZone(ZoneOffset.UTC).toLocalDateTime()),
                OptionalInt.of(813),
                OptionalLong.of(7),
                message,
                errno == 0 ? OptionalInt.empty() : OptionalInt.of(errno),
                phase.isEmpty() ? Optional.empty() : Optional.of(phase),
                Optional.of("203.0.113.7"),
                Optional.of("shop.example"),
                Optional.of("GET / HTTP/1.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("shop.example"),
                Optional.empty(),
                0,
                false);
    }

    public Snapshot snapshot() {
        return new Snapshot(
                NOW,
                "web1",
                ZoneOffset.UTC,
                Window.endingAt(NOW, Duration.ofMinutes(15)),
                observations);
    }

    public Matter build() {
        Scene scene = new Scene(snapshot());
        return new Matter(
                scene,
                kind,
                trouble,
                Optional.of(MASTER),
                Optional.empty(),
                scene.facts(NginxConfiguration.class).findFirst(),
                peer,
                name,
                errors,
                List.of(),
                List.of());
    }
}
