package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A real nginx of a scenario's own: its files, its life, its signals. A second {@code site}, {@code
 * docs.example}, is always there and well, so that a diagnosis can name the wrong one.
 */
public final class NginxServer {
    private static final Duration TO_TURN = Duration.ofSeconds(10);
    private static final int USUAL_PORT = 80;

    private final NginxFiles files;
    private final NginxLife life;
    private final Path hosts;
    private final boolean ownTemp;
    private final int port;
    private boolean started;
    private final List<String> mainLines = new ArrayList<>();
    private final List<String> eventsLines = new ArrayList<>();
    private final Map<String, String> httpBlocks = new LinkedHashMap<>();
    private final Map<String, String> sites = new LinkedHashMap<>();
    private final Map<String, String> firstSites = new LinkedHashMap<>();

    private NginxServer(NginxFiles files, NginxLife life, Path hosts, boolean ownTemp, int port) {
        this.files = files;
        this.life = life;
        this.hosts = hosts;
        this.ownTemp = ownTemp;
        this.port = port;
        httpBlocks.put("access_log", "access_log " + accessLog() + ";");
        site("docs.example", "location / { return 200 \"the manual\\n\"; }");
    }

    /** One that the bench runs itself, with all its files below one directory. */
    static NginxServer in(Path home, Bench bench, int port) throws IOException {
        NginxFiles files = NginxFiles.in(home);
        Files.createDirectories(files.logs());
        Files.createDirectories(files.temp());
        Path hosts = home.resolve("hosts");
        NginxProgram program =
                new NginxProgram(bench, home.getFileName().toString(), home, files, hosts);
        return new NginxServer(files, program, hosts, true, port);
    }

    /** The nginx.service of another host, on the usual port. */
    static NginxServer on(SystemdHost host) {
        Path root = host.files();
        return new NginxServer(
                NginxFiles.ofPackage(root),
                new NginxService(host),
                root.resolve("etc/hosts"),
                false,
                USUAL_PORT);
    }

    public Path configuration() {
        return files.configuration();
    }

    public Path errorLog() {
        return files.errorLog();
    }

    /** What the error log holds; nothing when there is none. */
    String errors() throws IOException {
        Path log = files.here(errorLog());
        return Files.exists(log) ? Files.readString(log) : "";
    }

    public Path accessLog() {
        return files.accessLog();
    }

    /** Holds a directory for each kind of temporary file. */
    public Path temp(String kind) {
        return files.temp().resolve(kind);
    }

    /** Where clients reach it, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** A line of the main level. */
    public NginxServer main(String line) {
        mainLines.add(line);
        return this;
    }

    /** A line of {@code events}; {@code worker_connections 512} unless one says otherwise. */
    public NginxServer events(String line) {
        eventsLines.add(line);
        return this;
    }

    /** A piece of the http level, replaced when the same name comes again. */
    public NginxServer http(String name, String text) {
        httpBlocks.put(name, text);
        return this;
    }

    /** The inside of a site's server block, replaced when the same name comes again. */
    public NginxServer site(String name, String inside) {
        firstSites.putIfAbsent(name, inside);
        sites.put(name, inside);
        return this;
    }

    /**
     * Gives nginx a hosts file of its own, in a mount namespace of its own; what stands in it may
     * be changed later, too. Said first before the start.
     *
     * @param text lines of hosts(5)
     */
    public NginxServer hosts(String text) throws IOException {
        Files.writeString(hosts, text);
        return this;
    }

    /** A site as it was given first. */
    NginxServer restoreSite(String name) throws IOException {
        String first = firstSites.get(name);
        if (first == null) {
            throw new IOException("there is no site " + name);
        }
        sites.put(name, first);
        return this;
    }

    /** Writes the configuration and starts nginx with it. */
    public void start() throws IOException, InterruptedException {
        started = true;
        write();
        life.start();
    }

    /** Writes the configuration and tries to start nginx, which refuses. */
    public void startRefused() throws IOException, InterruptedException {
        started = true;
        write();
        life.startRefused();
    }

    /** Writes the configuration for somebody else who starts it with that. */
    Path startedElsewhere() throws IOException {
        started = true;
        write();
        Files.deleteIfExists(files.pid());
        return files.pid();
    }

    /** It was tried, whether or not it runs. */
    boolean wasStarted() {
        return started;
    }

    /** Writes the configuration and has it loaded; returns when the new workers alone serve. */
    public void reload() throws IOException, InterruptedException {
        write();
        Set<Long> before = workers();
        life.askToReload();
        Await.until(
                "nginx has reloaded",
                TO_TURN,
                () -> {
                    Set<Long> now = workers();
                    return !now.isEmpty() && now.stream().noneMatch(before::contains);
                });
    }

    /** Writes the configuration and asks for a reload, which nginx refuses. */
    public void reloadRefused() throws IOException, InterruptedException {
        write();
        long emergencies = emergencies();
        life.askToReload();
        Await.until("nginx has refused", TO_TURN, () -> emergencies() > emergencies);
    }

    /** Has the log files opened anew, as logrotate does. */
    public void reopenLogs() throws IOException, InterruptedException {
        life.askToReopenLogs();
    }

    public void stop() throws IOException, InterruptedException {
        life.stop();
    }

    /** SIGKILL to the master and its workers; the pid file stays. */
    public void killHard() throws IOException, InterruptedException {
        life.killHard();
    }

    /** Pids of the workers that serve or are about to end. */
    Set<Long> workers() throws IOException {
        return life.workers();
    }

    /** Writes the configuration file without telling nginx. */
    public void write() throws IOException {
        Files.writeString(files.here(configuration()), text());
    }

    private long emergencies() throws IOException {
        return errors().lines().filter(l -> l.contains("[emerg]")).count();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (Need.ROOT.missing().isEmpty()) {
            text.append("user www-data;\n");
        }
        text.append("worker_processes 1;\npid ").append(files.pid()).append(";\n");
        text.append("error_log ").append(errorLog()).append(";\n");
        mainLines.forEach(line -> text.append(line).append('\n'));
        text.append("events {\n");
        List<String> events =
                eventsLines.isEmpty() ? List.of("worker_connections 512;") : eventsLines;
        events.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("}\nhttp {\n");
        if (ownTemp) {
            for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
                text.append("    ").append(kind).append("_temp_path ").append(temp(kind));
                text.append(";\n");
            }
        }
        httpBlocks.values().forEach(block -> text.append(block.indent(4)));
        sites.forEach((name, inside) -> text.append(server(name, inside).indent(4)));
        return text.append("}\n").toString();
    }

    private String server(String name, String inside) {
        return "server {\n    listen 127.0.0.1:%d;\n    server_name %s;\n%s}"
                .formatted(port, name, inside.indent(4));
    }
}
