package dev.gatemend.host.given;

import dev.gatemend.host.RequestPlaces;
import dev.gatemend.model.Address;
import dev.gatemend.model.Fact;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.CompiledDefaults;
import dev.gatemend.nginx.config.ConfigurationReader;
import dev.gatemend.nginx.log.RequestPlace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the texts tell of nginx's configuration.
 *
 * @param configuration of the excerpts; empty where there are none
 */
record Configured(Optional<NginxConfiguration> configuration) {
    /** {@code nginx/1.22.1}, {@code nginx 1.20.1}, {@code nginx version: nginx/1.25.3}. */
    private static final Pattern VERSION =
            Pattern.compile("(?i)\\bnginx[/ -](?:version |v)?(\\d\\.\\d{1,2}\\.\\d{1,2})");

    /** Stable before the defaults of connections to upstreams changed, as most reports' are. */
    private static final Version USUAL = new Version(1, 28, 0);

    private static final String PREFIX = "/etc/nginx";

    /**
     * The excerpts of the text that has most of them: of two files with one name nobody knows which
     * is read.
     */
    static Configured by(List<Reading> readings) {
        return new Configured(
                readings.stream()
                        .filter(r -> !r.configuration().isEmpty())
                        .max(Comparator.comparingInt(r -> r.configuration().lines().size()))
                        .map(r -> read(r, version(readings))));
    }

    private static NginxConfiguration read(Reading reading, Version version) {
        String path = "/" + reading.name();
        return ConfigurationReader.read(
                new ExcerptFiles(path, reading.configuration().whole()),
                path,
                PREFIX,
                version,
                Optional.empty(),
                CompiledDefaults.NONE);
    }

    private static Version version(List<Reading> readings) {
        return readings.stream()
                .flatMap(Reading::lines)
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .findFirst()
                .flatMap(found -> Version.find(found.group(1)))
                .orElse(USUAL);
    }

    List<Fact> facts() {
        return configuration.<List<Fact>>map(List::of).orElse(List.of());
    }

    /** Tells requests' places by the excerpts. */
    RequestPlace places() {
        return configuration
                .map(c -> new RequestPlaces(c).in(new LogDestination.Stderr()))
                .orElse(RequestPlace.nowhere());
    }

    /** Paths of unix sockets that the excerpts pass to. */
    Set<String> sockets() {
        return configuration.stream()
                .flatMap(c -> c.upstreams().stream())
                .flatMap(u -> u.peers().stream())
                .map(p -> p.address())
                .filter(Address.Unix.class::isInstance)
                .map(a -> ((Address.Unix) a).path())
                .collect(Collectors.toSet());
    }

    List<LogFormat> formats() {
        return configuration.map(NginxConfiguration::formats).orElse(List.of());
    }
}
