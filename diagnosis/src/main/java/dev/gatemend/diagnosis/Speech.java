package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a peer was seen to speak: by a probe, by who listens, by how its socket is called.
 *
 * @param strength how surely it is that protocol
 */
public record Speech(Spoken spoken, Strength strength, Sighting sighting) {
    /** Everything seen at the matter's peer, the surest kind of observation first. */
    public static List<Speech> of(Matter matter) {
        List<Speech> speeches = new ArrayList<>();
        matter.peer().stream()
                .flatMap(matter.scene()::probes)
                .forEach(probe -> probed(matter, probe).ifPresent(speeches::add));
        owner(matter).ifPresent(speeches::add);
        matter.peer().flatMap(Speech::called).ifPresent(speeches::add);
        return List.copyOf(speeches);
    }

    private static Optional<Speech> probed(Matter matter, PeerProbe probe) {
        return switch (probe.outcome()) {
            case ProbeOutcome.Connected _ ->
                    probe.kind() == PeerProbe.Kind.TLS
                            ? Optional.of(
                                    new Speech(
                                            Spoken.TLS,
                                            Strength.DECISIVE,
                                            matter.scene()
                                                    .sighting(
                                                            probe,
                                                            "a TLS handshake with %s succeeds"
                                                                    .formatted(probe.peer()))))
                            : Optional.empty();
            case ProbeOutcome.Answered answered -> answered(matter, probe, answered);
            case ProbeOutcome.ConnectFailed _,
                    ProbeOutcome.ConnectTimedOut _,
                    ProbeOutcome.TlsFailed _,
                    ProbeOutcome.Silent _,
                    ProbeOutcome.Closed _ ->
                    Optional.empty();
        };
    }

    private static Optional<Speech> answered(
            Matter matter, PeerProbe probe, ProbeOutcome.Answered answered) {
        Optional<Spoken> spoken =
                Spoken.asksForTls(answered.firstBytes())
                        ? Optional.of(Spoken.TLS)
                        : Spoken.by(answered.firstBytes())
                                .or(
                                        () ->
                                                answered.status() >= 100
                                                        ? Optional.of(Spoken.HTTP)
                                                        : Optional.empty());
        // Over TLS the inner protocol is what HTTP probes show; it is not what nginx dials.
        return probe.kind() == PeerProbe.Kind.TLS
                ? Optional.empty()
                : spoken.map(
                        s ->
                                new Speech(
                                        s,
                                        uncertain(answered) ? Strength.WEAK : Strength.DECISIVE,
                                        matter.scene().sighting(probe, told(probe, answered, s))));
    }

    /** Servers of TLS answer a plain request with 400 as well; the sentence may be in the body. */
    private static boolean uncertain(ProbeOutcome.Answered answered) {
        return answered.status() == 400 && !Spoken.asksForTls(answered.firstBytes());
    }

    private static String told(PeerProbe probe, ProbeOutcome.Answered answered, Spoken spoken) {
        String line = answered.firstBytes().lines().findFirst().orElse("");
        boolean text = line.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return "%s answers in %s%s"
                .formatted(
                        probe.peer(),
                        spoken.title(),
                        text && !line.isBlank() ? " ('" + Excerpt.of(line, 60) + "')" : "");
    }

    private static Optional<Speech> owner(Matter matter) {
        return matter.listener()
                .flatMap(matter.scene()::owner)
                .flatMap(
                        owner ->
                                spokenBy(owner)
                                        .map(
                                                spoken ->
                                                        new Speech(
                                                                spoken,
                                                                Strength.STRONG,
                                                                matter.scene()
                                                                        .sighting(
                                                                                owner,
                                                                                "%s (PID %d) listens there; it speaks %s"
                                                                                        .formatted(
                                                                                                owner
                                                                                                        .name(),
                                                                                                owner
                                                                                                        .pid(),
                                                                                                spoken
                                                                                                        .title())))));
    }

    /** Programs that speak one protocol only. */
    static Optional<Spoken> spokenBy(ProcessState process) {
        String name = process.name().toLowerCase(Locale.ROOT);
        String command = process.command().toLowerCase(Locale.ROOT);
        if (name.startsWith("php-fpm") || name.startsWith("php-cgi") || name.equals("fcgiwrap")) {
            return Optional.of(Spoken.FASTCGI);
        }
        if (name.startsWith("uwsgi")) {
            return ofUwsgi(command);
        }
        return switch (name) {
            case "sshd" -> Optional.of(Spoken.SSH);
            case "mysqld", "mariadbd" -> Optional.of(Spoken.MYSQL);
            case "postgres" -> Optional.of(Spoken.POSTGRES);
            case "redis-server", "valkey-server" -> Optional.of(Spoken.REDIS);
            case "memcached" -> Optional.of(Spoken.MEMCACHED);
            default ->
                    command.matches(
                                            ".{0,200}\\b(gunicorn|uvicorn|waitress-serve|daphne|puma|unicorn)\\b.*")
                                    && !command.matches(".*(ssl|certfile|keyfile).*")
                            ? Optional.of(Spoken.HTTP)
                            : Optional.empty();
        };
    }

    /** uWSGI speaks what the option says that names the socket; files of its own may say more. */
    private static Optional<Spoken> ofUwsgi(String command) {
        if (command.contains("--http") || command.contains("--protocol=http")) {
            return Optional.of(Spoken.HTTP);
        }
        if (command.contains("--fastcgi-socket")) {
            return Optional.of(Spoken.FASTCGI);
        }
        if (command.contains("--scgi-socket")) {
            return Optional.of(Spoken.SCGI);
        }
        return command.matches(".* (--(uwsgi-)?socket|-s)[ =].*")
                ? Optional.of(Spoken.UWSGI)
                : Optional.empty();
    }

    /** People call sockets after what speaks there; well-known ports say as much. */
    private static Optional<Speech> called(Address peer) {
        Optional<Spoken> spoken =
                switch (peer) {
                    case Address.Unix unix -> calledFile(unix.path().toLowerCase(Locale.ROOT));
                    case Address.Tcp tcp -> wellKnown(tcp.port());
                };
        return spoken.map(
                s ->
                        new Speech(
                                s,
                                Strength.MODERATE,
                                Sighting.of(
                                        "name",
                                        "%s is called or numbered like a socket of %s"
                                                .formatted(peer, s.title()),
                                        peer.toString())));
    }

    private static Optional<Spoken> calledFile(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (file.contains("uwsgi")) {
            return Optional.of(Spoken.UWSGI);
        }
        if (file.contains("php") || file.contains("fpm") || file.contains("fcgi")) {
            return Optional.of(Spoken.FASTCGI);
        }
        if (file.contains("scgi")) {
            return Optional.of(Spoken.SCGI);
        }
        return file.matches(".*(gunicorn|puma|unicorn|uvicorn|daphne).*")
                ? Optional.of(Spoken.HTTP)
                : Optional.empty();
    }

    private static Optional<Spoken> wellKnown(int port) {
        return switch (port) {
            case 22 -> Optional.of(Spoken.SSH);
            case 80 -> Optional.of(Spoken.HTTP);
            case 443, 8443 -> Optional.of(Spoken.TLS);
            case 3306 -> Optional.of(Spoken.MYSQL);
            case 5432 -> Optional.of(Spoken.POSTGRES);
            case 6379 -> Optional.of(Spoken.REDIS);
            case 11211 -> Optional.of(Spoken.MEMCACHED);
            default -> Optional.empty();
        };
    }
}
