package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
    /** The scene's clock says 12:00 of this day. */
    private static final String DAY = "2026/03/01 ";

    private static final String LOG = "/var/log/nginx/error.log";

    private final Logs observer = new Logs();

    @TempDir Path root;

    @Test
    void groupsWhatTheWindowHoldsAndLeavesOutWhatIsOlder() throws Exception {
        Scene scene = scene(Given.errorLog(LOG));
        written(scene, LOG, refused("11:20:00") + refused("11:50:00") + refused("11:50:01"));

        assertThat(scene.facts(observer, ErrorGroup.class))
                .singleElement()
                .satisfies(
                        group -> {
                            assertThat(group.count()).isEqualTo(2);
                            assertThat(group.id()).isEqualTo("connect-failed-econnrefused");
                            assertThat(group.peer()).contains("127.0.0.1:8000");
                            assertThat(group.site()).contains("shop.example");
                            assertThat(group.location()).contains("/");
                            assertThat(group.where()).isEqualTo(LOG + ":2");
                            assertThat(group.nginx()).isEqualTo(12);
                        });
    }

    @Test
    void readsErrorTimesInTheZoneThatTheAccessLogOfTheSameNginxShows() throws Exception {
        Scene scene = scene(Given.errorLog(LOG), Given.accessLog("/var/log/nginx/access.log"));
        written(scene, LOG, refused("06:20:00") + refused("06:50:00") + refused("11:59:00"));
        written(scene, "/var/log/nginx/access.log", request("06:50:00 -0500"));

        assertThat(scene.facts(observer, ErrorGroup.class))
                .singleElement()
                .satisfies(
                        group -> {
                            assertThat(group.count()).isEqualTo(1);
                            assertThat(group.first())
                                    .contains(Instant.parse("2026-03-01T11:50:00Z"));
                        });
    }

    @Test
    void readsErrorTimesAsAskedWhereTheAccessLogIsOlderThanTheWindow() throws Exception {
        Scene scene = scene(Given.errorLog(LOG), Given.accessLog("/var/log/nginx/access.log"));
        written(scene, LOG, refused("11:50:00"));
        String old = request("06:50:00 -0500");
        modified(written(scene, "/var/log/nginx/access.log", old), "10:00:00");

        assertThat(scene.facts(observer, ErrorGroup.class))
                .singleElement()
                .satisfies(
                        group ->
                                assertThat(group.first())
                                        .contains(Instant.parse("2026-03-01T11:50:00Z")));
    }

    private static String request(String time) {
        return "10.0.0.1 - - [01/Mar/2026:%s] \"GET / HTTP/1.1\" 200 157 \"-\" \"x\"\n"
                .formatted(time);
    }

    @Test
    void groupsFailingRequestsOfAnAccessLog() throws Exception {
        Scene scene = scene(Given.accessLog("/var/log/nginx/access.log"));
        written(
                scene,
                "/var/log/nginx/access.log",
                "10.0.0.1 - - [01/Mar/2026:11:59:00 +0000] \"GET / HTTP/1.1\" 502 157 \"-\" \"x\"\n");

        assertThat(scene.facts(observer, AccessGroup.class))
                .singleElement()
                .satisfies(
                        group -> {
                            assertThat(group.status()).isEqualTo(502);
                            // The format names no site, but only one writes there.
                            assertThat(group.site()).contains("shop.example");
                            assertThat(group.location()).contains("/");
                        });
    }

    @Test
    void readsRotatedAndPackedPartsThatReachIntoTheWindow() throws Exception {
        Scene scene = scene(Given.errorLog(LOG));
        written(scene, LOG, refused("11:59:00"));
        modified(written(scene, LOG + ".1", refused("11:55:00")), "11:55:00");
        modified(packed(LOG + ".2.gz", refused("11:50:00")), "11:50:00");
        modified(packed(LOG + ".3.gz", refused("11:50:00")), "10:00:00");
        modified(written(scene, LOG + ".bak", refused("11:51:00")), "11:51:00");

        assertThat(scene.facts(observer, LogScan.class))
                .extracting(LogScan::path, LogScan::lines)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LOG + ".2.gz", 1L),
                        org.assertj.core.groups.Tuple.tuple(LOG + ".1", 1L),
                        org.assertj.core.groups.Tuple.tuple(LOG, 1L));
    }

    @Test
    void doesNotOpenALogThatNobodyWroteToSinceTheWindowBegan() throws Exception {
        Scene scene = scene(Given.errorLog(LOG));
        modified(written(scene, LOG, refused("11:50:00")), "11:00:00");

        assertThat(scene.facts(observer, LogScan.class))
                .singleElement()
                .satisfies(
                        scan -> {
                            assertThat(scan.bytesRead()).isZero();
                            assertThat(scan.last()).contains(Instant.parse("2026-03-01T11:00:00Z"));
                        });
    }

    @Test
    void readsALogThatWasDeletedButIsStillWritten() throws Exception {
        Path log = root.resolve("error.log");
        Files.writeString(log, refused("11:59:00"));
        try (FileChannel _ = FileChannel.open(log, StandardOpenOption.APPEND)) {
            Files.delete(log);

            List<Observation> seen = seenByHolderOf(log);

            assertThat(seen)
                    .filteredOn(o -> o.fact() instanceof ErrorGroup)
                    .singleElement()
                    .satisfies(
                            o -> {
                                assertThat(((ErrorGroup) o.fact()).log()).endsWith("(deleted)");
                                assertThat(o.source().how()).contains("nginx -s reopen");
                            });
            assertThat(seen).noneMatch(o -> o.fact() instanceof CouldNotLook);
        }
    }

    @Test
    void readsALogThatWasRenamedAndReplacedButIsStillWritten() throws Exception {
        Path log = root.resolve("error.log");
        Path renamed = root.resolve("old-error.log");
        Files.writeString(log, refused("11:59:00"));
        try (FileChannel _ = FileChannel.open(log, StandardOpenOption.APPEND)) {
            Files.move(log, renamed);
            Files.writeString(log, "");

            List<Observation> seen = seenByHolderOf(log);

            assertThat(seen)
                    .filteredOn(o -> o.fact() instanceof ErrorGroup)
                    .singleElement()
                    .satisfies(
                            o -> {
                                assertThat(((ErrorGroup) o.fact()).log())
                                        .isEqualTo(renamed.toString());
                                assertThat(o.source().how()).contains("nginx -s reopen");
                            });
            assertThat(seen)
                    .filteredOn(o -> o.fact() instanceof LogScan)
                    .extracting(o -> ((LogScan) o.fact()).path())
                    .contains(log + " (not open in nginx)");
        }
    }

    @Test
    void takesALogOpenUnderAnotherNameForTheSame() throws Exception {
        Path log = root.resolve("error.log");
        Path opened = root.resolve("opened.log");
        Files.writeString(log, refused("11:59:00"));
        Files.createLink(opened, log);
        try (FileChannel _ = FileChannel.open(opened, StandardOpenOption.APPEND)) {
            assertThat(seenByHolderOf(log))
                    .filteredOn(o -> o.fact() instanceof LogScan)
                    .extracting(o -> ((LogScan) o.fact()).path())
                    .containsExactly(log.toString());
        }
    }

    /** This very process plays the master that holds it open. */
    private List<Observation> seenByHolderOf(Path log) throws Exception {
        return Scene.real()
                .at(Instant.parse("2026-03-01T12:00:00Z"))
                .seen(
                        Given.master((int) ProcessHandle.current().pid(), Namespaces.UNKNOWN),
                        configuration(List.of(Given.errorLog(log.toString()))))
                .observations(observer);
    }

    @Test
    void saysThatALogIsMissingOrNoFile() throws Exception {
        Scene scene =
                scene(
                        Given.errorLog(LOG),
                        Given.errorLog("/var/log/nginx/dir"),
                        Given.errorLog("/var/log/nginx/loop"),
                        Given.errorLog("/var/log/nginx/fifo"));
        Path directory = Files.createDirectories(root.resolve("proc/12/root/var/log/nginx"));
        Files.createDirectory(directory.resolve("dir"));
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start().waitFor();

        assertThat(scene.excuses(observer))
                .containsExactlyInAnyOrder(
                        "the error log " + LOG + ": no such file",
                        "the error log /var/log/nginx/dir is a directory",
                        "the log /var/log/nginx/loop: a loop of symbolic links",
                        "the error log /var/log/nginx/fifo is a FIFO, which only its own reader may"
                                + " read");
    }

    @Test
    void saysNothingOfALogThatIsThrownAway() throws Exception {
        assertThat(scene(Given.errorLog("/dev/null")).observations(observer)).isEmpty();
    }

    @Test
    void readsTheFileThatStandardErrorWasSentTo() throws Exception {
        Scene scene = scene(stderr());
        Path file = written(scene, "/tmp/err.txt", refused("11:59:00"));
        descriptor(2, file);

        assertThat(scene.facts(observer, ErrorGroup.class)).hasSize(1);
    }

    @Test
    void readsTheJournalForAnErrorLogOnStandardError() throws Exception {
        Files.createDirectories(root.resolve("run/systemd/system"));
        FakeCommands commands = new FakeCommands().answer("journalctl", refused("11:59:00"));
        Scene scene = scene(stderr()).commands(commands);
        descriptor(2, Path.of("socket:[4711]"));

        assertThat(scene.facts(observer, ErrorGroup.class))
                .singleElement()
                .satisfies(g -> assertThat(g.log()).isEqualTo("journal:nginx.service"));
        assertThat(commands.asked).singleElement().asString().contains("--unit=nginx.service");
    }

    @Test
    void followsAContainersStandardOutputToItsRuntime() throws Exception {
        String id = "0123456789ab";
        Scene scene = scene(Given.accessLog("/var/log/nginx/access.log"), container(id));
        Path log = root.resolve("proc/12/root/var/log/nginx/access.log");
        Files.createDirectories(log.getParent());
        Files.createSymbolicLink(log, Path.of("/dev/stdout"));
        descriptor(1, Path.of("pipe:[99]"));

        assertThat(scene.excuses(observer))
                .singleElement()
                .asString()
                .contains("docker logs " + id);

        scene.file(
                "/var/lib/docker/containers/" + id + "ff/" + id + "ff-json.log",
                """
                {"log":"10.0.0.1 - - [01/Mar/2026:11:59:00 +0000] \\"GET / HTTP/1.1\\" 502 157 \\"-\\" \\"x\\"\\n","stream":"stdout","time":"2026-03-01T11:59:00Z"}
                """);

        assertThat(scene.facts(observer, AccessGroup.class)).hasSize(1);
    }

    @Test
    void saysWhereSyslogTakesThem() throws Exception {
        LogSetting syslog =
                new LogSetting(
                        true,
                        new LogDestination.Syslog("10.0.0.5", "nginx"),
                        "error",
                        Optional.empty());

        assertThat(scene(syslog).excuses(observer))
                .singleElement()
                .asString()
                .contains("syslog at 10.0.0.5", "grep nginx");
    }

    @Test
    void readsALogOfTwoMastersOnce() throws Exception {
        Scene scene = scene(Given.errorLog(LOG), Given.errorLog("/var/log/nginx/link.log"));
        Path log = written(scene, LOG, refused("11:59:00"));
        Files.createSymbolicLink(log.resolveSibling("link.log"), Path.of("error.log"));

        assertThat(scene.facts(observer, ErrorGroup.class)).hasSize(1);
    }

    @Test
    void survivesJunk() throws Exception {
        Scene scene = scene(Given.errorLog(LOG), Given.accessLog("/var/log/nginx/access.log"));
        Path log = written(scene, LOG, "");
        byte[] junk = new byte[300_000];
        new java.util.Random(17).nextBytes(junk);
        Files.write(log, junk);
        Files.write(log.resolveSibling("access.log"), junk);
        Files.write(log.resolveSibling("error.log.1.gz"), junk);

        assertThat(scene.facts(observer, LogScan.class)).hasSize(2);
    }

    private Scene scene(Object... parts) {
        List<LogSetting> logs =
                java.util.Arrays.stream(parts)
                        .filter(LogSetting.class::isInstance)
                        .map(LogSetting.class::cast)
                        .toList();
        NginxMaster master =
                java.util.Arrays.stream(parts)
                        .filter(NginxMaster.class::isInstance)
                        .map(NginxMaster.class::cast)
                        .findFirst()
                        .orElse(Given.master(12, Namespaces.UNKNOWN));
        return new Scene(root).seen(master, configuration(logs));
    }

    private static NginxConfiguration configuration(List<LogSetting> logs) {
        NginxConfiguration passing = Given.passing("http", "127.0.0.1:8000", List.of());
        return new NginxConfiguration(
                passing.path(),
                passing.prefix(),
                passing.version(),
                List.of(),
                Settings.NONE,
                passing.sites(),
                passing.upstreams(),
                logs,
                List.of(),
                List.of());
    }

    private static NginxMaster container(String id) {
        NginxMaster master = Given.master(12, Namespaces.UNKNOWN);
        return new NginxMaster(
                12,
                master.binary(),
                master.version(),
                master.prefix(),
                master.configuration(),
                master.commandLine(),
                List.of(),
                master.workerIdentity(),
                master.namespaces(),
                Optional.of(id),
                Optional.empty(),
                Optional.empty());
    }

    private static LogSetting stderr() {
        return new LogSetting(true, new LogDestination.Stderr(), "error", Optional.empty());
    }

    private Path written(Scene scene, String path, String text) throws IOException {
        scene.file("/proc/12/root" + path, text);
        return modified(root.resolve("proc/12/root" + path), "12:00:00");
    }

    private Path packed(String path, String text) throws IOException {
        Path file = root.resolve("proc/12/root" + path);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static Path modified(Path file, String time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T" + time + "Z")));
        return file;
    }

    private void descriptor(int number, Path target) throws IOException {
        Path directory = Files.createDirectories(root.resolve("proc/12/fd"));
        Files.createSymbolicLink(directory.resolve(Integer.toString(number)), target);
    }

    private static String refused(String time) {
        return DAY
                + time
                + " [error] 13#13: *5 connect() failed (111: Connection refused) while connecting"
                + " to upstream, client: 10.0.0.1, server: shop.example, request: \"GET /a"
                + " HTTP/1.1\", upstream: \"http://127.0.0.1:8000/a\", host: \"shop.example\"\n";
    }
}
