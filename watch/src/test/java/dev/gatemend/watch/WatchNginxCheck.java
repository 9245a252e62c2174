package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of the daemon on a real nginx of its own: loopback, own directory. */
class WatchNginxCheck {
    @TempDir Path directory;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private int port;
    private int applicationPort;
    private Optional<HttpServer> application = Optional.empty();
    private Optional<Process> nginx = Optional.empty();
    private Optional<CompletableFuture<Void>> watching = Optional.empty();

    @BeforeEach
    void choosePorts() throws IOException {
        port = freePort();
        applicationPort = freePort();
    }

    @AfterEach
    void stop() throws Exception {
        asked.countDown();
        if (watching.isPresent()) {
            watching.get().get(30, TimeUnit.SECONDS);
        }
        stopApplication();
        if (nginx.isPresent()) {
            nginx.get().destroy();
            nginx.get().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"combined", "peers"})
    void anApplicationThatDiesAndComesBackIsOneIncidentWithItsCause(String format)
            throws Exception {
        startApplication();
        startNginx(format);
        watch();
        askUntil(() -> told("watch.ready"));
        // It may be ready before the first request; who never answered may as well end at each
        // start.
        ask("/cart");

        stopApplication();
        askUntil(() -> told("incident.diagnosed"));
        startApplication();
        askUntil(() -> told("incident.resolved"));

        // A second look may come to more than the first; it is told of then.
        assertThat(words().stream().distinct())
                .containsExactly(
                        "watch.ready",
                        "signal",
                        "incident.opened",
                        "incident.diagnosed",
                        "incident.resolved");
        assertThat(document("incident.diagnosed"))
                .contains("\"cause\":\"app-not-running\"")
                .contains("\"peer\":\"127.0.0.1:" + applicationPort + "\"")
                .contains("\"site\":\"shop.example\"");
        assertThat(told.stream().flatMap(one -> one.event().incident().stream()).distinct())
                .hasSize(1);
        endWatch();
        assertThat(remembered()).singleElement().isInstanceOf(Incident.Resolved.class);
    }

    @Test
    void ofAHealthySiteNothingIsTold() throws Exception {
        startApplication();
        startNginx("peers");
        watch();
        askUntil(() -> told("watch.ready"));

        for (int i = 0; i < 100; i++) {
            ask("/" + i);
            ask("/missing");
        }
        endWatch();

        assertThat(words()).containsExactly("watch.ready");
    }

    @Test
    void anNginxThatIsGoneIsAnIncident() throws Exception {
        startApplication();
        startNginx("peers");
        watch();
        askUntil(() -> told("watch.ready"));

        nginx.orElseThrow().destroy();
        await(() -> told("incident.diagnosed"));

        assertThat(words())
                .containsExactly("watch.ready", "signal", "incident.opened", "incident.diagnosed");
        assertThat(document("incident.opened")).contains("\"kind\":\"not-running\"");
    }

    private void watch() throws IOException {
        Recollection memory =
                Recollection.open(directory.resolve("state"), Instant.now(), told::add);
        Watch watch =
                new Watch(
                        Host.local(),
                        new Watch.Wish(this::request, Optional.empty(), "test"),
                        beat(),
                        memory);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                watch.run();
                                ended.complete(null);
                            } catch (InterruptedException
                                    | IOException
                                    | RuntimeException
                                    | Error e) {
                                ended.completeExceptionally(e);
                            }
                        });
        watching = Optional.of(ended);
    }

    private LookRequest request(Instant now) {
        return new LookRequest(
                Window.endingAt(now, Duration.ofMinutes(15)),
                ZoneId.systemDefault(),
                Optional.of(directory.resolve("nginx.conf")),
                Optional.empty(),
                Optional.empty());
    }

    private Beat beat() {
        return new Beat() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void rest() throws InterruptedException {
                asked.await(100, TimeUnit.MILLISECONDS);
            }

            @Override
            public boolean isOver() {
                return asked.getCount() == 0;
            }
        };
    }

    private void endWatch() throws Exception {
        asked.countDown();
        watching.orElseThrow().get(30, TimeUnit.SECONDS);
    }

    private List<Incident> remembered() throws Exception {
        try (Store store = Store.read(directory.resolve("state"))) {
            return store.incidents(10);
        }
    }

    private boolean told(String word) {
        return words().contains(word) || watching.orElseThrow().isCompletedExceptionally();
    }

    private List<String> words() {
        return told.stream().map(one -> one.event().word()).toList();
    }

    private String document(String word) {
        return told.stream()
                .filter(one -> one.event().word().equals(word))
                .map(Told::document)
                .findFirst()
                .orElse("");
    }

    private void startApplication() throws IOException {
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), applicationPort),
                        0);
        server.createContext(
                "/",
                exchange -> {
                    boolean missing = exchange.getRequestURI().getPath().equals("/missing");
                    exchange.sendResponseHeaders(missing ? 404 : 200, -1);
                    exchange.close();
                });
        server.start();
        application = Optional.of(server);
    }

    private void stopApplication() {
        application.ifPresent(server -> server.stop(0));
        application = Optional.empty();
    }

    private void startNginx(String format) throws IOException {
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, configuration(format));
        Process process =
                new ProcessBuilder(
                                "/usr/sbin/nginx",
                                "-p",
                                directory.toString(),
                                "-c",
                                configuration.toString(),
                                "-e",
                                directory.resolve("start.log").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("out").toFile())
                        .start();
        nginx = Optional.of(process);
        await(() -> accepts() || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(directory.resolve("out"))).isTrue();
    }

    private String configuration(String format) {
        return """
        daemon off;
        user root;
        worker_processes 1;
        pid DIR/nginx.pid;
        error_log DIR/error.log;
        events { worker_connections 64; }
        http {
            log_format peers '$remote_addr [$time_local] "$request" $status '
                             '$upstream_addr $upstream_status $request_time';
            access_log DIR/access.log FORMAT;
            client_body_temp_path DIR/b; proxy_temp_path DIR/p; fastcgi_temp_path DIR/f;
            uwsgi_temp_path DIR/u; scgi_temp_path DIR/s;
            server {
                listen 127.0.0.1:PORT;
                server_name shop.example;
                location / { proxy_pass http://127.0.0.1:APPLICATION; }
            }
        }
        """
                .replace("DIR", directory.toString())
                .replace("FORMAT", format)
                .replace("PORT", Integer.toString(port))
                .replace("APPLICATION", Integer.toString(applicationPort));
    }

    /** Asks again and again, as users do. */
    private void askUntil(BooleanSupplier state) throws IOException {
        Instant until = Instant.now().plus(Duration.ofSeconds(60));
        while (!state.getAsBoolean() && Instant.now().isBefore(until)) {
            ask("/cart");
            Instant next = Instant.now().plus(Duration.ofMillis(50));
            await(() -> state.getAsBoolean() || !Instant.now().isBefore(next));
        }
    }

    private void ask(String uri) throws IOException {
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
