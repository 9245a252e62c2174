package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import dev.gatemend.model.NginxConfiguration;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Configurations and log entries as they are written, for tests of causes. */
public final class Written {
    public static final String FILE = "/etc/nginx/conf.d/shop.conf";

    private Written() {}

    /** One site with {@code location /} that passes to {@code address} by {@code scheme}. */
    public static NginxConfiguration pass(String scheme, String address, Setting... settings) {
        PassKind kind = kind(scheme);
        Pass pass =
                new Pass(
                        kind,
                        scheme,
                        kind == PassKind.PROXY || kind == PassKind.GRPC
                                ? scheme + "://" + address
                                : address,
                        new PassTarget.Group(address),
                        at(12));
        Upstream upstream =
                new Upstream(
                        address,
                        true,
                        false,
                        List.of(peer(address, 12)),
                        Settings.NONE,
                        Optional.of(at(12)));
        return configuration(pass, List.of(upstream), settings);
    }

    /** One site whose pass has variables and comes to {@code name}; {@code blocks} exist too. */
    public static NginxConfiguration variablePass(
            String expression, String name, List<String> blocks, Setting... settings) {
        Pass pass =
                new Pass(
                        PassKind.PROXY,
                        "http",
                        expression,
                        new PassTarget.Variable(expression, List.of(), List.of(name), List.of()),
                        at(12));
        List<Upstream> upstreams =
                blocks.stream()
                        .map(
                                block ->
                                        new Upstream(
                                                block,
                                                false,
                                                false,
                                                List.of(peer("127.0.0.1:8000", 3)),
                                                Settings.NONE,
                                                Optional.of(at(2))))
                        .toList();
        return configuration(pass, upstreams, settings);
    }

    public static NginxConfiguration configuration(
            Pass pass, List<Upstream> upstreams, Setting... settings) {
        Location location =
                new Location(
                        new LocationMatch.Prefix("/", false),
                        Optional.of(pass),
                        Settings.of(Arrays.asList(settings)),
                        at(11),
                        List.of());
        Site site =
                new Site(
                        false,
                        List.of("shop.example"),
                        List.of(),
                        List.of(location),
                        Settings.NONE,
                        at(8));
        return new NginxConfiguration(
                "/etc/nginx/nginx.conf",
                "/etc/nginx",
                new Version(1, 22, 1),
                List.of(),
                Settings.NONE,
                List.of(site),
                upstreams,
                List.of(),
                List.of(),
                List.of());
    }

    public static Setting setting(int line, String name, String... arguments) {
        return new Setting(name, List.of(arguments), Optional.of(at(line)));
    }

    public static Setting byDefault(String name, String... arguments) {
        return new Setting(name, List.of(arguments), Optional.empty());
    }

    public static Position at(int line) {
        return new Position(FILE, line, 5);
    }

    /** The same entry at another level and with another value of {@code upstream:}. */
    public static ErrorEntry entry(
            String id, String level, String message, int errno, String phase, String upstream) {
        ErrorEntry plain = MatterBuilder.entry(id.isEmpty() ? "x" : id, message, errno, phase);
        return new ErrorEntry(
                id.isEmpty() ? Optional.empty() : Optional.of(id),
                !id.isEmpty(),
                Optional.of(level),
                plain.time(),
                plain.pid(),
                plain.connection(),
                message,
                plain.errno(),
                plain.phase(),
                plain.client(),
                plain.server(),
                plain.request(),
                plain.subrequest(),
                upstream.isEmpty() ? Optional.empty() : Optional.of(upstream),
                plain.host(),
                plain.referrer(),
                0,
                false);
    }

    /** What a process of nginx says of itself, and not of a request. */
    public static ErrorEntry emergency(int pid, String id, String message) {
        ErrorEntry plain = entry(id, "emerg", message, 0, "", "");
        return new ErrorEntry(
                plain.id(),
                false,
                plain.level(),
                plain.time(),
                OptionalInt.of(pid),
                OptionalLong.empty(),
                message,
                plain.errno(),
                plain.phase(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false);
    }

    private static Peer peer(String address, int line) {
        return new Peer(
                Address.parse(address, 80).orElseThrow(),
                1,
                1,
                Duration.ofSeconds(10),
                0,
                false,
                false,
                false,
                Optional.of(at(line)));
    }

    private static PassKind kind(String scheme) {
        return switch (scheme) {
            case "http", "https" -> PassKind.PROXY;
            case "grpc", "grpcs" -> PassKind.GRPC;
            case "fastcgi" -> PassKind.FASTCGI;
            case "uwsgi", "suwsgi" -> PassKind.UWSGI;
            case "scgi" -> PassKind.SCGI;
            case "memcached" -> PassKind.MEMCACHED;
            default -> throw new IllegalArgumentException(scheme);
        };
    }

    /** All text a reader sees of a judgement, for assertions. */
    public static String told(Judgement judgement) {
        if (!(judgement instanceof Judgement.Possible possible)) {
            return judgement.toString();
        }
        List<String> lines = new ArrayList<>(List.of(possible.title(), possible.explanation()));
        possible.evidence().forEach(e -> lines.add(e.kind() + " " + e.text()));
        possible.remedies()
                .forEach(
                        r -> {
                            lines.add(r.title());
                            r.steps()
                                    .forEach(s -> lines.add(s.command() + " # " + s.explanation()));
                        });
        lines.addAll(possible.wontHelp());
        possible.next().forEach(n -> lines.add(n.command()));
        return String.join("\n", lines);
    }
}
