package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ApplicationLog;
import dev.gatemend.model.ApplicationLog.Line;
import dev.gatemend.model.Identity;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Settings;
import dev.gatemend.model.SystemdUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host is asked at 12:00 for the last fifteen minutes. */
class ApplicationLogsTest {
    private static final Instant CHANGED = Instant.parse("2026-03-01T11:59:00Z");
    private final ApplicationLogs observer = new ApplicationLogs();

    @TempDir Path root;
    private Scene scene = new Scene(Path.of("/nowhere"));

    @BeforeEach
    void peers() {
        scene = new Scene(root).seen(Given.peers("127.0.0.1:8000"));
    }

    @Test
    void readsTheOutputOfAProcessThatWasStartedToServeAPeer() throws Exception {
        Path log =
                log(
                        "srv/shop/shop.log",
                        """
                        [2026-03-01 11:40:00 +0000] [77] [INFO] too old
                        [2026-03-01 12:58:20 +0100] [77] [ERROR] Exception in worker process
                        Traceback (most recent call last):
                        """);
        new ProcTree(root.resolve("proc")).link(77, "fd/2", log.toString());

        assertThat(logs("gunicorn --bind 127.0.0.1:8000 shop:app"))
                .singleElement()
                .satisfies(
                        l -> {
                            Optional<Instant> at =
                                    Optional.of(Instant.parse("2026-03-01T11:58:20Z"));
                            assertThat(l.writer()).isEqualTo("gunicorn (PID 77)");
                            assertThat(l.pids()).containsExactly(77);
                            assertThat(l.peers()).hasToString("[127.0.0.1:8000]");
                            assertThat(l.changed()).isEqualTo(CHANGED);
                            assertThat(l.cut()).isFalse();
                            assertThat(l.lines())
                                    .containsExactly(
                                            new Line(
                                                    at,
                                                    "[2026-03-01 12:58:20 +0100] [77] [ERROR] Exception in worker process"),
                                            new Line(
                                                    Optional.empty(),
                                                    "Traceback (most recent call last):"));
                        });
    }

    @Test
    void leavesOutAProcessThatServesNoPeer() throws Exception {
        new ProcTree(root.resolve("proc")).link(77, "fd/1", log("a.log", "x\n").toString());

        assertThat(logs("gunicorn --bind 127.0.0.1:8001 blog:app")).isEmpty();
    }

    @Test
    void leavesOutNginxsOwnLogs() throws Exception {
        Path log = log("a.log", "x\n");
        new ProcTree(root.resolve("proc")).link(77, "fd/1", log.toString());
        scene.seen(
                Given.configuration(
                        Settings.NONE,
                        List.of(),
                        List.of(),
                        List.of(Given.errorLog(log.toString()))));

        assertThat(logs("gunicorn --bind 127.0.0.1:8000 shop:app")).isEmpty();
    }

    @Test
    void readsWhereAUnitAndAKeptProgramSendTheOutput() throws Exception {
        log("var/log/shop.log", "bind: address already in use\n");
        log("var/log/blog.err", "2026/03/01 11:58:20 panic: x\n");
        log("var/log/mail.err", "2026/03/01 11:58:20 panic: y\n");
        scene.file(
                        "/etc/systemd/system/shop.service",
                        "[Service]\nStandardOutput=append:/var/log/shop.log\n")
                .seen(
                        unit("shop.service", "127.0.0.1:8000"),
                        kept("blog", "8000", "/var/log/blog.err"),
                        kept("mail", "25", "/var/log/mail.err"));

        assertThat(scene.facts(observer, ApplicationLog.class))
                .extracting(ApplicationLog::path, ApplicationLog::writer)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/var/log/shop.log", "shop.service"),
                        org.assertj.core.groups.Tuple.tuple(
                                "/var/log/blog.err", "supervisor program blog"));
    }

    private static KeptProgram kept(String name, String listens, String log) {
        return new KeptProgram(
                KeptProgram.Keeper.SUPERVISOR,
                name,
                KeptProgram.State.STOPPED,
                "STOPPED",
                List.of(listens),
                "/etc/supervisor/supervisord.conf",
                Optional.empty(),
                Optional.empty(),
                List.of(log),
                0,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void keepsTheLastWordsOfOneThatFellSilentBeforeTheWindow() throws Exception {
        log("var/log/shop.log", "2026-03-01 09:00:00 panic: x\n");
        scene.file("/etc/systemd/system/shop.service", "StandardError=append:/var/log/shop.log\n")
                .seen(unit("shop.service", "127.0.0.1:8000"));

        assertThat(scene.facts(observer, ApplicationLog.class))
                .flatExtracting(ApplicationLog::lines)
                .extracting(Line::text)
                .containsExactly("2026-03-01 09:00:00 panic: x");
    }

    @Test
    void readsTheEndOfALongLogAndSaysSo() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("2026-03-01 11:58:20 line ").append(i).append('\n');
        }
        log("var/log/shop.log", text.toString());
        scene.file("/etc/systemd/system/shop.service", "StandardError=append:/var/log/shop.log\n")
                .seen(unit("shop.service", "127.0.0.1:8000"));

        ApplicationLog log = scene.facts(observer, ApplicationLog.class).getFirst();

        assertThat(log.cut()).isTrue();
        assertThat(log.lines()).hasSize(400);
        assertThat(log.lines().getLast().text()).endsWith("line 19999");
    }

    @Test
    void readsTheTimesOfManyServers() {
        for (String line :
                List.of(
                        "2026-11-21T15:40:21Z x",
                        "INFO 2026-11-21 15:40:21,000 x",
                        "2026/11/21 15:40:21 panic: x",
                        "[21-Nov-2026 15:40:21] NOTICE: x",
                        "::1 - - [21/Nov/2026:16:40:21 +0100] \"GET",
                        "[pid: 7] [Sat Nov 21 15:40:21 2026] GET",
                        "{\"log\":\"x\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T15:40:21.0Z\"}")) {
            assertThat(LineStamp.in(line, java.time.ZoneOffset.UTC))
                    .as(line)
                    .contains(Instant.parse("2026-11-21T15:40:21Z"));
        }
        assertThat(LineStamp.in("2026-99-99 99:99:99", java.time.ZoneOffset.UTC)).isEmpty();
        assertThat(LineStamp.in("no time", java.time.ZoneOffset.UTC)).isEmpty();
    }

    private List<ApplicationLog> logs(String command) throws Exception {
        return scene.seen(process(command)).facts(observer, ApplicationLog.class);
    }

    private Path log(String path, String text) throws Exception {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(CHANGED));
        return file;
    }

    private static ProcessState process(String command) {
        return new ProcessState(
                77,
                1,
                "gunicorn",
                command,
                new Identity("deploy", 1000, 1000, List.of()),
                'S',
                CHANGED,
                Namespaces.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    private static SystemdUnit unit(String name, String listens) {
        return new SystemdUnit(
                name,
                "",
                "failed",
                "failed",
                "exit-code",
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                "enabled",
                List.of(),
                List.of(listens),
                Optional.empty());
    }
}
