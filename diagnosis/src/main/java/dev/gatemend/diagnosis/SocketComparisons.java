package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.Address;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a text tells of a unix socket that nginx cannot use. */
final class SocketComparisons {
    /**
     * Homes are closed to others on most systems: mode 0700 in Red Hat's, 0750 since Ubuntu 21.04.
     */
    private static final Pattern HOME = Pattern.compile("/+(?:home/+[^/]+|root)/.*");

    private static final Pattern TMP = Pattern.compile("/+(?:var/)?tmp/.*");

    private static final Pattern SOCKET_NAME = Pattern.compile("[\\w.+-]{1,100}\\.sock(?:et)?\\b");

    /** A PHP-FPM pool's. */
    private static final Pattern LISTENS_AT_PORT =
            Pattern.compile("^\\s*listen ?= ?(?:[\\d.]+:)?\\d{2,5}\\s*$");

    private SocketComparisons() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        return Stream.of(closedHome(matter), otherSocket(matter, texts), privateTmp(matter))
                .flatMap(Optional::stream);
    }

    private static Optional<Clue> closedHome(Matter matter) {
        return matter.unixPeer()
                .filter(p -> HOME.matcher(p.path()).matches())
                .flatMap(p -> matter.errno(Errno.EACCES))
                .map(
                        group ->
                                new Clue(
                                        "socket-dir-permission",
                                        Strength.STRONG,
                                        Sighting.of(
                                                "text",
                                                "the socket lies below a home directory, which most systems close to others",
                                                group.where())));
    }

    /** Other sockets than the one that is missing are shown, or the pool listens at a port. */
    private static Optional<Clue> otherSocket(Matter matter, List<GivenText> texts) {
        if (!matter.errors().isEmpty() && matter.errno(Errno.ENOENT).isEmpty()) {
            return Optional.empty();
        }
        List<Said> words =
                Comparisons.told(texts).filter(s -> s.line().kind() != Kind.CONFIGURATION).toList();
        return Comparisons.dialled(matter).stream()
                .filter(Address.Unix.class::isInstance)
                .map(a -> ((Address.Unix) a).path())
                .filter(path -> words.stream().noneMatch(s -> s.line().text().contains(file(path))))
                .flatMap(path -> words.stream().filter(SocketComparisons::namesSocket))
                .findFirst()
                .map(
                        s ->
                                new Clue(
                                        "wrong-socket-path",
                                        Strength.STRONG,
                                        s.sighting("the application is at another place")));
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean namesSocket(Said said) {
        String line = said.line().text();
        return LISTENS_AT_PORT.matcher(line).find() || SOCKET_NAME.matcher(line).find();
    }

    /** A directory of which units can have one of their own (systemd.exec(5), PrivateTmp=). */
    private static Optional<Clue> privateTmp(Matter matter) {
        return Comparisons.dialled(matter).stream()
                .filter(a -> a instanceof Address.Unix unix && TMP.matcher(unix.path()).matches())
                .findFirst()
                .filter(a -> matter.errors().isEmpty() || matter.errno(Errno.ENOENT).isPresent())
                .map(
                        a ->
                                new Clue(
                                        "socket-private-tmp",
                                        Strength.MODERATE,
                                        Sighting.of(
                                                "text",
                                                "the socket lies in /tmp, of which a unit may have one of its own",
                                                a.toString())));
    }
}
