package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.MatterBuilder.WORKER;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Identity;
import dev.gatemend.model.Listen;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Location;
import dev.gatemend.model.LocationMatch;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Peer;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Routes;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Site;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.SystemdUnit;
import dev.gatemend.model.Upstream;
import dev.gatemend.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Facts of a small host, with what the tests are not about filled in. */
public final class Facts {
    public static final Identity DEPLOY = new Identity("deploy", 1000, 1000, List.of(1000));

    private Facts() {}

    public static SocketTable table(Listener... listeners) {
        return new SocketTable(NETWORK, List.of(listeners), true);
    }

    public static Listener listener(String address, Integer... pids) {
        return listener(address, OptionalLong.empty(), pids);
    }

    public static Listener listener(String address, OptionalLong boundFile, Integer... pids) {
        return new Listener(
                Address.parse(address, 0).orElseThrow(),
                4711,
                OptionalInt.of(0),
                OptionalInt.of(511),
                List.of(pids),
                1000,
                false,
                boundFile);
    }

    public static Listener queued(String address, int queued, int backlog, Integer... pids) {
        return new Listener(
                Address.parse(address, 0).orElseThrow(),
                4711,
                OptionalInt.of(queued),
                OptionalInt.of(backlog),
                List.of(pids),
                1000,
                false,
                OptionalLong.empty());
    }

    public static ProcessState process(
            int pid, String name, String command, Duration age, String unit) {
        return process(pid, name, command, 'S', NOW.minus(age), unit);
    }

    public static ProcessState process(
            int pid, String name, String command, char state, Instant started, String unit) {
        return new ProcessState(
                pid,
                1,
                name,
                command,
                DEPLOY,
                state,
                started,
                new Namespaces(NETWORK, 1, 1),
                unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                Optional.empty(),
                1,
                OptionalInt.of(20),
                OptionalInt.of(1024),
                Optional.empty(),
                List.of());
    }

    public static SystemdUnit unit(String name, String active, String sub, String command) {
        return new SystemdUnit(
                name,
                "",
                active,
                sub,
                active.equals("failed") ? "exit-code" : "success",
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                "enabled",
                command.isEmpty() ? List.of() : List.of(command),
                List.of(),
                Optional.of(NOW.minusSeconds(90)));
    }

    /** Requests of shop.example's / that the peer answered with 200. */
    public static AccessGroup answered(String peer, Instant first, Instant last) {
        return access(200, peer, first, last);
    }

    public static AccessGroup access(int status, String peer, Instant first, Instant last) {
        return new AccessGroup(
                MASTER.pid(),
                "/var/log/nginx/access.log",
                Optional.of("shop.example"),
                Optional.of("/"),
                status,
                peer.isEmpty() ? Optional.empty() : Optional.of(peer),
                peer.isEmpty() ? Optional.empty() : Optional.of(Integer.toString(status)),
                peer.isEmpty() ? Optional.empty() : Optional.of(status < 500),
                50,
                Optional.of(first),
                Optional.of(last),
                "",
                "/var/log/nginx/access.log:1");
    }

    /** One site, one location, one upstream with these peers; the settings hold at the location. */
    public static NginxConfiguration configuration(
            PassKind kind, String upstream, List<String> peers, Setting... settings) {
        Position pass = new Position("/etc/nginx/conf.d/shop.conf", 7, 9);
        Location location =
                new Location(
                        new LocationMatch.Prefix("/", false),
                        Optional.of(
                                new Pass(
                                        kind,
                                        "http",
                                        "http://" + upstream,
                                        new PassTarget.Group(upstream),
                                        pass)),
                        Settings.of(List.of(settings)),
                        new Position("/etc/nginx/conf.d/shop.conf", 6, 5),
                        List.of());
        Site site =
                new Site(
                        false,
                        List.of("shop.example"),
                        List.of(),
                        List.of(location),
                        Settings.NONE,
                        new Position("/etc/nginx/conf.d/shop.conf", 4, 1));
        return new NginxConfiguration(
                MASTER.configuration(),
                "/etc/nginx",
                new Version(1, 22, 1),
                List.of(),
                Settings.of(List.of(settings)),
                List.of(site),
                List.of(
                        new Upstream(
                                upstream,
                                false,
                                false,
                                peers.stream().map(Facts::peer).toList(),
                                Settings.NONE,
                                Optional.empty())),
                List.of(),
                List.of(),
                List.of());
    }

    /** The same, with a file that was written then. */
    public static NginxConfiguration written(NginxConfiguration of, Instant at) {
        return new NginxConfiguration(
                of.path(),
                of.prefix(),
                of.version(),
                List.of(
                        new ConfigurationFile(
                                "/etc/nginx/conf.d/shop.conf", java.util.Optional.of(at))),
                of.main(),
                of.sites(),
                of.upstreams(),
                of.logs(),
                of.formats(),
                of.problems());
    }

    /** The same, with its only site listening there. */
    public static NginxConfiguration listening(NginxConfiguration of, String address) {
        Site site = of.sites().getFirst();
        Position at = new Position("/etc/nginx/conf.d/shop.conf", 5, 5);
        Listen listen = new Listen(Address.parse(address, 80).orElseThrow(), false, true, -1, at);
        return new NginxConfiguration(
                of.path(),
                of.prefix(),
                of.version(),
                of.files(),
                of.main(),
                List.of(
                        new Site(
                                false,
                                site.names(),
                                List.of(listen),
                                site.locations(),
                                site.settings(),
                                site.position())),
                of.upstreams(),
                of.logs(),
                of.formats(),
                of.problems());
    }

    /** Of nginx's network: a link 10.0.0.0/24 and a gateway on it, which answers. */
    public static Routes routes(Routes.Neighbour... neighbours) {
        List<Routes.Neighbour> all = new java.util.ArrayList<>(List.of(neighbours));
        all.add(new Routes.Neighbour("10.0.0.1", "eth0", true));
        return new Routes(
                NETWORK,
                List.of(
                        new Routes.Route("0.0.0.0/0", Optional.of("10.0.0.1"), "eth0", false),
                        new Routes.Route("10.0.0.0/24", Optional.empty(), "eth0", false)),
                all,
                true);
    }

    public static DnsLookup libc(String name, String... addresses) {
        return new DnsLookup(name, DnsLookup.LIBC, DnsLookup.Outcome.FOUND, List.of(addresses));
    }

    /** A connect from nginx's network that came to be. */
    public static PeerProbe connects(String address) {
        return new PeerProbe(
                Address.parse(address, 80).orElseThrow(),
                NETWORK,
                PeerProbe.Kind.CONNECT,
                new ProbeOutcome.Connected("connected"),
                Duration.ofMillis(1));
    }

    private static Peer peer(String address) {
        return new Peer(
                Address.parse(address, 80).orElseThrow(),
                1,
                1,
                Duration.ofSeconds(10),
                0,
                false,
                false,
                false,
                Optional.of(new Position("/etc/nginx/conf.d/shop.conf", 2, 5)));
    }

    public static Setting setting(String name, String... arguments) {
        return new Setting(
                name,
                Arrays.asList(arguments),
                Optional.of(new Position("/etc/nginx/conf.d/shop.conf", 9, 9)));
    }

    public static PathWalk walk(String path, PathStep... lastSteps) {
        return new PathWalk(
                path,
                PathWalk.Purpose.PEER_SOCKET,
                1,
                WORKER,
                List.of(lastSteps),
                Optional.empty());
    }

    public static PathStep step(String path, FileKind kind, int mode, String owner, long inode) {
        int id = owner.equals("root") ? 0 : 1000;
        return new PathStep(
                path, kind, mode, id, id, owner, owner, List.of(), inode, 1, Optional.empty());
    }
}
