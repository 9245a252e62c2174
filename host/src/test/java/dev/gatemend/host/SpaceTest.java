package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.FileSystemSpace;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceTest {
    private static final String MOUNTS =
            """
            21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            22 21 8:2 / /var/log rw,relatime shared:2 - xfs /dev/sdb1 rw
            23 21 0:30 / /srv/my\\040cache ro,relatime - tmpfs tmpfs rw
            24 21 0:31 / /mnt/far rw - nfs4 far:/export rw
            """;

    private final Space observer = new Space();

    @TempDir Path root;

    @Test
    void saysHowMuchIsLeftUnderALogAndACache() throws Exception {
        FakeCommands commands =
                new FakeCommands()
                        .answer(
                                "stat -f",
                                "4096 1000 0 500 7 "
                                        + root
                                        + "/proc/12/root/var/log\n"
                                        + "4096 10 10 0 0 "
                                        + root
                                        + "/proc/12/root/srv/my cache\n");

        List<FileSystemSpace> spaces = scene(commands).facts(observer, FileSystemSpace.class);

        assertThat(spaces)
                .containsExactly(
                        new FileSystemSpace(
                                "/srv/my cache",
                                "tmpfs",
                                "/srv/my cache/x",
                                40_960,
                                40_960,
                                0,
                                0,
                                true),
                        new FileSystemSpace(
                                "/var/log",
                                "xfs",
                                "/var/log/nginx/error.log",
                                4_096_000,
                                0,
                                500,
                                7,
                                false));
    }

    @Test
    void followsALinkInsideTheProcessesRoot() throws Exception {
        Path log = root.resolve("proc/12/root/opt");
        Files.createDirectories(log);
        Files.createSymbolicLink(log.resolve("logs"), Path.of("/var/log/nginx"));
        FakeCommands commands =
                new FakeCommands().answer("stat", "1 9 8 7 6 " + root + "/proc/12/root/var/log\n");

        List<FileSystemSpace> spaces =
                new Scene(root)
                        .commands(commands)
                        .file("/proc/12/mountinfo", MOUNTS)
                        .seen(
                                Given.master(12, new Namespaces(1, 2, 3)),
                                Given.configuration(
                                        Settings.NONE,
                                        List.of(),
                                        List.of(),
                                        List.of(Given.errorLog("/opt/logs/error.log"))))
                        .facts(observer, FileSystemSpace.class);

        assertThat(spaces).extracting(FileSystemSpace::mountPoint).containsExactly("/var/log");
    }

    @Test
    void takesOurOwnViewWhereTheWorkersIsClosed() throws Exception {
        FakeCommands commands =
                new FakeCommands()
                        .answer("stat", "1 9 8 7 6 " + root + "/proc/self/root/var/log\n");

        List<FileSystemSpace> spaces =
                new Scene(root)
                        .commands(commands)
                        .file("/proc/self/mountinfo", MOUNTS)
                        .seen(
                                Given.master(12, new Namespaces(1, 2, 3)),
                                Given.configuration(
                                        Settings.NONE,
                                        List.of(),
                                        List.of(),
                                        List.of(Given.errorLog("/var/log/error.log"))))
                        .facts(observer, FileSystemSpace.class);

        assertThat(spaces).extracting(FileSystemSpace::mountPoint).containsExactly("/var/log");
    }

    @Test
    void asksANetworkMountApartAndSaysWhenItDoesNotAnswer() throws Exception {
        FakeCommands commands =
                new FakeCommands().fail("stat", "stat did not answer within 600 ms");
        Files.createDirectories(root.resolve("proc/12/root"));
        NginxConfiguration far =
                Given.configuration(
                        Settings.NONE,
                        List.of(),
                        List.of(),
                        List.of(Given.errorLog("/mnt/far/error.log")));

        List<String> excuses =
                new Scene(root)
                        .commands(commands)
                        .file("/proc/12/mountinfo", MOUNTS)
                        .seen(Given.master(12, new Namespaces(1, 2, 3)), far)
                        .excuses(observer);

        assertThat(excuses).singleElement().asString().contains("/mnt/far", "did not answer", "df");
    }

    @Test
    void agreesWithDfOnThisMachine() throws Exception {
        List<FileSystemSpace> spaces =
                Scene.real()
                        .seen(
                                Given.configuration(
                                        Settings.NONE,
                                        List.of(),
                                        List.of(),
                                        List.of(Given.errorLog(root + "/error.log"))))
                        .facts(observer, FileSystemSpace.class);

        assertThat(spaces)
                .singleElement()
                .satisfies(
                        space -> {
                            assertThat(space.bytes())
                                    .isEqualTo(Files.getFileStore(root).getTotalSpace());
                            assertThat(space.readOnly()).isFalse();
                            assertThat(space.inodesFree()).isPositive();
                        });
    }

    private Scene scene(FakeCommands commands) throws Exception {
        Files.createDirectories(root.resolve("proc/12/root"));
        return new Scene(root)
                .commands(commands)
                .file("/proc/12/mountinfo", MOUNTS)
                .seen(
                        Given.master(12, new Namespaces(1, 2, 3)),
                        Given.configuration(
                                Settings.of(
                                        List.of(
                                                Given.setting(
                                                        "proxy_cache_path", "/srv/my cache/x"))),
                                List.of(),
                                List.of(),
                                List.of(Given.errorLog("/var/log/nginx/error.log"))));
    }
}
