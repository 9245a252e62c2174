package dev.gatemend.lab;

import dev.gatemend.model.Address;
import dev.gatemend.model.Fact;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Identity;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Observation;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.Source;
import dev.gatemend.model.Version;
import dev.gatemend.model.Window;
import dev.gatemend.nginx.config.CompiledDefaults;
import dev.gatemend.nginx.config.ConfigurationReader;
import dev.gatemend.nginx.config.LocationFinder;
import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.log.AccessLogScanner;
import dev.gatemend.nginx.log.ErrorLogScanner;
import dev.gatemend.nginx.log.LogQuestion;
import dev.gatemend.nginx.log.RequestPlace;
import dev.gatemend.nginx.log.ScanLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A host recorded while it was broken, for a machine without nginx: configuration and logs as nginx
 * 1.22.1 wrote them (paths and ports made readable), listeners and paths as they were seen then.
 * The diagnosis made of it is a real one.
 *
 * @param cause that was made
 * @param story one sentence for the operator
 * @param facts about sockets and paths
 */
record RecordedHost(String cause, String story, List<Fact> facts) {
    private static final Instant SEEN = Instant.parse("2026-11-21T11:20:40Z");
    private static final Namespaces NAMESPACES =
            new Namespaces(4_026_531_833L, 4_026_531_832L, 4_026_531_836L);
    private static final Identity WORKER = new Identity("www-data", 33, 33, List.of(33));
    private static final int MASTER = 24_306;
    private static final int APPLICATION = 24_292;
    private static final int DEPLOY = 1_000;
    private static final long SOCKET_FILE = 1_573_124;

    RecordedHost {
        facts = List.copyOf(facts);
    }

    static List<RecordedHost> all() {
        Address home = new Address.Unix("/home/deploy/app.sock");
        return List.of(
                new RecordedHost(
                        "socket-dir-permission",
                        "The application's socket lies in a home directory that somebody closed.",
                        List.of(listeners(home), homeWalk())),
                new RecordedHost(
                        "wrong-port",
                        "The application came back on the port beside the one nginx dials.",
                        List.of(listeners(new Address.Tcp("127.0.0.1", 8001)))),
                new RecordedHost(
                        "response-header-too-big",
                        "A new release puts 9,000 bytes into a cookie.",
                        List.of(listeners(new Address.Tcp("127.0.0.1", 8000)))));
    }

    /** All that was seen, as observers would have handed it over. */
    Snapshot snapshot() throws IOException {
        List<Observation> seen = new ArrayList<>();
        add(seen, master(), "nginx", "ps");
        NginxConfiguration configuration = configuration();
        add(seen, configuration, "config", RecordedFiles.CONFIGURATION);
        Window window = Window.endingAt(SEEN, Duration.ofMinutes(15));
        RequestPlace place = place(configuration);
        for (Fact group : errors(window, place)) {
            add(seen, group, "error.log", "/var/log/nginx/error.log");
        }
        for (Fact group : accesses(window, place)) {
            add(seen, group, "access.log", "/var/log/nginx/access.log");
        }
        for (Fact fact : facts) {
            boolean socket = fact instanceof SocketTable;
            add(seen, fact, socket ? "sockets" : "path", socket ? "ss -ltnxp" : "namei -l");
        }
        add(seen, application(), "processes", "/proc/" + APPLICATION + "/status");
        return new Snapshot(SEEN, "recorded", ZoneOffset.UTC, window, seen);
    }

    private static void add(List<Observation> seen, Fact fact, String source, String how) {
        seen.add(new Observation(fact, new Source(source, how), SEEN));
    }

    private NginxConfiguration configuration() {
        return ConfigurationReader.read(
                new RecordedFiles(cause),
                RecordedFiles.CONFIGURATION,
                "/usr/share/nginx",
                new Version(1, 22, 1),
                Optional.empty(),
                CompiledDefaults.NONE);
    }

    private List<? extends Fact> errors(Window window, RequestPlace place) throws IOException {
        return ErrorLogScanner.scan(
                        new RecordedFiles(cause).log("error.log"),
                        question("/var/log/nginx/error.log", window, place, ScanLimits.forErrors()))
                .groups();
    }

    private List<? extends Fact> accesses(Window window, RequestPlace place) throws IOException {
        return AccessLogScanner.scan(
                        new RecordedFiles(cause).log("access.log"),
                        question(
                                "/var/log/nginx/access.log",
                                window,
                                place,
                                ScanLimits.forAccesses()),
                        List.of(AccessLogFormat.compile(AccessLogFormat.COMBINED)))
                .groups();
    }

    private static LogQuestion question(
            String log, Window window, RequestPlace place, ScanLimits limits) {
        return new LogQuestion(
                MASTER,
                log,
                ZoneOffset.UTC,
                window,
                place,
                Set.of("/home/deploy/app.sock"),
                limits);
    }

    /** The error log names the site; a combined access log that two sites share does not. */
    private static RequestPlace place(NginxConfiguration configuration) {
        LocationFinder finder = new LocationFinder(configuration);
        return (server, host, uri) ->
                server.or(() -> host)
                        .flatMap(name -> finder.find(OptionalInt.empty(), name, uri))
                        .map(
                                served ->
                                        new RequestPlace.Place(
                                                served.site().name(),
                                                served.location()
                                                        .map(l -> l.match().written())
                                                        .orElse("")));
    }

    private static NginxMaster master() {
        return new NginxMaster(
                MASTER,
                "/usr/sbin/nginx",
                Optional.of(new Version(1, 22, 1)),
                "/usr/share/nginx",
                RecordedFiles.CONFIGURATION,
                List.of("nginx: master process /usr/sbin/nginx"),
                List.of(MASTER + 1),
                Optional.of(WORKER),
                NAMESPACES,
                Optional.empty(),
                Optional.empty(),
                Optional.of(SEEN.minusSeconds(12)));
    }

    /** nginx's own and the application's. */
    private static SocketTable listeners(Address application) {
        return new SocketTable(
                NAMESPACES.network(),
                List.of(
                        listener(new Address.Tcp("0.0.0.0", 80), 61_001, MASTER, 0),
                        listener(application, 61_002, APPLICATION, DEPLOY)),
                true);
    }

    private static Listener listener(Address address, long inode, int pid, int uid) {
        boolean unix = address instanceof Address.Unix;
        return new Listener(
                address,
                inode,
                OptionalInt.of(0),
                OptionalInt.of(50),
                List.of(pid),
                uid,
                false,
                unix ? OptionalLong.of(SOCKET_FILE) : OptionalLong.empty());
    }

    private static ProcessState application() {
        return new ProcessState(
                APPLICATION,
                1,
                "java",
                "java -jar /home/deploy/shop.jar",
                new Identity("deploy", DEPLOY, DEPLOY, List.of(DEPLOY)),
                'S',
                SEEN.minusMillis(9_600),
                NAMESPACES,
                Optional.empty(),
                Optional.empty(),
                12,
                OptionalInt.of(8),
                OptionalInt.of(20_000),
                Optional.of("futex_do_wait"),
                List.of());
    }

    private static PathWalk homeWalk() {
        return new PathWalk(
                "/home/deploy/app.sock",
                PathWalk.Purpose.PEER_SOCKET,
                NAMESPACES.mount(),
                WORKER,
                List.of(
                        step("/", FileKind.DIRECTORY, 0755, 0, 2),
                        step("/home", FileKind.DIRECTORY, 0755, 0, 131_073),
                        step("/home/deploy", FileKind.DIRECTORY, 0700, DEPLOY, 1_573_121),
                        step("/home/deploy/app.sock", FileKind.SOCKET, 0666, DEPLOY, SOCKET_FILE)),
                Optional.empty());
    }

    private static PathStep step(String path, FileKind kind, int mode, int uid, long inode) {
        String owner = uid == 0 ? "root" : "deploy";
        return new PathStep(
                path,
                kind,
                mode,
                uid,
                uid,
                owner,
                owner,
                List.of(),
                inode,
                65_024,
                Optional.empty());
    }
}
