package dev.gatemend.diagnosis;

import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another proxy or balancer behind nginx, which makes gateway errors of its own.
 *
 * @param name as people call it
 */
public record Relay(String name, Strength strength, Sighting sighting) {
    private static final Map<String, String> PROGRAMS =
            Map.ofEntries(
                    Map.entry("nginx", "nginx"),
                    Map.entry("openresty", "OpenResty"),
                    Map.entry("haproxy", "HAProxy"),
                    Map.entry("envoy", "Envoy"),
                    Map.entry("traefik", "Traefik"),
                    Map.entry("caddy", "Caddy"),
                    Map.entry("varnishd", "Varnish"),
                    Map.entry("cache-main", "Varnish"),
                    Map.entry("squid", "Squid"),
                    Map.entry("kong", "Kong"),
                    Map.entry("pound", "Pound"));

    /** Apache httpd is a proxy for some and the application itself (mod_php) for others. */
    private static final Map<String, String> PERHAPS =
            Map.of("apache2", "Apache httpd", "httpd", "Apache httpd", "lighttpd", "lighttpd");

    private static final Pattern SERVER =
            Pattern.compile(
                    "(?im)^server: *(nginx|openresty|envoy|istio-envoy|haproxy|caddy|varnish|squid|kong|ats|cloudflare"
                            + "|cloudfront|awselb|akamaighost|google frontend|microsoft-azure-application-gateway)\\b");

    private static final Pattern VIA = Pattern.compile("(?im)^(x-varnish|via|cf-ray|x-amz-cf-id):");

    /** The proxy at the matter's peer, if one is seen; nginx's own listeners are none. */
    public static Optional<Relay> of(Matter matter) {
        return owner(matter)
                .flatMap(owner -> named(matter, owner))
                .or(
                        () ->
                                matter.peer()
                                        .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP))
                                        .flatMap(p -> answered(matter, p)));
    }

    /** Whoever listens at the peer. */
    public static Optional<ProcessState> owner(Matter matter) {
        return matter.listener().flatMap(matter.scene()::owner);
    }

    /** The program behind the peer, where it is neither a proxy nor a stand-in for a container. */
    public static Optional<ProcessState> application(Matter matter) {
        return owner(matter)
                .filter(
                        owner -> {
                            String program = owner.name().toLowerCase(Locale.ROOT);
                            return !PROGRAMS.containsKey(program)
                                    && !PERHAPS.containsKey(program)
                                    && !program.equals("docker-proxy");
                        });
    }

    private static Optional<Relay> named(Matter matter, ProcessState owner) {
        String program = owner.name().toLowerCase(Locale.ROOT);
        boolean own = matter.master().filter(m -> isOf(m, owner)).isPresent();
        if (own || !(PROGRAMS.containsKey(program) || PERHAPS.containsKey(program))) {
            return Optional.empty();
        }
        String name = PROGRAMS.getOrDefault(program, PERHAPS.getOrDefault(program, program));
        return Optional.of(
                new Relay(
                        name,
                        PROGRAMS.containsKey(program) ? Strength.STRONG : Strength.WEAK,
                        matter.scene()
                                .sighting(
                                        owner,
                                        "%s (PID %d) listens there: a proxy itself"
                                                .formatted(name, owner.pid()))));
    }

    private static boolean isOf(NginxMaster master, ProcessState owner) {
        return owner.pid() == master.pid() || master.workers().contains(owner.pid());
    }

    private static Optional<Relay> answered(Matter matter, PeerProbe probe) {
        if (!(probe.outcome() instanceof ProbeOutcome.Answered answered)) {
            return Optional.empty();
        }
        String header = answered.header().isEmpty() ? answered.firstBytes() : answered.header();
        Matcher server = SERVER.matcher(header);
        if (server.find()) {
            return Optional.of(
                    new Relay(
                            server.group(1),
                            Strength.MODERATE,
                            matter.scene()
                                    .sighting(
                                            probe,
                                            "it answers with 'Server: %s': a proxy or balancer"
                                                    .formatted(server.group(1)))));
        }
        Matcher via = VIA.matcher(header);
        return via.find()
                ? Optional.of(
                        new Relay(
                                "another proxy",
                                Strength.MODERATE,
                                matter.scene()
                                        .sighting(
                                                probe,
                                                "its answer carries '%s', a proxy's header"
                                                        .formatted(via.group(1)))))
                : Optional.empty();
    }
}
