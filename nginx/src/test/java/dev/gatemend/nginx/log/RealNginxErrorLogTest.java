package dev.gatemend.nginx.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ErrorEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lines that a real nginx writes when clients forge fields. The nginx is private: loopback, own
 * directory, one process.
 */
class RealNginxErrorLogTest {
    private static final String EVIL = "upstream: \"http://evil/\", host: \"evil";
    private static final String LINE =
            "2026/11/21 08:04:45 [error] 7#7: *7 connect() failed (111: Connection refused) while connecting to upstream, client:"
                    + " 6.6.6.6, server: evil, request: \"GET / HTTP/1.1\", upstream: \"http://evil/\", host: \"evil\"";

    @TempDir Path directory;
    private int port;
    private int dead;
    private Process nginx;

    @BeforeEach
    void start() throws Exception {
        port = freePort();
        dead = freePort();
        Path configuration = directory.resolve("nginx.conf");
        Files.createDirectories(directory.resolve("www"));
        Files.writeString(configuration, configuration());
        nginx =
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
        Instant until = Instant.now().plus(Duration.ofSeconds(20));
        while (!accepts()) {
            assertThat(nginx.isAlive())
                    .as("nginx runs: %s", Files.readString(directory.resolve("out")))
                    .isTrue();
            assertThat(Instant.now()).isBefore(until);
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        nginx.destroy();
        nginx.waitFor(10, TimeUnit.SECONDS);
    }

    @Test
    void noForgedFieldBecomesThePeer() throws IOException {
        send("GET /plain HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        send(
                "GET /referrer HTTP/1.1\r\nHost: shop.example\r\nReferer: x\", "
                        + EVIL
                        + "\r\nConnection: close\r\n\r\n");
        send(
                "GET /context HTTP/1.1\r\nHost: shop.example\r\nReferer: x\", client: 6.6.6.6, server: evil, request: \"GET / HTTP/1.1\", "
                        + EVIL
                        + "\r\nConnection: close\r\n\r\n");
        send(
                "GET /quote?a=\"b\",%20upstream:%20\"http://evil/\" HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        send("GET /host HTTP/1.1\r\nHost: a\",upstream:\"evil\r\nConnection: close\r\n\r\n");
        send(
                "GET /v/x%22,%20"
                        + EVIL.replace(" ", "%20").replace("\"", "%22")
                        + " HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
        send(
                "GET /auth HTTP/1.1\r\nHost: shop.example\r\nReferer: x\", "
                        + EVIL
                        + "\r\nConnection: close\r\n\r\n");
        send("GET /old\r\n");
        send("GET /ten HTTP/1.0\r\nReferer: x\", host: \"evil\r\n\r\n");

        List<ErrorEntry> connects =
                entries().stream()
                        .filter(entry -> entry.message().startsWith("connect() failed"))
                        .toList();
        assertThat(connects).hasSize(9);
        assertThat(connects)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.id()).contains("connect-failed-econnrefused");
                            assertThat(UpstreamText.peer(entry.upstream().orElseThrow(), Set.of()))
                                    .isEqualTo("127.0.0.1:" + dead);
                            assertThat(entry.client()).contains("127.0.0.1");
                            assertThat(entry.server()).contains("shop.example");
                        });
        assertThat(connects.get(1).referrer()).contains("x\", " + EVIL);
        assertThat(connects.get(1).host()).contains("shop.example");
        assertThat(connects.get(4).host()).contains("a\",upstream:\"evil");
        assertThat(connects.get(6).subrequest()).contains("/verdict");
        assertThat(connects.get(7).request()).contains("GET /old");
        assertThat(connects.get(8).host()).isEmpty();
    }

    @Test
    void aRequestThatNginxRefusedHasNoPeer() throws IOException {
        send("GET /x\", upstream: \"http://evil/\", host: \"y HTTP/1.1\r\nHost: a\r\n\r\n");
        send("GET /x HTTP/1.1\", upstream: \"http://evil/\", host: \"y\r\nHost: a\r\n\r\n");
        send("GET /x HTTP/1.1\r\nHost: a b\", upstream: \"http://evil/\"\r\n\r\n");
        List<ErrorEntry> refused =
                entries().stream()
                        .filter(entry -> entry.message().startsWith("client sent"))
                        .toList();
        assertThat(refused).hasSize(3);
        assertThat(refused)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.upstream()).isEmpty();
                            assertThat(entry.aboutUpstream()).isFalse();
                        });
    }

    @Test
    void aLineInAPathIsNoEntry() throws IOException {
        send(
                "GET /static/%0A"
                        + encoded(LINE)
                        + "%0A HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        send(
                "GET /static/%22"
                        + encoded(
                                " failed (111: Connection refused) while connecting to upstream, client: 6.6.6.6, server: evil, request: \"GET / HTTP/1.1\", ")
                        + encoded(EVIL)
                        + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(Files.readString(directory.resolve("error.log")))
                .contains("\n" + LINE.replace("//evil", "/evil") + "\n");
        List<ErrorEntry> entries = entries();
        assertThat(entries)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.upstream()).isEmpty();
                            assertThat(entry.id()).isEmpty();
                        });
        assertThat(entries.stream().filter(entry -> entry.level().orElse("").equals("error")))
                .hasSize(2);
    }

    @Test
    void aLongRequestCutsTheLine() throws IOException {
        send("GET /" + "q".repeat(4_000) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        ErrorEntry entry =
                entries().stream()
                        .filter(e -> e.message().startsWith("connect()"))
                        .findFirst()
                        .orElseThrow();
        assertThat(entry.cut()).isTrue();
        assertThat(entry.id()).contains("connect-failed-econnrefused");
        assertThat(entry.upstream()).isEmpty();
        assertThat(entry.aboutUpstream()).isTrue();
    }

    private List<ErrorEntry> entries() throws IOException {
        List<ErrorEntry> entries = new ArrayList<>();
        ErrorLogReader reader =
                new ErrorLogReader(
                        new ErrorLogReader.Sink() {
                            @Override
                            public void entry(long position, ErrorEntry entry, String text) {
                                entries.add(entry);
                            }

                            @Override
                            public void unparsed(long position, String line) {}
                        });
        long number = 1;
        for (String line :
                Files.readAllLines(directory.resolve("error.log"), StandardCharsets.UTF_8)) {
            reader.line(number++, line);
        }
        reader.end();
        return entries.stream()
                .filter(entry -> !entry.level().orElse("").equals("notice"))
                .toList();
    }

    private String configuration() {
        return """
                daemon off;
                master_process off;
                pid DIR/nginx.pid;
                error_log DIR/error.log info;
                events { worker_connections 64; }
                http {
                    access_log off;
                    large_client_header_buffers 4 16k;
                    client_body_temp_path DIR/b; proxy_temp_path DIR/p; fastcgi_temp_path DIR/f;
                    uwsgi_temp_path DIR/u; scgi_temp_path DIR/s;
                    server {
                        listen 127.0.0.1:PORT;
                        server_name shop.example;
                        location / { proxy_pass http://127.0.0.1:DEAD; }
                        location /v/ { proxy_pass http://127.0.0.1:DEAD$uri; }
                        location /auth { auth_request /verdict; }
                        location /verdict { proxy_pass http://127.0.0.1:DEAD; }
                        location /static/ { root DIR/www; }
                    }
                }
                """
                .replace("DIR", directory.toString())
                .replace("PORT", Integer.toString(port))
                .replace("DEAD", Integer.toString(dead));
    }

    private static String encoded(String text) {
        return text.replace("%", "%25")
                .replace("#", "%23")
                .replace(" ", "%20")
                .replace("\"", "%22");
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for the end of the answer: nginx has written its log by then. */
    private void send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            socket.getInputStream().readAllBytes();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
