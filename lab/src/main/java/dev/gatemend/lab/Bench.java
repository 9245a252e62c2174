package dev.gatemend.lab;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where a scenario happens: a private directory, free ports, programs in sessions of their own, if
 * asked for a network namespace, and one nginx. Things are named by the scenario and found again
 * under their names. Closing it leaves nothing behind; so does killing this process.
 *
 * <p>One scenario uses it from one thread.
 */
public final class Bench implements AutoCloseable {
    /** Applications run as somebody who is neither root nor nginx's worker. */
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

    private final RunDirectory directory;
    private final Guard guard;
    private final Thread atExit;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Program> programs = new ConcurrentHashMap<>();
    private final Map<String, NginxServer> servers = new LinkedHashMap<>();
    private final HeldConnections held = new HeldConnections();
    private final Path nginxBinary;
    private Optional<Namespace> namespace = Optional.empty();
    private Optional<Namespace> machine = Optional.empty();
    private Optional<SystemdHost> systemd = Optional.empty();
    private Optional<Path> composed = Optional.empty();
    private Truth truth = Truth.NOTHING;

    private Bench(RunDirectory directory, Guard guard, Path nginxBinary) {
        this.directory = directory;
        this.guard = guard;
        this.nginxBinary = nginxBinary;
        this.atExit = new Thread(this::closeQuietly, "lab-at-exit");
    }

    /** Opens a bench with this nginx, and first clears away what killed runs have left. */
    public static Bench open(Path nginxBinary) throws IOException, InterruptedException {
        for (RunDirectory orphan : RunDirectory.orphans()) {
            Sweep.clean(orphan);
        }
        RunDirectory directory = RunDirectory.create();
        Bench bench = new Bench(directory, Guard.over(directory), nginxBinary);
        Runtime.getRuntime().addShutdownHook(bench.atExit);
        Path sockets = Files.createDirectory(bench.path("run"));
        Files.createDirectory(bench.path("output"));
        Files.createDirectory(bench.path("apps"));
        if (Need.ROOT.missing().isEmpty()) {
            Command.run("chown", "nobody:nogroup", sockets.toString());
        }
        return bench;
    }

    /** A path inside the private directory. {@code run/} belongs to the applications. */
    public Path path(String relative) {
        return directory.path().resolve(relative);
    }

    /** The address {@code unix:PATH} of a socket inside {@code run/}. */
    public String socket(String name) {
        return "unix:" + path("run/" + name);
    }

    /** A free port, the same whenever the same name is asked for. */
    public int port(String name) throws IOException {
        Integer known = ports.get(name);
        if (known != null) {
            return known;
        }
        int port = Ports.take(2);
        ports.put(name, port);
        return port;
    }

    /** The port after {@link #port}, which is free as well. */
    public int portBeside(String name) throws IOException {
        return port(name) + 1;
    }

    /** {@code 127.0.0.1:PORT}. */
    public String loopback(String name) throws IOException {
        return "127.0.0.1:" + port(name);
    }

    /** The nginx whose clients complain. */
    public NginxServer nginx() throws IOException {
        return nginx("nginx");
    }

    /** An nginx by name; another one than {@code nginx} can stand behind it. */
    public NginxServer nginx(String name) throws IOException {
        NginxServer known = servers.get(name);
        if (known != null) {
            return known;
        }
        NginxServer server =
                systemd.isPresent() && name.equals("nginx")
                        ? NginxServer.on(systemd.get())
                        : NginxServer.in(path(name), this, port(name));
        servers.put(name, server);
        return server;
    }

    /** Real applications. */
    public Applications apps() {
        return new Applications(this);
    }

    /** A Docker of its own, in the scenario's namespace. */
    void startDocker() throws IOException, InterruptedException {
        namespace();
        Docker.start(this, directory);
    }

    /** A client of {@link #nginx()}. */
    public Client client() throws IOException {
        return new Client(nginx().port());
    }

    /** One request to {@link #nginx()}, from inside its network if it has one of its own. */
    public int ask(Ask ask) throws IOException, InterruptedException {
        return namespace.isPresent() ? namespace.get().ask(ask, nginx().port()) : client().ask(ask);
    }

    /** The application misbehaves from now on, on the paths made for it (see {@code apps/}). */
    public void misbehave() throws IOException {
        Files.writeString(path("apps/misbehave"), "");
    }

    /** Undoes {@link #misbehave}. */
    public void behave() throws IOException {
        Files.deleteIfExists(path("apps/misbehave"));
    }

    /** Connections of clients that are kept open. */
    HeldConnections held() {
        return held;
    }

    /** From now on refusals of security modules are those that files of {@link #composed} tell. */
    void useComposed() throws IOException {
        composed = Optional.of(Files.createDirectory(path("composed")));
    }

    /**
     * A directory with what is composed, under the paths it has on a host; empty when nothing is.
     */
    Optional<Path> composed() {
        return composed;
    }

    /** Moves the scenario into a network namespace of its own, before it starts anything. */
    public Namespace useNamespace() throws IOException, InterruptedException {
        if (!programs.isEmpty()) {
            throw new IllegalStateException("something runs outside the namespace already");
        }
        Namespace made = Namespace.create(directory);
        namespace = Optional.of(made);
        return made;
    }

    /** Moves the scenario to a host with systemd of its own, before it starts anything. */
    public void useSystemd() throws IOException, InterruptedException {
        SystemdHost booted = SystemdHost.boot(this, directory);
        namespace = Optional.of(booted.network());
        systemd = Optional.of(booted);
        Files.copy(unpack("apps/app.py"), booted.files().resolve("srv/shop/app.py"));
    }

    /** The one booted by {@link #useSystemd}; empty when this machine serves as it is. */
    Optional<SystemdHost> systemd() {
        return systemd;
    }

    /**
     * Makes another machine, a network namespace, and a link to it: {@code shop0} here and {@code
     * shop1} there.
     *
     * @param own address and length of this side, {@code 10.77.0.1/24}
     * @param its of the other
     */
    public void joinMachine(String own, String its) throws IOException, InterruptedException {
        Namespace here = namespace();
        Namespace there = Namespace.create(directory);
        machine = Optional.of(there);
        here.linkTo(there, own, its);
    }

    /** The one made by {@link #joinMachine}. */
    public Namespace machine() throws IOException {
        return machine.orElseThrow(() -> new IOException("join_machine comes first"));
    }

    /** Takes a step in which programs are started on the other machine. */
    public void onMachine(Step step) throws IOException, InterruptedException {
        Optional<Namespace> here = namespace;
        namespace = Optional.of(machine());
        try {
            step.run(this);
        } finally {
            namespace = here;
        }
    }

    /** The one made by {@link #useNamespace}. */
    public Namespace namespace() {
        return namespace.orElseThrow();
    }

    /** What is really wrong, for comparing with the diagnosis. */
    public Truth truth() {
        return truth;
    }

    /** Says which peer is the one, as in {@code 127.0.0.1:8000} or {@code unix:/x}. */
    public void guilty(String peer) {
        truth = truth.withPeer(peer);
    }

    /** Says more of what is really wrong, or of what must not be named as failing. */
    void knows(Truth more) {
        truth = more;
    }

    /** Something of that name was started, whether or not it still runs. */
    boolean hasStarted(String name) {
        return programs.containsKey(name);
    }

    /** The program of that name, running or not. */
    public Program program(String name) {
        Program program = programs.get(name);
        if (program == null) {
            throw new IllegalStateException("nothing of that name was started: " + name);
        }
        return program;
    }

    Path nginxBinary() {
        return nginxBinary;
    }

    /** Starts a program in a session of its own. */
    Program start(String name, boolean asNobody, List<String> command) throws IOException {
        return start(name, asNobody, command, Map.of());
    }

    private Program start(
            String name, boolean asNobody, List<String> command, Map<String, String> environment)
            throws IOException {
        if (asNobody && systemd.isPresent()) {
            throw new IOException("on a host with systemd, a unit starts it, or sh itself");
        }
        List<String> full = new ArrayList<>();
        systemd.map(SystemdHost::prefix)
                .or(() -> namespace.map(Namespace::prefix))
                .ifPresent(full::addAll);
        full.add("setsid");
        if (asNobody && Need.ROOT.missing().isEmpty()) {
            full.addAll(AS_NOBODY);
        }
        full.addAll(command);
        Path log = path("output/" + name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(full)
                        .directory(directory.path().toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        systemd.ifPresent(_ -> builder.environment().clear());
        systemd.map(SystemdHost::environment).ifPresent(builder.environment()::putAll);
        builder.environment().put(RunDirectory.MARK, directory.path().toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        directory.noteSession(process.pid());
        Program program = new Program(name, process, log, directory);
        programs.put(name, program);
        return program;
    }

    /** Starts a step's script, which is in the namespace if there is one, as this user. */
    Program startScript(String step, Path script, Map<String, String> environment)
            throws IOException {
        return start("step-" + step, false, List.of("sh", "-eu", script.toString()), environment);
    }

    /** Writes a file of this module's resources into the private directory. */
    Path unpack(String resource) throws IOException {
        Path target = path(resource);
        try (InputStream in = Bench.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("not part of this program: " + resource);
            }
            Files.write(target, in.readAllBytes());
        }
        return target;
    }

    /**
     * Ends and removes all; idempotent. When it is interrupted or fails, the guard does it once
     * this process ends.
     */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            held.close();
            try {
                Sweep.clean(directory);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while clearing away " + directory);
            }
            guard.close();
            forgetHook();
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The virtual machine is going down already, and this is its hook at work.
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException _) {
            // The guard, whose input ends with this process, sweeps again.
        }
    }
}
