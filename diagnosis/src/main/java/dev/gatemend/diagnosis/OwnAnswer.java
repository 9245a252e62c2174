package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Site;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code return} with which the configuration itself answers a status
 * (ngx_http_rewrite_module.c): at the location, in an {@code if} inside it, or at the level of the
 * server and its {@code if}s, which come before any location.
 */
public final class OwnAnswer {
    private OwnAnswer() {}

    /** One that requests like these may have met; where their log tells no place, any of them. */
    public static Optional<Setting> to(AccessGroup requests, NginxConfiguration configuration) {
        return configuration.sites().stream()
                .filter(s -> requests.site().isEmpty() || s.name().equals(requests.site().get()))
                .flatMap(s -> returns(requests, s))
                .filter(r -> r.value().equals(Integer.toString(requests.status())))
                .findFirst();
    }

    private static Stream<Setting> returns(AccessGroup requests, Site site) {
        Stream<Location> places =
                site.allLocations()
                        .filter(l -> requests.location().isEmpty() || Accesses.isAt(requests, l))
                        .flatMap(Location::flatten);
        Stream<Location> conditions =
                site.locations().stream().filter(l -> l.match() instanceof LocationMatch.If);
        return Stream.concat(
                site.settings().all("return").stream(),
                Stream.concat(places, conditions)
                        .flatMap(l -> l.settings().all("return").stream()));
    }
}
