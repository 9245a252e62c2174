package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.WORKER;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TempDirPermissionTest {
    private static final String BODY = "/var/lib/nginx/body";
    private static final TempDirPermission CAUSE = new TempDirPermission();

    @Test
    void speaksWithOwnerModeAndTheUserWhoShouldOwnIt() {
        Judgement judgement =
                CAUSE.judge(
                        denied(BODY + "/0000000004")
                                .seen(walk(BODY, 0700, 0755), "path", "namei")
                                .build());

        assertThat(told(judgement))
                .contains(
                        "nginx's worker (www-data) may not create files in /var/lib/nginx/body (0700 root:root)")
                .contains("sudo chown -hR www-data: /var/lib/nginx/body")
                .contains("chmod 777");
    }

    @Test
    void namesTheDirectoryOnTheWay() {
        Judgement judgement =
                CAUSE.judge(
                        denied(BODY + "/0000000004")
                                .seen(walk(BODY, 0777, 0700), "path", "namei")
                                .build());

        assertThat(told(judgement))
                .contains("may not enter /var/lib/nginx (0700 root:root)")
                .contains("sudo setfacl -m u:www-data:x /var/lib/nginx");
    }

    @Test
    void neverTakesASharedDirectoryAwayFromOthers() {
        Judgement judgement = CAUSE.judge(denied("/tmp/0000000004").build());

        assertThat(told(judgement))
                .doesNotContain("chown")
                .contains("a directory of its own instead of /tmp");
    }

    @Test
    void doubtsWhenTheWorkerMayWriteThereNow() {
        Judgement judgement =
                CAUSE.judge(
                        denied(BODY + "/0000000004")
                                .seen(walk(BODY, 0777, 0755), "path", "namei")
                                .build());

        assertThat(told(judgement))
                .contains("AGAINST www-data may create files in " + BODY)
                .contains("ausearch");
    }

    @Test
    void aSubdirectoryOfAnotherUserIsNoContradiction() {
        Judgement judgement =
                CAUSE.judge(
                        denied(BODY + "/1/00/0000000004")
                                .seen(walk(BODY, 0777, 0755), "path", "namei")
                                .build());

        assertThat(told(judgement))
                .doesNotContain("AGAINST")
                .contains("namei -l /var/lib/nginx/body/1/00");
    }

    @Test
    void aClosedDirectoryIsAProblemBeforeTheFirstUpload() {
        Finding finding =
                new Diagnostician(Causes.all())
                        .diagnose(
                                new MatterBuilder()
                                        .seen(walk(BODY, 0700, 0755), "path", "namei")
                                        .snapshot())
                        .getFirst()
                        .findings()
                        .getFirst();

        assertThat(finding.cause()).isEqualTo("temp-dir-permission");
        assertThat(finding.probability()).isGreaterThan(0.9);
    }

    @Test
    void speaksOfAStartThatMayNotMakeTheDirectory() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        refused(
                                                        "mkdir() \"/var/lib/nginx/body\" failed (13: Permission denied)")
                                                .build())))
                .contains("/var/lib/nginx");
    }

    @Test
    void staysSilentOnALogThatMayNotBeOpenedAtStart() {
        assertThat(
                        CAUSE.judge(
                                refused(
                                                "open() \"/var/log/nginx/error.log\" failed (13: Permission denied)")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnASocketThatIsDenied() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .peer("unix:/run/app.sock")
                                .logged(
                                        "connect-to-failed-eacces",
                                        "connect() to unix:/run/app.sock failed (13: Permission denied)",
                                        13,
                                        "connecting to upstream")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder refused(String message) {
        return new MatterBuilder()
                .kind(Symptom.Kind.NOT_RUNNING)
                .trouble(Trouble.STANDING)
                .logged(
                        Written.entry("temp-path-mkdir-failed", "emerg", message, 13, "", ""),
                        1,
                        MatterBuilder.NOW.minusSeconds(9),
                        MatterBuilder.NOW.minusSeconds(9));
    }

    private static MatterBuilder denied(String file) {
        return new MatterBuilder()
                .trouble(Trouble.LOCAL)
                .logged(
                        "temp-file-open-failed-13",
                        "open() \"" + file + "\" failed (13: Permission denied)",
                        13,
                        "");
    }

    private static PathWalk walk(String path, int mode, int parent) {
        return new PathWalk(
                path,
                PathWalk.Purpose.TEMP_DIRECTORY,
                1,
                WORKER,
                List.of(step("/", 0755), step("/var/lib/nginx", parent), step(path, mode)),
                Optional.empty());
    }

    private static PathStep step(String path, int mode) {
        return new PathStep(
                path,
                FileKind.DIRECTORY,
                mode,
                0,
                0,
                "root",
                "root",
                List.of(),
                1,
                1,
                Optional.empty());
    }
}
