package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listen;
import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.Position;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Site;
import dev.gatemend.nginx.log.RequestPlace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestPlacesTest {
    private static final Position POSITION = new Position("/etc/nginx/nginx.conf", 1, 1);
    private static final LogDestination SHARED = new LogDestination.File("/var/log/access.log");

    private final RequestPlaces places =
            new RequestPlaces(
                    Given.configuration(
                            Settings.NONE,
                            List.of(
                                    site("shop.example", "/var/log/access.log"),
                                    site("blog.example", "/var/log/access.log"),
                                    site("api.example", "/var/log/api.log")),
                            List.of(),
                            List.of()));

    @Test
    void theServersNameTells() {
        assertThat(find(SHARED, Optional.of("blog.example"), Optional.empty()))
                .contains(new RequestPlace.Place("blog.example", "/"));
    }

    @Test
    void theHostTellsWhereNoServerIsNamed() {
        assertThat(find(SHARED, Optional.empty(), Optional.of("blog.example")))
                .contains(new RequestPlace.Place("blog.example", "/"));
    }

    @Test
    void theLogTellsWhenOneSiteWritesThere() {
        assertThat(
                        find(
                                new LogDestination.File("/var/log/api.log"),
                                Optional.empty(),
                                Optional.empty()))
                .contains(new RequestPlace.Place("api.example", "/"));
    }

    @Test
    void aLogThatSitesShareDoesNot() {
        assertThat(find(SHARED, Optional.empty(), Optional.empty())).isEmpty();
    }

    private Optional<RequestPlace.Place> find(
            LogDestination log, Optional<String> serverName, Optional<String> host) {
        return places.in(log).of(serverName, host, "/a");
    }

    private static Site site(String name, String log) {
        Settings settings = Settings.of(List.of(Given.setting("access_log", log)));
        Location location =
                new Location(
                        new LocationMatch.Prefix("/", false),
                        Optional.empty(),
                        settings,
                        POSITION,
                        List.of());
        Listen listen = new Listen(new Address.Tcp("0.0.0.0", 80), false, false, -1, POSITION);
        return new Site(
                false, List.of(name), List.of(listen), List.of(location), settings, POSITION);
    }
}
