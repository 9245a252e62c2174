package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Logs that a real nginx writes, rotated under it. The nginx is private: loopback, own directory.
 * Its format does not tell who made a status: only the error log does.
 */
class LogsFollowingNginxTest {
    private static final Pattern EVENT =
            Pattern.compile(
                    "\"event\":\"(\\w+)\".*\"madeBy\":(?:\"(\\w+)\"|null).*\"uri\":\"([^\"]*)\"");

    @TempDir Path directory;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int port;
    private Optional<HttpServer> application = Optional.empty();
    private Optional<Process> nginx = Optional.empty();

    @BeforeEach
    void startApplication() throws IOException {
        port = freePort();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    boolean fails = exchange.getRequestURI().getPath().startsWith("/own");
                    exchange.sendResponseHeaders(fails ? 502 : 200, -1);
                    exchange.close();
                });
        server.start();
        application = Optional.of(server);
    }

    private void start(String logging) throws IOException {
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(logging));
        Process process =
                new ProcessBuilder(command())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("out").toFile())
                        .start();
        nginx = Optional.of(process);
        await(() -> accepts() || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(directory.resolve("out"))).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        asked.countDown();
        application.ifPresent(server -> server.stop(0));
        if (nginx.isPresent()) {
            nginx.get().destroy();
            nginx.get().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "buffer=8k flush=1s"})
    void everyFailureIsToldOnceWithItsMakerThroughRotations(String logging) throws Exception {
        start(logging);
        CompletableFuture<Integer> following = follow();
        Map<String, String> expected = new TreeMap<>();
        for (int rotation = 0; rotation < 5; rotation++) {
            fail(expected, rotation + "-before");
            Files.move(log("access.log"), log("access.log." + rotation));
            Files.move(log("error.log"), log("error.log." + rotation));
            fail(expected, rotation + "-renamed");
            reopen();
            fail(expected, rotation + "-after");
            await(() -> told().size() >= expected.size());
        }
        asked.countDown();

        assertThat(following.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.TROUBLE);
        assertThat(told()).isEqualTo(expected);
        assertThat(lines())
                .as("each once")
                .filteredOn(line -> line.contains("\"event\":\"failed\""))
                .hasSize(30);
        assertThat(lines().getLast())
                .contains("\"byMaker\":{\"nginx\":15,\"upstream\":15,\"unknown\":0}")
                .contains("\"retried\":15");
    }

    @Test
    void aLogThatIsCutInPlaceIsReadOn() throws Exception {
        start("");
        CompletableFuture<Integer> following = follow();
        Map<String, String> expected = new TreeMap<>();
        for (int rotation = 0; rotation < 10; rotation++) {
            fail(expected, "cut-" + rotation);
            await(() -> told().size() >= expected.size());
            for (String name : List.of("access.log", "error.log")) {
                Files.copy(log(name), log(name + "." + rotation));
                Files.write(log(name), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
        asked.countDown();

        assertThat(following.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.TROUBLE);
        assertThat(told()).isEqualTo(expected);
    }

    private void fail(Map<String, String> expected, String name) throws IOException {
        get("/dead/" + name);
        get("/own/" + name);
        get("/retry/" + name);
        expected.put("/dead/" + name, "failed nginx");
        expected.put("/own/" + name, "failed upstream");
        expected.put("/retry/" + name, "retried null");
    }

    private Map<String, String> told() {
        Map<String, String> told = new TreeMap<>();
        for (String line : out.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            EVENT.matcher(line)
                    .results()
                    .filter(event -> !event.group(1).equals("entry"))
                    .forEach(
                            event ->
                                    told.put(
                                            event.group(3), event.group(1) + " " + event.group(2)));
        }
        return told;
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private CompletableFuture<Integer> follow() {
        CountDownLatch begun = new CountDownLatch(1);
        Pulse pulse =
                new Pulse() {
                    @Override
                    public Instant now() {
                        return Instant.now();
                    }

                    @Override
                    public void rest() throws InterruptedException {
                        begun.countDown();
                        asked.await(50, TimeUnit.MILLISECONDS);
                    }

                    @Override
                    public boolean isOver() {
                        return asked.getCount() == 0;
                    }
                };
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                status.complete(play(pulse).status());
                            } catch (Exception e) {
                                status.completeExceptionally(e);
                            }
                        });
        await(() -> begun.getCount() == 0 || status.isDone());
        return status;
    }

    private Followed play(Pulse pulse) throws Exception {
        return Followed.of(
                pulse,
                InputStream.nullInputStream(),
                out,
                log("access.log").toString(),
                log("error.log").toString(),
                "--config",
                directory.resolve("nginx.conf").toString(),
                "--json");
    }

    private Path log(String name) {
        return directory.resolve(name);
    }

    private void reopen() throws IOException {
        List<String> command = new java.util.ArrayList<>(command());
        command.addAll(List.of("-s", "reopen"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.onExit().join().exitValue()).isZero();
        await(() -> Files.exists(log("access.log")) && Files.exists(log("error.log")));
    }

    private List<String> command() {
        return List.of(
                "/usr/sbin/nginx",
                "-p",
                directory.toString(),
                "-c",
                directory.resolve("nginx.conf").toString(),
                "-e",
                directory.resolve("start.log").toString());
    }

    private String configuration(String logging) {
        return """
        daemon off;
        user root;
        worker_processes 2;
        pid DIR/nginx.pid;
        error_log DIR/error.log;
        events { worker_connections 64; }
        http {
            log_format plain '$remote_addr [$time_local] "$request" $status '
                             '$upstream_addr $upstream_status $request_time';
            access_log DIR/access.log plain LOGGING;
            client_body_temp_path DIR/b; proxy_temp_path DIR/p; fastcgi_temp_path DIR/f;
            uwsgi_temp_path DIR/u; scgi_temp_path DIR/s;
            upstream pair { server 127.0.0.1:DEAD max_fails=0; server 127.0.0.1:LIVE backup; }
            server {
                listen 127.0.0.1:PORT;
                server_name shop.example;
                location /dead/ { proxy_pass http://127.0.0.1:DEAD; }
                location /own/ { proxy_pass http://127.0.0.1:LIVE; }
                location /retry/ { proxy_pass http://pair; }
            }
        }
        """
                .replace("DIR", directory.toString())
                .replace("LOGGING", logging)
                .replace("PORT", Integer.toString(port))
                .replace("DEAD", Integer.toString(1))
                .replace(
                        "LIVE", Integer.toString(application.orElseThrow().getAddress().getPort()));
    }

    private void get(String uri) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + uri + " HTTP/1.0\r\nHost: shop.example\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(BooleanSupplier state) {
        Instant until = Instant.now().plus(Duration.ofSeconds(30));
        while (!state.getAsBoolean() && Instant.now().isBefore(until)) {
            Thread.onSpinWait();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
