package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Namespaces;
import dev.gatemend.model.SystemdUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On what systemctl 252 prints. */
class UnitsTest {
    private final Units observer = new Units();
    private final FakeCommands commands = new FakeCommands();

    @TempDir Path root;
    private Scene scene = new Scene(Path.of("/nowhere"));

    @BeforeEach
    void booted() throws Exception {
        Files.createDirectories(root.resolve("run/systemd/system"));
        commands.answer("systemctl show --property=Id,Desc", Fixture.text("systemd/show.txt"))
                .answer("systemctl show --property=Id,Type", "")
                .answer("systemctl list-units", "shop.service loaded failed failed The shop\n");
        scene =
                new Scene(root)
                        .commands(commands)
                        .file("/proc/uptime", "10000.00 9000.00\n")
                        .seen(Given.master(812, Namespaces.UNKNOWN));
    }

    @Test
    void tellsWhatBecameOfAUnitAndWhatItListensOn() throws Exception {
        assertThat(units())
                .filteredOn(u -> u.name().equals("shop.service"))
                .containsExactly(
                        new SystemdUnit(
                                "shop.service",
                                "The shop",
                                "failed",
                                "failed",
                                "exit-code",
                                OptionalInt.of(203),
                                OptionalInt.empty(),
                                5,
                                "disabled",
                                List.of(
                                        "/srv/shop/venv/bin/gunicorn --workers 3 --bind"
                                                + " 127.0.0.1:8000 shop.wsgi:application"),
                                List.of("127.0.0.1:8000"),
                                Optional.of(Instant.parse("2026-03-01T11:43:20Z"))));
    }

    @Test
    void readsPortsOfEnvironmentsAndAddressesOfSocketUnits() throws Exception {
        assertThat(units())
                .extracting(SystemdUnit::name, SystemdUnit::listens)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("blog.service", List.of("3000")),
                        org.assertj.core.groups.Tuple.tuple(
                                "api.socket", List.of("unix:/run/api/api.sock", "127.0.0.1:9100")));
    }

    @Test
    void knowsWhatASocketUnitHoldsOpenForAService() throws Exception {
        commands.answer(
                "systemctl show --property=Id,Desc",
                """
                Id=api.socket
                LoadState=loaded
                Listen=127.0.0.1:9100 (Stream)
                Triggers=api.service

                Id=api.service
                LoadState=loaded

                Id=mail.service
                LoadState=loaded
                """);

        assertThat(units())
                .filteredOn(u -> u.name().endsWith("service"))
                .extracting(SystemdUnit::name, SystemdUnit::listens)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "api.service", List.of("127.0.0.1:9100")),
                        org.assertj.core.groups.Tuple.tuple("mail.service", List.of()));
    }

    @Test
    void readsWhatAMaskHides() throws Exception {
        scene.file("/etc/systemd/system/shop.service", "")
                .file(
                        "/lib/systemd/system/shop.service",
                        "[Service]\nExecStart=/bin/shop --bind 127.0.0.1:8000\n")
                .seen(Given.peers("127.0.0.1:8000"));
        commands.answer(
                "systemctl show --property=Id,Desc",
                "Id=shop.service\nLoadState=masked\nUnitFileState=masked\n");

        assertThat(units())
                .extracting(SystemdUnit::name, SystemdUnit::enabled, SystemdUnit::listens)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "shop.service", "masked", List.of("127.0.0.1:8000")));
    }

    /** Up for 10,000 s, and the window is the last 900 of them. */
    @Test
    void asksForServicesThatChangedWithinTheWindow() throws Exception {
        commands.answer(
                "systemctl show --property=Id,Type",
                """
                Type=simple
                Id=shop.service
                StateChangeTimestampMonotonic=9900000000

                Type=oneshot
                Id=backup.service
                StateChangeTimestampMonotonic=9950000000

                Type=notify
                Id=old.service
                StateChangeTimestampMonotonic=9000000000
                """);
        scene.seen(Given.peers("127.0.0.1:8000"));

        units();

        assertThat(commands.asked.getLast())
                .contains("shop.service")
                .doesNotContain("backup.service", "old.service");
    }

    @Test
    void leavesOutAUnitThatDoesNotExist() throws Exception {
        assertThat(units()).extracting(SystemdUnit::name).doesNotContain("gone.service");
    }

    @Test
    void readsACommandWithSemicolons() throws Exception {
        assertThat(units().getFirst().commands())
                .containsExactly("/usr/sbin/nginx -g daemon on; master_process on;");
    }

    @Test
    void asksForUnitsThatNameAPeerThoughTheyAreStopped() throws Exception {
        scene.file("/etc/systemd/system/blog.service", "[Service]\nEnvironment=PORT=3000\n")
                .file("/etc/systemd/system/web.service", "EnvironmentFile=-/etc/default/web\n")
                .file("/etc/default/web", "BIND=0.0.0.0:3001\n")
                .file("/etc/systemd/system/mail.service", "ExecStart=/bin/x --port 30001\n")
                .file("/lib/systemd/system/app@.service", "ExecStart=/bin/x --port 3000\n")
                .file("/lib/systemd/system/php8.2-fpm.service", "ExecStart=/usr/sbin/php-fpm8.2\n")
                .seen(
                        Given.peers(
                                "127.0.0.1:3000",
                                "127.0.0.1:3001",
                                "unix:/run/php/php8.2-fpm.sock"));

        units();

        assertThat(commands.asked.getLast())
                .contains("nginx.service", "blog.service", "web.service", "php8.2-fpm.service")
                .contains("shop.service")
                .doesNotContain("mail.service", "app@");
    }

    @Test
    void saysNothingWhereSystemdDoesNotRun() throws Exception {
        Files.delete(root.resolve("run/systemd/system"));

        assertThat(scene.observations(observer)).isEmpty();
        assertThat(commands.asked).isEmpty();
    }

    private List<SystemdUnit> units() throws Exception {
        return scene.facts(observer, SystemdUnit.class);
    }
}
