package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.FileSystemSpace;
import dev.gatemend.model.Finding;
import dev.gatemend.model.JournalLine;
import org.junit.jupiter.api.Test;

class DiskFullTest {
    private static final String FILE = "/var/lib/nginx/proxy/1/00/0000000001";
    private static final DiskFull CAUSE = new DiskFull();

    @Test
    void speaksWithTheFileSystemAndWhatItHas() {
        Judgement judgement =
                CAUSE.judge(
                        failed(28, "No space left on device")
                                .seen(space("/var", 0, 1000), "space", "df /var")
                                .build());

        assertThat(told(judgement))
                .contains("/var is full; nginx could not write " + FILE)
                .contains("/var (ext4) has no room: 0 KiB of 19.1 GiB free")
                .contains("sudo du -xh --max-depth=2 /var | sort -h");
    }

    @Test
    void tellsInodesFromBytes() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        failed(28, "No space left on device")
                                                .seen(space("/var", 5L << 30, 0), "space", "df -i")
                                                .build())))
                .contains("/var has no inodes left")
                .contains("though 5.0 GiB are free");
    }

    @Test
    void speaksInThePastTenseWhenThereIsRoomAgain() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        failed(28, "No space left on device")
                                                .seen(space("/var", 5L << 30, 1000), "space", "df")
                                                .build())))
                .contains("/var was full")
                .doesNotContain("AGAINST");
    }

    @Test
    void speaksOfQuotasAndReadOnlyMountsByTheirOwnNames() {
        assertThat(told(CAUSE.judge(failed(122, "Disk quota exceeded").build())))
                .contains("a disk quota");
        assertThat(told(CAUSE.judge(failed(30, "Read-only file system").build())))
                .contains("read-only")
                .contains("findmnt");
    }

    @Test
    void aFullFileSystemIsAProblemThoughNoLogSaysSo() {
        Finding finding =
                new Diagnostician(Causes.all())
                        .diagnose(
                                new MatterBuilder()
                                        .seen(space("/var", 0, 1000), "space", "df")
                                        .snapshot())
                        .getFirst()
                        .findings()
                        .getFirst();

        assertThat(finding.cause()).isEqualTo("disk-full");
        assertThat(finding.probability()).isGreaterThan(0.9);
    }

    @Test
    void speaksWhenTheApplicationSaysItAndADiskIsFull() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        refused("OSError: [Errno 28] No space left on device")
                                                .seen(space("/var", 0, 1), "space", "df")
                                                .build())))
                .contains("app.service fails for want of room");
    }

    @Test
    void staysSilentWhenOnlyTheWatchesOfInotifyAreUsedUp() {
        Judgement judgement =
                CAUSE.judge(
                        refused("inotify_add_watch: No space left on device")
                                .seen(space("/var", 0, 1), "space", "df")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnARefusedConnectionBesideAFullDisk() {
        assertThat(CAUSE.judge(refused("started").seen(space("/var", 0, 1), "space", "df").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnOtherErrnos() {
        assertThat(CAUSE.judge(failed(13, "Permission denied").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder refused(String line) {
        return new MatterBuilder()
                .peer("127.0.0.1:8000")
                .logged(
                        "connect-failed-econnrefused",
                        "connect() failed (111: Connection refused)",
                        111,
                        "connecting to upstream")
                .seen(
                        new JournalLine("app.service", MatterBuilder.NOW, line),
                        "journal",
                        "journalctl");
    }

    private static MatterBuilder failed(int errno, String text) {
        return new MatterBuilder()
                .trouble(Trouble.LOCAL)
                .logged(
                        "temp-file-pwritev-enospc",
                        "pwritev() \"%s\" failed (%d: %s)".formatted(FILE, errno, text),
                        errno,
                        "reading upstream");
    }

    private static FileSystemSpace space(String mount, long free, long inodes) {
        return new FileSystemSpace(
                mount,
                "ext4",
                mount + "/lib/nginx",
                20_500_000_000L,
                free,
                1_000_000,
                inodes,
                false);
    }
}
