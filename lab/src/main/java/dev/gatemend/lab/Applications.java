package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Real applications for nginx to pass to. Each is started under a name and bound to {@code
 * HOST:PORT} or {@code unix:PATH}, and is up when the method returns. What they answer depends on
 * the path asked for; see {@code apps/}.
 */
public final class Applications {
    /** A program behind an empty directory, as PrivateTmp= makes it. */
    private static final String APART =
            """
            mount -t tmpfs -o mode=1777 gatemend-lab "$1" && shift &&
            exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
            """;

    private final Bench bench;

    Applications(Bench bench) {
        this.bench = bench;
    }

    /** Python's own http.server, a thread a request. */
    public Program python(String name, String bind) throws IOException, InterruptedException {
        return script("python3", "app.py", name, List.of(bind));
    }

    /** {@link #python}, which sees an empty directory of its own in place of this one. */
    public Program pythonApart(Path directory, String name, String bind)
            throws IOException, InterruptedException {
        Path script = bench.unpack("apps/app.py");
        Program started =
                bench.start(
                        name,
                        false,
                        List.of(
                                "unshare",
                                "--mount",
                                "--propagation",
                                "private",
                                "sh",
                                "-c",
                                APART,
                                "apart",
                                directory.toString(),
                                program("python3"),
                                script.toString(),
                                bind));
        awaitWords(started, "ready", 1);
        return started;
    }

    /**
     * Python's http.server with TLS.
     *
     * @param wishes what {@code app.py} calls TLS
     */
    public Program pythonTls(String name, String bind, List<String> wishes)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(bind, certificate().toString()));
        arguments.addAll(wishes);
        return script("python3", "app.py", name, arguments);
    }

    /** A node http server. */
    public Program node(String name, String bind) throws IOException, InterruptedException {
        return script("node", "app.js", name, List.of(bind));
    }

    /** A server that answers each connection with fixed bytes, whatever is asked. */
    public Program parrot(String name, String bind, String answer)
            throws IOException, InterruptedException {
        return script("python3", "parrot.py", name, List.of(bind, answer));
    }

    /**
     * A name server that knows {@code known.internal} and answers NXDOMAIN to everything else.
     *
     * @param bind {@code HOST:PORT}, UDP
     */
    public Program dns(String name, String bind) throws IOException, InterruptedException {
        return script("python3", "dns.py", name, List.of(bind));
    }

    /** gunicorn with two workers and the application of {@code wsgi.py}. */
    public Program gunicorn(String name, String bind, String... options)
            throws IOException, InterruptedException {
        bench.unpack("apps/wsgi.py");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program("python3"),
                                program("gunicorn"),
                                "--bind",
                                bind,
                                "--workers",
                                "2",
                                "--pythonpath",
                                bench.path("apps").toString()));
        command.addAll(List.of(options));
        command.add("wsgi:application");
        return serving(name, command, "Booting worker", 2);
    }

    /** uWSGI with two workers and the application of {@code wsgi.py}; it speaks uwsgi. */
    Program uwsgi(String name, String bind, List<String> options)
            throws IOException, InterruptedException {
        Path script = bench.unpack("apps/wsgi.py");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program("uwsgi"),
                                "--plugin=python3",
                                "--socket=" + bind.replaceFirst("^unix:", ""),
                                "--chmod-socket=666",
                                "--master",
                                "--die-on-term",
                                "--need-app",
                                "--workers=2",
                                "--wsgi-file=" + script));
        command.addAll(options);
        Program started = serving(name, command, "spawned uWSGI worker", 2);
        // It says so when it has forked them. A worker told to stop before it listens to that,
        // never does.
        started.awaitHeeding(1 + 2);
        return started;
    }

    /** Puma with two threads and the application of {@code config.ru}. */
    Program puma(String name, String bind, List<String> options)
            throws IOException, InterruptedException {
        Path script = bench.unpack("apps/config.ru");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program("ruby"),
                                program("puma"),
                                "--bind=" + (bind.startsWith("unix:") ? bind : "tcp://" + bind),
                                "--threads=2:2"));
        command.addAll(options);
        command.add(script.toString());
        return serving(name, command, "Listening on", 1);
    }

    /** The JDK's own HttpServer, from its source file. */
    Program java(String name, String bind) throws IOException, InterruptedException {
        Path script = bench.unpack("apps/App.java");
        List<String> command =
                List.of(
                        program("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        script.toString(),
                        bind,
                        bench.path("apps/misbehave").toString());
        return serving(name, command, "ready", 1);
    }

    /** Starts it as nobody, and returns when it has said so often that it serves. */
    private Program serving(String name, List<String> command, String words, int times)
            throws IOException, InterruptedException {
        Program started = bench.start(name, true, command);
        awaitWords(started, words, times);
        return started;
    }

    private Program script(String interpreter, String file, String name, List<String> arguments)
            throws IOException, InterruptedException {
        Path script = bench.unpack("apps/" + file);
        List<String> command = new ArrayList<>(List.of(program(interpreter), script.toString()));
        command.addAll(arguments);
        return serving(name, command, "ready", 1);
    }

    /** Waits for what the program itself says, so that no probe of ours is its first client. */
    static void awaitWords(Program program, String word, int times)
            throws IOException, InterruptedException {
        Await.until(
                program.name() + " is up",
                Await.LONG,
                () -> {
                    String said = Files.readString(program.log());
                    if (!program.process().isAlive()) {
                        throw new IOException(program.name() + " did not start: " + said);
                    }
                    return said.split(word, -1).length > times;
                });
    }

    static String program(String name) throws IOException {
        return Need.program(name)
                .orElseThrow(() -> new IOException("not installed: " + name))
                .toString();
    }

    private Path certificate() throws IOException, InterruptedException {
        Path file = bench.path("certificate.pem");
        if (!Files.exists(file)) {
            Command.run(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-nodes",
                    "-subj",
                    "/CN=shop.internal",
                    "-days",
                    "2",
                    "-keyout",
                    file.toString(),
                    "-out",
                    file + ".crt");
            Files.writeString(
                    file, Files.readString(Path.of(file + ".crt")), StandardOpenOption.APPEND);
            Command.run("chmod", "644", file.toString());
        }
        return file;
    }
}
