package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.KernelEvent.Denial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host of these tests is asked at 12:00, about the last quarter of an hour. */
class AuditLogTest {
    private static final String LOG = "/var/log/audit/audit.log";
    private static final long TEN_TO = Instant.parse("2026-03-01T11:50:00Z").getEpochSecond();

    @TempDir Path root;

    @Test
    void readsRefusalsOfBothModulesAsAuditdWritesThem() throws Exception {
        Scene scene =
                new Scene(root)
                        .file(
                                LOG,
                                refusal(TEN_TO, "name_connect")
                                        + "type=SYSCALL msg=audit(%d.358:9): arch=c000003e syscall=42 success=no exit=-13\n"
                                                .formatted(TEN_TO)
                                        + "node=web1 type=AVC msg=audit(%d.001:10): apparmor=\"DENIED\" operation=\"connect\" class=\"file\" profile=\"nginx\" name=\"/run/shop.sock\" pid=13 comm=\"nginx\" requested_mask=\"wr\" denied_mask=\"wr\" fsuid=33 ouid=0\n"
                                                .formatted(TEN_TO));

        assertThat(scene.facts(new AuditLog(), Denial.class))
                .containsExactly(
                        new Denial(
                                Instant.ofEpochSecond(TEN_TO, 358_000_000),
                                "selinux",
                                12,
                                "nginx",
                                "name_connect",
                                "system_u:system_r:httpd_t:s0",
                                Optional.of("system_u:object_r:transproxy_port_t:s0"),
                                true),
                        new Denial(
                                Instant.ofEpochSecond(TEN_TO, 1_000_000),
                                "apparmor",
                                13,
                                "nginx",
                                "connect",
                                "nginx",
                                Optional.of("/run/shop.sock"),
                                true));
    }

    @Test
    void leavesOutWhatWasRefusedBeforeTheTimeAskedAbout() throws Exception {
        Scene scene = new Scene(root).file(LOG, refusal(TEN_TO - 3_600, "name_connect"));

        assertThat(scene.facts(new AuditLog(), Denial.class)).isEmpty();
    }

    @Test
    void takesNoLineForARefusalThatOnlyQuotesOne() throws Exception {
        Scene scene =
                new Scene(root)
                        .file(
                                LOG,
                                "type=USER_CMD msg=audit(%d.000:8): cmd=\"%s\"\n"
                                        .formatted(TEN_TO, refusal(TEN_TO, "write").strip()));

        assertThat(scene.facts(new AuditLog(), Denial.class)).isEmpty();
    }

    @Test
    void keepsTheNewestOfMany() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append(refusal(TEN_TO + i, "name_connect"));
        }

        assertThat(new Scene(root).file(LOG, lines.toString()).facts(new AuditLog(), Denial.class))
                .hasSize(200)
                .last()
                .extracting(denial -> denial.at().getEpochSecond())
                .isEqualTo(TEN_TO + 299);
    }

    @Test
    void isQuietWhereNoAuditdRuns() throws Exception {
        assertThat(new Scene(root).observations(new AuditLog())).isEmpty();
    }

    @Test
    void readsNoPipe() throws Exception {
        Scene scene = new Scene(root).file("/var/log/audit/other", "");
        Path log = root.resolve(LOG.substring(1));
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor()).isZero();

        assertThat(scene.observations(new AuditLog())).isEmpty();
    }

    @Test
    void saysWhenItMayNotRead() throws Exception {
        Scene scene = new Scene(root).file(LOG, refusal(TEN_TO, "name_connect"));
        Path file = root.resolve(LOG.substring(1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));

        // Root reads it all the same.
        assertThat(
                        scene.facts(new AuditLog(), Denial.class).size()
                                + scene.facts(new AuditLog(), CouldNotLook.class).size())
                .isEqualTo(1);
    }

    @Test
    void readsAnotherDirectorysWhenThatIsSaid() throws Exception {
        Scene scene = new Scene(root).file("/composed" + LOG, refusal(TEN_TO, "name_connect"));

        assertThat(scene.facts(new AuditLog(root.resolve("composed")), Denial.class)).hasSize(1);
        assertThat(scene.facts(new AuditLog(), Denial.class)).isEmpty();
    }

    private static String refusal(long second, String permission) {
        return "type=AVC msg=audit(%d.358:1081): avc:  denied  { %s } for  pid=12 comm=\"nginx\" dest=8081 scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:transproxy_port_t:s0 tclass=tcp_socket permissive=0\n"
                .formatted(second, permission);
    }
}
