package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real programs that keep applications alive: PHP-FPM, supervisor, PM2. */
final class Keepers {
    private final Bench bench;

    Keepers(Bench bench) {
        this.bench = bench;
    }

    /**
     * A PHP-FPM of its own with one pool.
     *
     * @param settings of the pool, {@code pm.max_children=1}
     */
    Program phpFpm(String name, String bind, List<String> settings)
            throws IOException, InterruptedException {
        bench.unpack("apps/index.php");
        Path file = Files.createDirectories(bench.path("php/" + name)).resolve("php-fpm.conf");
        Files.writeString(file, pool(name, bind, settings));
        Program started =
                bench.start(
                        name,
                        false,
                        List.of(phpFpm(), "--nodaemonize", "--fpm-config", file.toString()));
        Applications.awaitWords(started, "ready to handle connections", 1);
        return started;
    }

    private static String phpFpm() throws IOException {
        return Need.phpFpm()
                .orElseThrow(() -> new IOException("no PHP-FPM is installed"))
                .toString();
    }

    /** A socket without these rights is root's own. What settings say later counts. */
    private String pool(String name, String bind, List<String> settings) {
        return """
               [global]
               error_log = %1$s
               [%2$s]
               listen = %3$s
               listen.mode = 0666
               user = nobody
               group = nogroup
               pm = static
               pm.max_children = 2
               catch_workers_output = yes
               php_admin_flag[display_errors] = off
               %4$s
               """
                .formatted(
                        bench.path("output/" + name + ".log"),
                        name,
                        bind.replaceFirst("^unix:", ""),
                        String.join("\n", settings));
    }

    /**
     * A program under supervisor, which is started before the first.
     *
     * @param settings of its section, {@code startretries=1}
     */
    void supervised(String name, String command, List<String> settings)
            throws IOException, InterruptedException {
        Path home = bench.path("supervisor");
        if (!bench.hasStarted("supervisord")) {
            bench.unpack("apps/app.py");
            startSupervisor(home);
        }
        Files.writeString(
                home.resolve("conf.d/" + name + ".conf"),
                """
                [program:%s]
                command=%s
                user=nobody
                %s
                """
                        .formatted(name, command, String.join("\n", settings)));
        supervisorctl(home, "update");
        Await.until(
                name + " runs",
                Await.LONG,
                () -> supervisorctl(home, "status", name).contains("RUNNING"));
    }

    private void startSupervisor(Path home) throws IOException, InterruptedException {
        Files.createDirectories(home.resolve("conf.d"));
        Path file = home.resolve("supervisord.conf");
        Files.writeString(file, supervisord(home));
        bench.start(
                "supervisord",
                false,
                List.of(
                        Applications.program("python3"),
                        Applications.program("supervisord"),
                        "-c",
                        file.toString()));
        Await.until(
                "supervisord answers",
                Await.LONG,
                () -> Files.exists(home.resolve("supervisor.sock")));
    }

    private static String supervisord(Path home) {
        return """
               [unix_http_server]
               file=%1$s/supervisor.sock
               [supervisord]
               nodaemon=true
               logfile=%1$s/supervisord.log
               pidfile=%1$s/supervisord.pid
               childlogdir=%1$s
               [rpcinterface:supervisor]
               supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
               [supervisorctl]
               serverurl=unix://%1$s/supervisor.sock
               [include]
               files=conf.d/*.conf
               """
                .formatted(home);
    }

    private static String supervisorctl(Path home, String... words)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Applications.program("supervisorctl"),
                                "-c",
                                home.resolve("supervisord.conf").toString()));
        command.addAll(List.of(words));
        return Command.answer(command).output();
    }

    /**
     * A node server under PM2, whose daemon comes up with the first.
     *
     * @param options of {@code pm2 start}
     */
    void pm2(String name, String bind, List<String> options)
            throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(
                        List.of("start", bench.unpack("apps/app.js").toString(), "--name", name));
        words.addAll(options);
        words.addAll(List.of("--", bind));
        tellPm2(words);
        Path log = home().resolve("logs/" + name + "-out.log");
        Await.until(
                name + " is up",
                Await.LONG,
                () -> Files.exists(log) && Files.readString(log).contains("ready"));
    }

    /** What an operator would type after {@code pm2}. */
    void tellPm2(List<String> words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "PM2_HOME=" + home(),
                                "PM2_DISABLE_VERSION_CHECK=true",
                                RunDirectory.MARK + "=" + bench.path(""),
                                Applications.program("node"),
                                Applications.program("pm2"),
                                "--no-color"));
        command.addAll(words);
        Command.run(command);
    }

    private Path home() {
        return bench.path("pm2");
    }
}
