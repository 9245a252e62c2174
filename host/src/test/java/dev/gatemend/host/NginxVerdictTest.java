package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's nginx, asked for real. */
@Tag("root")
class NginxVerdictTest {
    private final NginxVerdict observer = new NginxVerdict(new NginxBuilds());

    @TempDir Path directory;

    @BeforeEach
    void readableByAll() throws IOException {
        permissions(directory, "rwxr-xr-x");
        Files.createDirectory(directory.resolve("logs"));
        Files.writeString(directory.resolve("empty"), "");
    }

    @Test
    void acceptsWhatNginxAcceptsAndChangesNothing() throws Exception {
        write("return 204;", "");
        List<String> before = listing();

        assertThat(verdict())
                .containsExactly(new ConfigurationVerdict(file().toString(), true, List.of()));
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void repeatsWhatNginxRefusesAndChangesNothing() throws Exception {
        write("proxy_pas http://127.0.0.1;", "");
        List<String> before = listing();

        assertThat(verdict())
                .singleElement()
                .satisfies(
                        verdict -> {
                            assertThat(verdict.accepted()).isFalse();
                            assertThat(verdict.messages())
                                    .singleElement()
                                    .asString()
                                    .startsWith("[emerg] unknown directive \"proxy_pas\" in ");
                        });
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void readsWhatOnlyRootMayRead() throws Exception {
        Path secret = Files.createDirectory(directory.resolve("secret"));
        Files.writeString(secret.resolve("extra.conf"), "return 204;");
        permissions(secret.resolve("extra.conf"), "rw-------");
        permissions(secret, "rwx------");
        write("include " + secret + "/extra.conf;", "");

        assertThat(verdict()).singleElement().matches(ConfigurationVerdict::accepted);
    }

    @Test
    void doesNotAskWhereItCouldCreateThePidFile() throws Exception {
        Path open = Files.createDirectory(directory.resolve("open"));
        permissions(open, "rwxrwxrwx");
        write("return 204;", open + "/nginx.pid");
        List<String> before = listing();

        assertThat(scene(open + "/nginx.pid").facts(observer, ConfigurationVerdict.class))
                .isEmpty();
        assertThat(scene(open + "/nginx.pid").excuses(observer))
                .singleElement()
                .asString()
                .contains("would create " + open + "/nginx.pid");
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void doesNotRunWhatAnotherUserCouldHaveMade() throws Exception {
        write("return 204;", "");
        Files.setAttribute(file(), "unix:uid", 33);

        assertThat(scene(directory + "/nginx.pid").excuses(observer))
                .singleElement()
                .asString()
                .contains("another user's making");
    }

    @Test
    void isNotAskedWhenNothingIsTheMatter() throws Exception {
        write("return 204;", "");
        FakeCommands commands = new FakeCommands();

        Scene.real()
                .commands(commands)
                .seen(configuration(directory + "/nginx.pid"), installation(Optional.empty()))
                .observations(observer);

        assertThat(commands.asked).isEmpty();
    }

    @Test
    void isAskedWhenAnNginxThatIsGoneWroteAMomentAgo() throws Exception {
        write("proxy_pas http://127.0.0.1;", "");
        String log = directory + "/logs/access.log";

        assertThat(
                        Scene.real()
                                .seen(
                                        configuration(
                                                directory + "/nginx.pid", Given.accessLog(log)),
                                        installation(Optional.empty()),
                                        new LogScan(
                                                log,
                                                false,
                                                9,
                                                9,
                                                1,
                                                0,
                                                1,
                                                Optional.of(Instant.now().minusSeconds(5))))
                                .facts(observer, ConfigurationVerdict.class))
                .singleElement()
                .matches(verdict -> !verdict.accepted());
    }

    @Test
    void withoutRootSaysWhatWouldHelp() throws Exception {
        write("return 204;", "");

        assertThat(scene(directory + "/nginx.pid").unprivileged().excuses(observer))
                .singleElement()
                .asString()
                .contains("run with sudo");
    }

    private List<ConfigurationVerdict> verdict() throws Exception {
        return scene(directory + "/nginx.pid").facts(observer, ConfigurationVerdict.class);
    }

    private Scene scene(String pid) {
        return Scene.real()
                .seen(configuration(pid), installation(Optional.of("nginx.service is enabled")));
    }

    private NginxInstallation installation(Optional<String> expected) {
        return new NginxInstallation(
                "/usr/sbin/nginx",
                Optional.of(new Version(1, 22, 1)),
                directory.toString(),
                file().toString(),
                expected);
    }

    private NginxConfiguration configuration(String pid, LogSetting... logs) {
        return new NginxConfiguration(
                file().toString(),
                directory.toString(),
                new Version(1, 22, 1),
                List.of(),
                Settings.of(List.of(Given.setting("pid", pid))),
                List.of(),
                List.of(),
                List.of(logs),
                List.of(),
                List.of());
    }

    private Path file() {
        return directory.resolve("nginx.conf");
    }

    private void write(String server, String pid) throws IOException {
        String text =
                """
                user www-data;
                pid PID;
                error_log DIRECTORY/logs/error.log;
                events {}
                http {
                    access_log DIRECTORY/logs/access.log;
                    client_body_temp_path DIRECTORY/body;
                    server { listen 127.0.0.1:18099; SERVER }
                }
                """;
        Files.writeString(
                file(),
                text.replace("PID", pid.isEmpty() ? directory + "/nginx.pid" : pid)
                        .replace("DIRECTORY", directory.toString())
                        .replace("SERVER", server));
    }

    private static void permissions(Path path, String text) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(text));
    }

    /** Everything that a touch would change. */
    private List<String> listing() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted().toList()) {
                Map<String, Object> attributes =
                        Files.readAttributes(
                                path,
                                "unix:ino,uid,gid,mode,size,lastModifiedTime,ctime",
                                LinkOption.NOFOLLOW_LINKS);
                all.add(path + " " + new java.util.TreeMap<>(attributes));
            }
        }
        return all;
    }
}
