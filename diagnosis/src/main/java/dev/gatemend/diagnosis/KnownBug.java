package dev.gatemend.diagnosis;

import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bug that its makers, or those who meet it, have described in public, with the versions they
 * name and no others.
 *
 * @param program whose it is
 * @param versions that are known to have it
 * @param what it does, as the rest of a sentence that begins with program and version
 * @param cure what ends it
 * @param source where it is described
 * @param shows whether the failures are such as the bug makes
 * @param seen the version that runs here, with how it is known
 */
public record KnownBug(
        String program,
        List<Version> versions,
        String what,
        String cure,
        String source,
        Predicate<Matter> shows,
        Function<Matter, Optional<Seen>> seen) {
    /** A version that was observed on this host, or stands in a text that was given. */
    public record Seen(Version version, Sighting sighting) {}

    private static final Pattern GUNICORN =
            Pattern.compile("Starting gunicorn (\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})");

    private static final Pattern PASSENGER =
            Pattern.compile("passenger-(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})");

    private static final List<KnownBug> ALL =
            List.of(
                    new KnownBug(
                            "gunicorn",
                            List.of(new Version(20, 1, 0), new Version(21, 2, 0)),
                            "resets connections of its gthread workers when --max-requests replaces them",
                            "run gunicorn without --max-requests, or with --worker-class sync, until a release says that this is fixed",
                            "https://github.com/benoitc/gunicorn/issues/3038",
                            KnownBug::losesThreads,
                            KnownBug::gunicorn),
                    new KnownBug(
                            "Passenger",
                            List.of(new Version(5, 0, 8)),
                            "makes its agent's socket inaccessible when passenger_user_switching is off",
                            "upgrade Passenger to 5.0.9 or later",
                            "https://github.com/phusion/passenger/issues/1520",
                            KnownBug::isClosedAgent,
                            KnownBug::passenger),
                    new KnownBug(
                            "nginx",
                            List.of(new Version(1, 13, 10), new Version(1, 13, 11)),
                            "may close connections to gRPC backends that return a large response",
                            "upgrade nginx to 1.13.12 or later",
                            "https://nginx.org/en/CHANGES-1.14",
                            KnownBug::cutsGrpc,
                            KnownBug::nginx));

    public KnownBug {
        versions = List.copyOf(versions);
    }

    /** Those that may be behind a matter, by its kind of failure and the version seen. */
    public static Stream<KnownBug> of(Matter matter) {
        return ALL.stream()
                .filter(bug -> bug.shows().test(matter))
                .filter(bug -> bug.here(matter).isPresent());
    }

    /** The version here, if it is one of those. */
    public Optional<Seen> here(Matter matter) {
        return seen.apply(matter).filter(s -> versions.contains(s.version()));
    }

    private static boolean losesThreads(Matter matter) {
        return matter.trouble() == Trouble.CLOSED
                && Account.of(matter).stream()
                        .flatMap(a -> a.lines().stream())
                        .filter(t -> t.is(Words.RECYCLED))
                        .anyMatch(
                                t ->
                                        matter.first().isEmpty()
                                                || t.mayBeWithin(
                                                        matter.first().get(),
                                                        matter.last().orElse(matter.first().get())))
                && Relay.owner(matter)
                        .filter(p -> p.command().matches(".*(?:gthread|--threads).*"))
                        .isPresent();
    }

    private static Optional<Seen> gunicorn(Matter matter) {
        return Account.of(matter).stream()
                .flatMap(a -> a.lines().stream())
                .filter(t -> t.is(Words.STARTING))
                .flatMap(t -> version(GUNICORN, t.text(), t.sighting()).stream())
                .findFirst();
    }

    private static boolean isClosedAgent(Matter matter) {
        return matter.trouble() == Trouble.CONNECT
                && matter.errno(Errno.EACCES).isPresent()
                && matter.unixPeer()
                        .filter(u -> u.path().matches(".*/passenger\\.[^/]{1,40}/agents\\.s/.*"))
                        .isPresent();
    }

    private static Optional<Seen> passenger(Matter matter) {
        Stream<Setting> root =
                Stream.concat(
                        matter.setting("passenger_root").stream(),
                        matter.configuration().stream()
                                .flatMap(c -> c.sites().stream())
                                .flatMap(s -> s.settings().get("passenger_root").stream()));
        return root.flatMap(
                        s ->
                                version(
                                        PASSENGER,
                                        s.value(),
                                        Sighting.of(
                                                "configuration",
                                                Excerpt.of(s.toString(), 100),
                                                s.position().map(p -> p.fileAndLine()).orElse("")))
                                        .stream())
                .findFirst();
    }

    private static boolean cutsGrpc(Matter matter) {
        return (matter.trouble() == Trouble.CLOSED || matter.trouble() == Trouble.BAD_RESPONSE)
                && Wire.of(matter).filter(w -> w.kind() == PassKind.GRPC).isPresent();
    }

    private static Optional<Seen> nginx(Matter matter) {
        return matter.master()
                .flatMap(
                        m ->
                                m.version()
                                        .map(
                                                v ->
                                                        new Seen(
                                                                v,
                                                                matter.scene()
                                                                        .sighting(m, told(m, v)))));
    }

    private static String told(NginxMaster master, Version version) {
        return "%s is nginx %s".formatted(master.binary(), version);
    }

    private static Optional<Seen> version(Pattern pattern, String text, Sighting sighting) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? Version.find(matcher.group(1)).map(v -> new Seen(v, sighting))
                : Optional.empty();
    }
}
