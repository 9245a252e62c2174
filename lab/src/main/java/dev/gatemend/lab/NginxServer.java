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
import java.util.TreeSet;

/**
 * A real nginx of a scenario's own: its files, its life, its signals. A second {@code site}, {@code
 * docs.example}, is always there and well, so that a diagnosis can name the wrong one.
 */
public final class NginxServer {
    private static final Duration TO_TURN = Duration.ofSeconds(10);

    /** A program behind a file that stands in for /etc/hosts. */
    private static final String WITH_HOSTS =
            "mount --bind \"$1\" /etc/hosts && shift && exec \"$@\"";

    private final Bench bench;
    private final Path home;
    private final int port;
    private final List<String> mainLines = new ArrayList<>();
    private final List<String> eventsLines = new ArrayList<>();
    private final Map<String, String> httpBlocks = new LinkedHashMap<>();
    private final Map<String, String> sites = new LinkedHashMap<>();
    private final Map<String, String> firstSites = new LinkedHashMap<>();

    NginxServer(Bench bench, Path home, int port) throws IOException {
        this.bench = bench;
        this.home = home;
        this.port = port;
        Files.createDirectories(home.resolve("logs"));
        Files.createDirectories(home.resolve("temp"));
        httpBlocks.put("access_log", "access_log " + accessLog() + ";");
        site("docs.example", "location / { return 200 \"the manual\\n\"; }");
    }

    public Path configuration() {
        return home.resolve("nginx.conf");
    }

    public Path errorLog() {
        return home.resolve("logs/error.log");
    }

    public Path accessLog() {
        return home.resolve("logs/access.log");
    }

    /** Holds a directory for each kind of temporary file. */
    public Path temp(String kind) {
        return home.resolve("temp").resolve(kind);
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
        Files.writeString(hostsFile(), text);
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
        write();
        Program program = launch();
        Await.until(
                "nginx is up: " + Files.readString(program.log()),
                TO_TURN,
                () -> {
                    if (!program.process().isAlive()) {
                        throw new IOException(
                                "nginx did not start: " + Files.readString(program.log()));
                    }
                    return hasPid() && !workers().isEmpty();
                });
    }

    /** Writes the configuration and tries to start nginx, which refuses. */
    public void startRefused() throws IOException, InterruptedException {
        write();
        Program program = launch();
        Await.until("nginx gives up", TO_TURN, () -> !program.process().isAlive());
    }

    /** Writes the configuration and has it loaded; returns when the new workers alone serve. */
    public void reload() throws IOException, InterruptedException {
        write();
        Set<Long> before = workers();
        Signal.HUP.to(program().pid());
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
        Signal.HUP.to(program().pid());
        Await.until("nginx has refused", TO_TURN, () -> emergencies() > emergencies);
    }

    /** Has the log files opened anew, as logrotate does. */
    public void reopenLogs() throws IOException, InterruptedException {
        Signal.USR1.to(program().pid());
    }

    public void stop() throws IOException, InterruptedException {
        program().stop();
    }

    /** SIGKILL to the master and its workers; the pid file stays. */
    public void killHard() throws IOException, InterruptedException {
        program().killHard();
    }

    /** Pids of the workers that serve or are about to end. */
    Set<Long> workers() {
        Set<Long> workers = new TreeSet<>();
        program().process().children().forEach(child -> workers.add(child.pid()));
        return workers;
    }

    /** Writes the configuration file without telling nginx. */
    public void write() throws IOException {
        Files.writeString(configuration(), text());
    }

    private Program program() {
        return bench.program(home.getFileName().toString());
    }

    private Program launch() throws IOException, InterruptedException {
        Files.deleteIfExists(pidFile());
        List<String> command = new ArrayList<>();
        if (Files.exists(hostsFile())) {
            command.addAll(List.of("unshare", "--mount", "--propagation", "private"));
            command.addAll(List.of("sh", "-c", WITH_HOSTS, "hosts", hostsFile().toString()));
        }
        command.addAll(
                List.of(
                        bench.nginxBinary().toString(),
                        "-p",
                        home + "/",
                        "-c",
                        configuration().toString(),
                        "-e",
                        errorLog().toString(),
                        "-g",
                        "daemon off;"));
        return bench.start(home.getFileName().toString(), false, command);
    }

    private Path hostsFile() {
        return home.resolve("hosts");
    }

    private boolean hasPid() throws IOException {
        return Files.exists(pidFile()) && !Files.readString(pidFile()).isBlank();
    }

    private long emergencies() throws IOException {
        return Files.readString(errorLog()).lines().filter(l -> l.contains("[emerg]")).count();
    }

    private Path pidFile() {
        return home.resolve("nginx.pid");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (Need.ROOT.missing().isEmpty()) {
            text.append("user www-data;\n");
        }
        text.append("worker_processes 1;\npid ").append(pidFile()).append(";\n");
        text.append("error_log ").append(errorLog()).append(";\n");
        mainLines.forEach(line -> text.append(line).append('\n'));
        text.append("events {\n");
        List<String> events =
                eventsLines.isEmpty() ? List.of("worker_connections 512;") : eventsLines;
        events.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("}\nhttp {\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            text.append("    ").append(kind).append("_temp_path ").append(temp(kind)).append(";\n");
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
