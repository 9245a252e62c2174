package dev.gatemend.diagnosis;

import dev.gatemend.model.Location;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Connections to the peer that nginx keeps for later requests, and how long either side keeps an
 * idle one.
 *
 * @param here whether nginx keeps any
 * @param place {@code file:line} of the directive that decides it; may be empty
 * @param idle how long nginx keeps one
 * @param peerIdle how long the peer does; empty when its program does not tell
 */
public record Pooled(boolean here, String place, Duration idle, Optional<Duration> peerIdle) {
    /** ngx_http_upstream_keepalive_module.c: the default since 1.15.3. */
    private static final Duration DEFAULT_IDLE = Duration.ofSeconds(60);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    /**
     * @param program as the process is called, or as its command line says
     * @param option that sets the time, in seconds
     * @param seconds without the option, from the program's own documentation
     */
    private record Server(Pattern program, Optional<Pattern> option, int seconds) {}

    /** gunicorn's sync workers keep none, but then nginx keeps none to them either. */
    private static final List<Server> SERVERS =
            List.of(
                    server("gunicorn", "--keep-?alive[= ](\\d{1,6})", 2),
                    server("uvicorn", "--timeout-keep-alive[= ](\\d{1,6})", 5),
                    server("hypercorn", "--keep-alive[= ](\\d{1,6})", 5),
                    server("^(?:node|nodejs)\\b|^\\S*/node ", "", 5),
                    server("^apache2|^httpd", "", 5));

    private static Server server(String program, String option, int seconds) {
        return new Server(
                Pattern.compile(program),
                option.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(option)),
                seconds);
    }

    /** Empty when the configuration is not known. */
    public static Optional<Pooled> of(Matter matter) {
        return matter.location()
                .filter(l -> l.pass().isPresent())
                .map(location -> of(matter, location));
    }

    private static Pooled of(Matter matter, Location location) {
        Optional<Upstream> upstream = matter.upstream();
        Optional<Setting> kept =
                upstream.flatMap(u -> u.settings().get("keepalive"))
                        .filter(s -> !s.value().equals("0"));
        return new Pooled(
                kept.isPresent() && isOffered(location),
                kept.flatMap(Setting::position)
                        .or(() -> location.pass().map(p -> p.position()))
                        .map(Position::fileAndLine)
                        .orElse(""),
                upstream.flatMap(u -> u.settings().value("keepalive_timeout"))
                        .flatMap(Pooled::duration)
                        .orElse(DEFAULT_IDLE),
                Relay.owner(matter).flatMap(Pooled::idleOf));
    }

    /** What nginx says to the peer keeps the connection open. */
    private static boolean isOffered(Location location) {
        return switch (location.pass().orElseThrow().kind()) {
            case PROXY ->
                    !location.settings()
                                    .value("proxy_http_version")
                                    .filter("1.0"::equals)
                                    .isPresent()
                            && Upgrades.header(location, "connection")
                                    .filter(s -> Upgrades.value(s).equals("close"))
                                    .isEmpty();
            case FASTCGI ->
                    location.settings().value("fastcgi_keep_conn").filter("on"::equals).isPresent();
            case GRPC, MEMCACHED -> true;
            case UWSGI, SCGI, STREAM -> false;
        };
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2) == null ? "s" : matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofSeconds(number);
                });
    }

    private static Optional<Duration> idleOf(ProcessState owner) {
        return SERVERS.stream()
                .filter(
                        s ->
                                s.program().matcher(Programs.name(owner)).find()
                                        || s.program().matcher(owner.command()).find())
                .findFirst()
                .map(
                        s ->
                                Duration.ofSeconds(
                                        s.option()
                                                .map(o -> o.matcher(owner.command()))
                                                .filter(Matcher::find)
                                                .map(m -> Integer.parseInt(m.group(1)))
                                                .orElse(s.seconds())));
    }

    /** The peer gives an idle connection up before nginx does. */
    public boolean isRace() {
        return peerIdle.filter(p -> p.compareTo(idle) <= 0).isPresent();
    }
}
