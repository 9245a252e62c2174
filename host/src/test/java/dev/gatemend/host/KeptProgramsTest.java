package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.Keeper;
import dev.gatemend.model.KeptProgram.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PHP-FPM's pools, PM2's applications, supervisor's programs. */
class KeptProgramsTest {
    /** As Debian's php8.2-fpm installs it, shortened. */
    private static final String POOL =
            """
            ; Start a new pool named 'www'.
            [www]
            user = www-data
            ;listen = 127.0.0.1:9000
            listen = /run/php/php8.2-fpm.sock
            slowlog = /var/log/$pool.log.slow
            pm.status_path = /status-$pool
            pm.status_listen = /run/php/$pool-status.sock
            """;

    /** Shortened from ~/.pm2/dump.pm2 of PM2 7.0.4. */
    private static final String SAVED =
            """
            [{"name":"shop","status":"online","PORT":"3123","args":["--x","1"],"username":"deploy",
              "env":{"PORT":"3123","SECRET":"127.0.0.1:4444"},"pm_err_log_path":"/home/deploy/.pm2/logs/shop-error.log"}]
            """;

    @TempDir Path root;

    private Scene scene;

    @BeforeEach
    void aHost() throws IOException {
        scene = new Scene(root);
        Files.createDirectories(root.resolve("proc"));
    }

    @Test
    void readsThePoolsOfAPhpThatDoesNotRun() throws Exception {
        scene.file("/etc/php/8.2/fpm/php-fpm.conf", "include=/etc/php/8.2/fpm/pool.d/*.conf\n")
                .file("/etc/php/8.2/fpm/pool.d/www.conf", POOL);

        assertThat(programs())
                .singleElement()
                .satisfies(
                        pool -> {
                            assertThat(pool.keeper()).isEqualTo(Keeper.PHP_FPM);
                            assertThat(pool.name()).isEqualTo("www");
                            assertThat(pool.state()).isEqualTo(State.KEEPER_DOWN);
                            assertThat(pool.listens())
                                    .containsExactly("unix:/run/php/php8.2-fpm.sock");
                            assertThat(pool.service()).contains("php8.2-fpm");
                            assertThat(pool.user()).contains("www-data");
                            assertThat(pool.status())
                                    .contains(
                                            new KeptProgram.StatusPage(
                                                    "/status-www",
                                                    Optional.of("unix:/run/php/www-status.sock")));
                        });
    }

    @Test
    void knowsARunningPhpByItsTitle() throws Exception {
        scene.file("/opt/php/fpm.conf", "[shop]\nlisten = 9001\n");
        process(41, "php-fpm: master process (/opt/php/fpm.conf)" + "\0".repeat(20));

        assertThat(programs())
                .singleElement()
                .satisfies(
                        pool -> {
                            assertThat(pool.state()).isEqualTo(State.RUNNING);
                            assertThat(pool.listens()).containsExactly("9001");
                        });
    }

    @Test
    void readsWhatAPm2SavedThatDoesNotRun() throws Exception {
        scene.file("/home/deploy/.pm2/dump.pm2", SAVED);

        assertThat(programs())
                .singleElement()
                .satisfies(
                        shop -> {
                            assertThat(shop.state()).isEqualTo(State.KEEPER_DOWN);
                            assertThat(shop.user()).contains("deploy");
                            assertThat(shop.definition()).isEqualTo("/home/deploy/.pm2");
                            assertThat(shop.listens()).containsExactly("3123");
                        });
    }

    @Test
    void findsWhatAPm2SavedInAHomeElsewhere() throws Exception {
        scene.file("/etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:7:7:,,:/srv/app:/bin/sh\n")
                .file("/srv/app/.pm2/dump.pm2", SAVED);

        assertThat(programs()).extracting(KeptProgram::definition).containsExactly("/srv/app/.pm2");
    }

    @Test
    void knowsTheLogsThatAProgramIsToldToWrite() throws Exception {
        scene.file(
                "/etc/supervisord.conf",
                """
                [program:blog]
                command=/usr/bin/gunicorn -b :8000 --error-logfile=/var/log/gunicorn.log blog:app
                stdout_logfile=/dev/stdout
                stderr_logfile=/var/log/%(program_name)s.err
                """);

        assertThat(programs())
                .flatExtracting(KeptProgram::logs)
                .containsExactly("/var/log/blog.err", "/var/log/gunicorn.log");
    }

    @Test
    void asksARunningPm2() throws Exception {
        Path home = Files.createDirectories(root.resolve("home/deploy/.pm2"));
        process(50, "PM2 v7.0.4: God Daemon (/home/deploy/.pm2)\0\0");
        String answer =
                "j:{\"args\":[[{\"name\":\"shop\",\"pm2_env\":{\"name\":\"shop\",\"status\":\"errored\","
                        + "\"exit_code\":3,\"restart_time\":15,\"pm_uptime\":1772366400000,\"PORT\":3123}}]]}";

        byte[] asked =
                whileAnswering(home.resolve("rpc.sock"), framed(answer), this::expectOneFailed);

        assertThat(new String(asked, StandardCharsets.ISO_8859_1)).contains("getMonitorData");
    }

    private void expectOneFailed() throws Exception {
        assertThat(programs())
                .singleElement()
                .satisfies(
                        shop -> {
                            assertThat(shop.state()).isEqualTo(State.FAILED);
                            assertThat(shop.said()).isEqualTo("errored, exit code 3, 15 restarts");
                            assertThat(shop.restarts()).isEqualTo(15);
                            assertThat(shop.startedAt())
                                    .contains(Instant.parse("2026-03-01T12:00:00Z"));
                            assertThat(shop.listens()).containsExactly("3123");
                        });
    }

    @Test
    void readsTheProgramsOfASupervisorThatDoesNotRun() throws Exception {
        supervisor("/run/supervisor.sock");

        assertThat(programs())
                .singleElement()
                .satisfies(
                        shop -> {
                            assertThat(shop.name()).isEqualTo("shop");
                            assertThat(shop.state()).isEqualTo(State.KEEPER_DOWN);
                            assertThat(shop.listens()).containsExactly("127.0.0.1:8000");
                            assertThat(shop.logs()).containsExactly("/var/log/shop.log");
                        });
    }

    @Test
    void asksARunningSupervisor() throws Exception {
        supervisor("/run/supervisor.sock");
        Files.createDirectories(root.resolve("run"));
        process(
                60,
                "/usr/bin/python3\0/usr/bin/supervisord\0-c\0/etc/supervisor/supervisord.conf\0");
        String answer =
                "HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n<?xml version='1.0'?><methodResponse>"
                        + "<params><param><value><array><data><value><struct>"
                        + member("name", "shop")
                        + member("group", "shop")
                        + member("statename", "FATAL")
                        + member("spawnerr", "Exited too quickly (process log may have details)")
                        + member("stdout_logfile", "/var/log/shop-stdout---supervisor-x1.log")
                        + "<member><name>start</name><value><int>1772366400</int></value></member>"
                        + "</struct></value></data></array></value></param></params></methodResponse>";

        whileAnswering(
                root.resolve("run/supervisor.sock"),
                answer.getBytes(StandardCharsets.UTF_8),
                () ->
                        assertThat(programs())
                                .singleElement()
                                .satisfies(
                                        shop -> {
                                            assertThat(shop.state()).isEqualTo(State.FAILED);
                                            assertThat(shop.said())
                                                    .startsWith("FATAL: Exited too quickly");
                                            assertThat(shop.logs())
                                                    .containsExactly(
                                                            "/var/log/shop.log",
                                                            "/var/log/shop-stdout---supervisor-x1.log");
                                            assertThat(shop.startedAt())
                                                    .contains(
                                                            Instant.parse("2026-03-01T12:00:00Z"));
                                        }));
    }

    @Test
    void saysThatAKeeperCouldNotBeAsked() throws Exception {
        process(50, "PM2 v7.0.4: God Daemon (/home/deploy/.pm2)\0");

        assertThat(scene.excuses(new KeptPrograms()))
                .singleElement()
                .asString()
                .startsWith("cannot ask PM2 in /home/deploy/.pm2: ");
    }

    @Test
    void staysSilentWhereThereIsNone() throws Exception {
        process(70, "/usr/sbin/sshd\0-D\0");

        assertThat(scene.observations(new KeptPrograms())).isEmpty();
    }

    @Test
    void survivesJunk() throws Exception {
        scene.file("/etc/php/8.2/fpm/php-fpm.conf", "[\n]\n==\n\0\0[x\n  y\ninclude=/[/*\n")
                .file("/root/.pm2/dump.pm2", "[{\"name\":")
                .file("/etc/supervisord.conf", "[include]\nfiles = /etc/supervisord.conf [ **\n");

        assertThat(programs()).isEmpty();
    }

    private List<KeptProgram> programs() throws IOException, InterruptedException {
        return scene.facts(new KeptPrograms(), KeptProgram.class);
    }

    private void supervisor(String socket) throws IOException {
        scene.file(
                        "/etc/supervisor/supervisord.conf",
                        "[unix_http_server]\nfile="
                                + socket
                                + "   ; (the path to the socket file)\n[include]\nfiles = conf.d/*.conf\n")
                .file(
                        "/etc/supervisor/conf.d/shop.conf",
                        """
                        [program:shop]
                        command=/usr/bin/gunicorn
                            --bind 127.0.0.1:8000 shop:app
                        stdout_logfile=/var/log/shop.log
                        """);
    }

    private void process(int pid, String commandLine) throws IOException {
        scene.file("/proc/" + pid + "/cmdline", commandLine);
    }

    private static String member(String name, String value) {
        return "<member><name>%s</name><value><string>%s</string></value></member>"
                .formatted(name, value);
    }

    private static byte[] framed(String answer) {
        byte[] text = answer.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(text.length + 5)
                .put((byte) 0x12)
                .putInt(text.length)
                .put(text)
                .array();
    }

    private interface Checked {
        void run() throws Exception;
    }

    /** Plays a keeper that answers one call; returns what it was asked. */
    private static byte[] whileAnswering(Path path, byte[] answer, Checked action)
            throws Exception {
        byte[] asked = new byte[2048];
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread keeper = Thread.ofVirtual().start(() -> answer(server, answer, asked));
            action.run();
            keeper.join();
        }
        return asked;
    }

    private static void answer(ServerSocketChannel server, byte[] answer, byte[] asked) {
        try (SocketChannel client = server.accept();
                InputStream in = Channels.newInputStream(client);
                OutputStream out = Channels.newOutputStream(client)) {
            in.read(asked);
            out.write(answer);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
