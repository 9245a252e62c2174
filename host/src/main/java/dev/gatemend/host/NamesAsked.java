package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Upstream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which names one configuration needs, and whom nginx asks: libc for those it resolves at load, its
 * {@code resolver} for those it resolves at run time.
 *
 * @param nginx that serves it; empty when none runs
 */
record NamesAsked(Optional<NginxMaster> nginx, Set<String> ofLibc, Set<Asked> ofResolvers) {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?");
    private static final Pattern NOT_RESOLVED =
            Pattern.compile("^(?:.*: )?(\\S{1,253}) could not be resolved \\(");
    private static final Pattern NOT_FOUND =
            Pattern.compile("host not found in (?:upstream|resolver) \"([^\"/:]{1,253})");

    /** What a client made nginx resolve is asked for too, but not without end. */
    private static final int MOST_FROM_LOGS = 20;

    /** A name and one of nginx's resolvers. */
    record Asked(String name, NginxResolver resolver) {}

    /** One for each configuration and master. */
    static List<NamesAsked> in(Look look) {
        Set<String> notFound = new LinkedHashSet<>();
        Set<String> notResolved = new LinkedHashSet<>();
        look.facts(ErrorGroup.class)
                .map(g -> g.sample().message())
                .forEach(
                        message -> {
                            named(NOT_FOUND, message).ifPresent(notFound::add);
                            named(NOT_RESOLVED, message).ifPresent(notResolved::add);
                        });
        return look.facts(NginxConfiguration.class)
                .flatMap(c -> masters(look, c).map(m -> of(c, m, few(notFound), few(notResolved))))
                .toList();
    }

    private static NamesAsked of(
            NginxConfiguration configuration,
            Optional<NginxMaster> master,
            List<String> notFound,
            List<String> notResolved) {
        Set<String> ofLibc = new LinkedHashSet<>(notFound);
        Set<Asked> ofResolvers = new LinkedHashSet<>();
        for (Upstream upstream : configuration.upstreams()) {
            upstream.peers().stream()
                    .flatMap(p -> hostName(p.address()).stream())
                    .forEach(ofLibc::add);
            upstream.peers().stream()
                    .filter(p -> p.resolve())
                    .flatMap(p -> hostName(p.address()).stream())
                    .forEach(name -> ask(ofResolvers, name, upstream.settings(), configuration));
        }
        for (Location location : configuration.allLocations().toList()) {
            runtimeNames(location)
                    .forEach(name -> ask(ofResolvers, name, location.settings(), configuration));
        }
        notResolved.forEach(name -> ask(ofResolvers, name, Settings.NONE, configuration));
        return new NamesAsked(master, ofLibc, ofResolvers);
    }

    private static Stream<String> runtimeNames(Location location) {
        return location.pass()
                .filter(p -> p.target() instanceof PassTarget.Variable)
                .map(p -> ((PassTarget.Variable) p.target()).names().stream())
                .orElse(Stream.empty())
                .map(n -> n.replaceFirst(":\\d{1,5}$", ""))
                .filter(n -> NAME.matcher(n).matches() && !isLiteral(n));
    }

    /** The resolver in effect at a place; where that is not known, each of the configuration. */
    private static void ask(
            Set<Asked> all, String name, Settings settings, NginxConfiguration configuration) {
        List<NginxResolver> here =
                settings.get("resolver").flatMap(NginxResolver::of).stream().toList();
        Stream<NginxResolver> resolvers = here.isEmpty() ? resolvers(configuration) : here.stream();
        resolvers.forEach(r -> all.add(new Asked(name, r)));
    }

    private static Stream<NginxResolver> resolvers(NginxConfiguration configuration) {
        Stream<Settings> places =
                Stream.concat(
                        Stream.concat(
                                configuration.upstreams().stream().map(Upstream::settings),
                                configuration.sites().stream().map(s -> s.settings())),
                        configuration.allLocations().map(Location::settings));
        return places.flatMap(s -> s.get("resolver").stream())
                .distinct()
                .flatMap(s -> NginxResolver.of(s).stream())
                .distinct();
    }

    private static Stream<Optional<NginxMaster>> masters(
            Look look, NginxConfiguration configuration) {
        List<Optional<NginxMaster>> masters =
                Served.by(look, configuration).stream().map(Optional::of).toList();
        return masters.isEmpty() ? Stream.of(Optional.empty()) : masters.stream();
    }

    private static Optional<String> hostName(Address address) {
        return address instanceof Address.Tcp tcp
                        && !tcp.isLiteral()
                        && NAME.matcher(tcp.host()).matches()
                ? Optional.of(tcp.host())
                : Optional.empty();
    }

    private static Optional<String> named(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find()
                ? Optional.of(matcher.group(1))
                        .filter(n -> NAME.matcher(n).matches() && !isLiteral(n))
                : Optional.empty();
    }

    private static boolean isLiteral(String name) {
        return new Address.Tcp(name, 0).isLiteral();
    }

    private static List<String> few(Set<String> names) {
        return names.stream().limit(MOST_FROM_LOGS).toList();
    }
}
