package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every observer looks at a real nginx, in a mount namespace where {@code /etc}, {@code /run} and
 * {@code /var} are overlays: whatever is created, written, deleted or given another owner or mode
 * there leaves a trace in the upper directories, and what other programs of the machine do
 * meanwhile does not.
 */
@Tag("root")
class LookingTouchesNothingTest {
    private static final List<String> OVERLAID = List.of("etc", "run", "var");

    @TempDir private Path prefix;
    @TempDir private Path upper;
    private final List<String> before = new ArrayList<>();

    @BeforeEach
    void prepareOverlays() throws IOException {
        StringBuilder script = new StringBuilder("set -e\n");
        for (String tree : OVERLAID) {
            Path changes = Files.createDirectories(upper.resolve(tree));
            Path work = Files.createDirectories(upper.resolve("work-" + tree));
            script.append(
                    "mount -t overlay overlay -o lowerdir=/%s,upperdir=%s,workdir=%s /%s\n"
                            .formatted(tree, changes, work, tree));
        }
        before.addAll(List.of("unshare", "--mount", "sh", "-c", script + "exec \"$@\"", "sh"));
    }

    @Test
    void noInodeChangesWhileAllObserversLook() throws Exception {
        try (RealNginx nginx = start()) {
            Map<String, String> untouched = listing();

            List<String> seen = inside(nginx, lookOnce()).output().lines().toList();

            assertThat(seen)
                    .contains("nginx NginxMaster", "sockets SocketTable", "processes ProcessState")
                    .noneMatch(line -> line.contains("could not look: failed"));
            assertThat(listing()).isEqualTo(untouched);
        }
    }

    /** What the measurement is worth: {@code nginx -t} as root is no mere look, and shows. */
    @Test
    void nginxsOwnTestOfItsConfigurationWouldShow() throws Exception {
        try (RealNginx nginx = start()) {
            Map<String, String> untouched = listing();

            Commands.Answer answer = inside(nginx, List.of("/usr/sbin/nginx", "-t"));

            assertThat(answer.succeeded()).as(answer.error()).isTrue();
            assertThat(listing()).isNotEqualTo(untouched);
        }
    }

    private RealNginx start() throws IOException {
        return RealNginx.start(
                prefix,
                "user www-data;",
                """
                upstream app { server unix:PREFIX/app.sock; server 127.0.0.1:1; }
                server {
                    listen unix:PREFIX/front.sock;
                    include /etc/nginx/mime.types;
                    location / { proxy_pass http://app; }
                    location /php { fastcgi_pass unix:/run/php/none.sock; }
                }
                """,
                before.toArray(String[]::new));
    }

    private static List<String> lookOnce() {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LookOnce.class.getName());
    }

    private static Commands.Answer inside(RealNginx nginx, List<String> command)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("nsenter", "--mount=/proc/" + nginx.pid() + "/ns/mnt", "--"));
        words.addAll(command);
        return new ProcessCommands().run(Duration.ofMinutes(2), words);
    }

    /** Everything stat(2) tells but the time of the last access, by path. */
    private Map<String, String> listing() throws IOException {
        Map<String, String> listing = new TreeMap<>();
        for (Path tree : List.of(prefix, upper)) {
            try (Stream<Path> paths = Files.walk(tree)) {
                for (Path path : paths.filter(p -> !p.toString().contains("/work-")).toList()) {
                    Map<String, Object> stat =
                            Files.readAttributes(
                                    path,
                                    "unix:ino,mode,uid,gid,size,lastModifiedTime,ctime",
                                    LinkOption.NOFOLLOW_LINKS);
                    listing.put(path.toString(), new TreeMap<>(stat).toString());
                }
            }
        }
        return listing;
    }
}
