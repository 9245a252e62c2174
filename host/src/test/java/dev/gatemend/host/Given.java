package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Identity;
import dev.gatemend.model.Listen;
import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Position;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Site;
import dev.gatemend.model.Upstream;
import dev.gatemend.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Facts as tests lay them down. */
final class Given {
    private Given() {}

    static NginxMaster master(int pid, Namespaces namespaces) {
        return new NginxMaster(
                pid,
                "/usr/sbin/nginx",
                Optional.of(new Version(1, 22, 1)),
                "/usr/share/nginx",
                "/etc/nginx/nginx.conf",
                List.of("nginx: master process /usr/sbin/nginx"),
                List.of(),
                Optional.of(new Identity("www-data", 33, 33, List.of())),
                namespaces,
                Optional.empty(),
                Optional.of("nginx.service"),
                Optional.empty());
    }

    static NginxConfiguration configuration(
            Settings main, List<Site> sites, List<Upstream> upstreams, List<LogSetting> logs) {
        return new NginxConfiguration(
                "/etc/nginx/nginx.conf",
                "/usr/share/nginx",
                new Version(1, 22, 1),
                List.of(),
                main,
                sites,
                upstreams,
                logs,
                List.of(),
                List.of());
    }

    static NginxConfiguration peers(String... addresses) {
        return configuration(
                Settings.NONE, List.of(), List.of(upstream("app", addresses)), List.of());
    }

    static Upstream upstream(String name, String... addresses) {
        return new Upstream(
                name,
                false,
                false,
                Stream.of(addresses).map(a -> peer(Address.parse(a, 80).orElseThrow())).toList(),
                Settings.NONE,
                Optional.empty());
    }

    /** One site, shop.example, whose location / passes to one peer. */
    static NginxConfiguration passing(String scheme, String address, List<Setting> settings) {
        PassKind kind =
                switch (scheme) {
                    case "http", "https" -> PassKind.PROXY;
                    default -> PassKind.valueOf(scheme.toUpperCase(Locale.ROOT));
                };
        Position position = new Position("/etc/nginx/nginx.conf", 1, 1);
        Pass pass =
                new Pass(
                        kind,
                        scheme,
                        scheme + "://" + address,
                        new PassTarget.Group("app"),
                        position);
        Location location =
                new Location(
                        new LocationMatch.Prefix("/", false),
                        Optional.of(pass),
                        Settings.of(settings),
                        position,
                        List.of());
        Site site =
                new Site(
                        false,
                        List.of("shop.example"),
                        List.of(),
                        List.of(location),
                        Settings.NONE,
                        position);
        return configuration(
                Settings.NONE, List.of(site), List.of(upstream("app", address)), List.of());
    }

    /** The same, with its sites listening there. */
    static NginxConfiguration listening(NginxConfiguration of, String address) {
        Listen listen =
                new Listen(
                        Address.parse(address, 80).orElseThrow(),
                        false,
                        true,
                        -1,
                        new Position("/etc/nginx/nginx.conf", 1, 1));
        List<Site> sites =
                of.sites().stream()
                        .map(
                                s ->
                                        new Site(
                                                s.stream(),
                                                s.names(),
                                                List.of(listen),
                                                s.locations(),
                                                s.settings(),
                                                s.position()))
                        .toList();
        return configuration(of.main(), sites, of.upstreams(), of.logs());
    }

    static Peer peer(Address address) {
        return new Peer(
                address, 1, 1, Duration.ofSeconds(10), 0, false, false, false, Optional.empty());
    }

    static Setting setting(String name, String... arguments) {
        return new Setting(name, List.of(arguments), Optional.empty());
    }

    static LogSetting errorLog(String path) {
        return new LogSetting(true, new LogDestination.File(path), "error", Optional.empty());
    }

    static LogSetting accessLog(String path) {
        return new LogSetting(false, new LogDestination.File(path), "combined", Optional.empty());
    }

    static ErrorGroup errors(String id, String message, Optional<String> peer) {
        ErrorEntry entry =
                new ErrorEntry(
                        Optional.of(id),
                        true,
                        Optional.of("error"),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        message,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        false);
        return new ErrorGroup(
                1,
                "/var/log/nginx/error.log",
                peer,
                Optional.empty(),
                Optional.empty(),
                3,
                Optional.empty(),
                Optional.empty(),
                entry,
                "/var/log/nginx/error.log:1",
                1);
    }
}
