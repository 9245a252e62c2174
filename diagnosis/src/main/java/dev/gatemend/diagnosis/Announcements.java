package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.Address;
import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where somebody or a server's own log says that it listens, held against where nginx dials. Ports
 * that several programs announce prove nothing of this one, so one that fits silences the rest.
 */
final class Announcements {
    private static final String LISTENS =
            "(?i)\\b(?:listen(?:s|ing|ed)?|running|serving|started|starts|bound|binds?|binding|available|host|run|"
                    + "uvicorn|gunicorn|--?b(?:ind)?|--host|LISTEN)\\b";

    /** Words, then an address within the same breath. */
    private static final Pattern TCP =
            Pattern.compile(
                    LISTENS
                            + "[^;]{0,60}?(?:https?://|tcp://|[\\s=\"'\\[(:]|^)"
                            + "(\\[?::1]?|\\[?::]?|(?:\\d{1,3}\\.){3}\\d{1,3}|localhost|\\*)?:(\\d{2,5})\\b");

    private static final Pattern PORT =
            Pattern.compile(LISTENS + "[^;]{0,40}?\\bport[ =:]{1,2}(\\d{2,5})\\b");

    private static final Pattern UNIX =
            Pattern.compile(
                    LISTENS + "[^;]{0,40}?(?:unix:)?(?://)?(/[\\w./@+-]{1,200}\\.sock(?:et)?)\\b");

    /** A line says that somebody listens there; of a bare port the host is empty. */
    private record Announced(Said said, Optional<String> host, int port, Optional<String> path) {}

    private Announcements() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        if (matter.trouble() != Trouble.CONNECT && matter.trouble() != Trouble.UNTOLD) {
            return Stream.empty();
        }
        List<Announced> announced = Comparisons.told(texts).flatMap(Announcements::in).toList();
        return Comparisons.dialled(matter).stream()
                .flatMap(
                        peer ->
                                switch (peer) {
                                    case Address.Unix unix -> unix(matter, unix, announced);
                                    case Address.Tcp tcp -> tcp(tcp, announced);
                                });
    }

    private static Stream<Announced> in(Said said) {
        // What a table of sockets shows is a fact of its own.
        if (said.line().kind() == GivenText.Kind.CONFIGURATION
                || said.line().kind() == GivenText.Kind.OUTPUT) {
            return Stream.empty();
        }
        String line = said.line().text();
        Matcher unix = UNIX.matcher(line);
        if (unix.find()) {
            return Stream.of(new Announced(said, Optional.empty(), 0, Optional.of(unix.group(1))));
        }
        Matcher tcp = TCP.matcher(line);
        if (tcp.find()) {
            return Stream.of(
                    new Announced(
                            said,
                            Optional.ofNullable(tcp.group(1)),
                            Integer.parseInt(tcp.group(2)),
                            Optional.empty()));
        }
        Matcher port = PORT.matcher(line);
        return port.find()
                ? Stream.of(
                        new Announced(
                                said,
                                Optional.empty(),
                                Integer.parseInt(port.group(1)),
                                Optional.empty()))
                : Stream.empty();
    }

    /** What PrivateTmp= of systemd.exec(5) covers. */
    private static boolean isTemporary(String path) {
        return path.startsWith("/tmp/") || path.startsWith("/var/tmp/");
    }

    private static Stream<Clue> unix(Matter matter, Address.Unix peer, List<Announced> announced) {
        List<Announced> sockets = announced.stream().filter(a -> a.path().isPresent()).toList();
        String dialled = peer.path().replaceAll("/{2,}", "/");
        Predicate<Announced> same =
                a -> a.path().orElse("").replaceAll("/{2,}", "/").equals(dialled);
        boolean missing = matter.errno(Errno.ENOENT).isPresent();
        if (sockets.isEmpty() || !(missing || matter.errors().isEmpty())) {
            return Stream.empty();
        }
        return sockets.stream()
                .filter(same)
                .findFirst()
                .filter(a -> missing)
                .map(
                        a ->
                                isTemporary(dialled)
                                        ? clue(
                                                "socket-private-tmp",
                                                a,
                                                "it listens there, where many units of systemd have a directory of their own (PrivateTmp)")
                                        : clue(
                                                "socket-unlinked",
                                                a,
                                                "it was listening there, and the file is gone"))
                .or(
                        () ->
                                sockets.stream()
                                        .findFirst()
                                        .filter(a -> sockets.stream().noneMatch(same))
                                        .map(
                                                a ->
                                                        clue(
                                                                "wrong-socket-path",
                                                                a,
                                                                "the application listens at another path")))
                .stream();
    }

    private static Stream<Clue> tcp(Address.Tcp peer, List<Announced> announced) {
        List<Announced> ports = announced.stream().filter(a -> a.port() > 0).toList();
        Optional<Announced> same = ports.stream().filter(a -> a.port() == peer.port()).findFirst();
        return same.isPresent()
                ? same.stream().flatMap(a -> otherHost(peer, a).stream())
                : ports.stream()
                        .limit(1)
                        .map(a -> clue("wrong-port", a, "the application listens at another port"));
    }

    private static Optional<Clue> otherHost(Address.Tcp peer, Announced announced) {
        String host = announced.host().orElse("").replaceAll("[\\[\\]]", "");
        boolean localPeer = Comparisons.isOneself(peer);
        if (host.equals("::1") && localPeer && !peer.host().equals("::1")) {
            return Optional.of(clue("ipv6-localhost", announced, "it listens at ::1 alone"));
        }
        boolean loopback = host.startsWith("127.") || host.equals("localhost");
        if (host.isEmpty() && !localPeer) {
            return Optional.of(
                    new Clue(
                            "wrong-bind-address",
                            Strength.MODERATE,
                            announced
                                    .said()
                                    .sighting(
                                            "it listens at that port, and yet not where nginx dials")));
        }
        return loopback && !localPeer
                ? Optional.of(
                        clue(
                                "wrong-bind-address",
                                announced,
                                "it listens on loopback, where nobody from outside reaches it"))
                : Optional.empty();
    }

    private static Clue clue(String cause, Announced announced, String meaning) {
        return new Clue(cause, Strength.STRONG, announced.said().sighting(meaning));
    }
}
