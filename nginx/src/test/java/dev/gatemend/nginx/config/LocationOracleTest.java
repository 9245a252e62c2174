package dev.gatemend.nginx.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Location;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx answers with the name of the site and location it chose; ours is the same. */
class LocationOracleTest {
    private static final long SEED = 404L;
    private static final List<String> HOSTS =
            List.of("one.x", "a.one.x", "a.b.one.x", "two.x", "z.two.x", "mail.q", "R12.x", "no");
    private static final List<String> SEGMENTS =
            List.of("a", "b", "ab", "a.php", "x.PNG", "static", "%61", "..", ".", "");
    private static final String CONFIGURATION =
            """
            daemon off; pid nginx.pid; error_log stderr crit;
            events {}
            http {
              access_log off;
              client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3;
              uwsgi_temp_path t4; scgi_temp_path t5;
              server { listen 127.0.0.1:PORT; server_name one.x mail.*; return 200 one; }
              server { listen 127.0.0.1:PORT; server_name *.one.x; return 200 wild; }
              server { listen 127.0.0.1:PORT; server_name *.b.one.x; return 200 deep; }
              server { listen 127.0.0.1:PORT; server_name ~^r(?<d_d>\\d+)\\.x$; return 200 rx; }
              server { listen 127.0.0.1:PORT default_server; server_name .two.x;
                location / { return 200 root; location ~ b$ { return 200 root-b; } }
                location = /a { return 200 exact; }
                location /a { return 200 a; location /a/b { return 200 a-b; } }
                location ^~ /static { return 200 static; location ~ a$ { return 200 static-a; } }
                location ~ \\.php$ { return 200 php; location ~ ^/b { return 200 php-b; } }
                location ~* "\\.(png|gif)$" { return 200 image; }
                location ~ "^/(?<n_n>[[:alpha:]]{2})/" { return 200 two-letters; }
              }
            }
            """;

    @TempDir private Path directory;

    @Test
    void choosesWhatNginxChooses() throws IOException {
        int port = freePort();
        String text = CONFIGURATION.replace("PORT", Integer.toString(port));
        Path file = Files.writeString(directory.resolve("nginx.conf"), text);
        LocationFinder finder = new LocationFinder(MemoryFiles.of(text).view(MemoryFiles.OLD));
        Process nginx = start(file);
        try {
            waitFor(port, nginx);
            Random random = new Random(SEED);
            for (int i = 0; i < 600; i++) {
                String host = HOSTS.get(random.nextInt(HOSTS.size()));
                String path = path(random);
                String answer = ask(port, host, path);
                if (answer.startsWith("<html>")) { // a path above the root is refused at once
                    continue;
                }

                assertThat(ours(finder, port, host, path))
                        .as("seed %d: %s of %s", SEED, path, host)
                        .isEqualTo(answer);
            }
        } finally {
            nginx.destroy();
            nginx.onExit().join();
        }
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            path.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        }
        return random.nextInt(4) == 0 ? path + "?x=/y.php" : path.toString();
    }

    private static String ours(LocationFinder finder, int port, String host, String path) {
        LocationFinder.Served served = finder.find(OptionalInt.of(port), host, path).orElseThrow();
        return served.location()
                .map(Location::settings)
                .orElse(served.site().settings())
                .get("return")
                .map(setting -> setting.arguments().getLast())
                .orElse("none");
    }

    /** The body of nginx's answer. */
    private static String ask(int port, String host, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String request = "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(Path file) throws IOException {
        return new ProcessBuilder(
                        "/usr/sbin/nginx",
                        "-e",
                        "stderr",
                        "-p",
                        directory.toString(),
                        "-c",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    private void waitFor(int port, Process nginx) throws IOException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(end) && nginx.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException _) {
                Thread.onSpinWait();
            }
        }
        throw new IOException(
                "nginx did not start: " + Files.readString(directory.resolve("output")));
    }
}
