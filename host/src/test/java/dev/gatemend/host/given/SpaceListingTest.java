package dev.gatemend.host.given;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.FileSystemSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpaceListingTest {
    private static List<FileSystemSpace> spaces(String text) {
        return GivenReader.read(
                        List.of(new GivenFile("stdin", text)),
                        new GivenReader.Question(
                                Optional.empty(),
                                Duration.ofMinutes(15),
                                Instant.parse("2026-11-21T12:00:00Z")))
                .facts(FileSystemSpace.class)
                .toList();
    }

    @Test
    void aFullFileSystemIsReadInAnyUnit() {
        List<FileSystemSpace> human =
                spaces(
                        "$ df -h\nFilesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        40G   38G     0 100% /\ntmpfs           798M  1.1M  797M   1% /run");
        List<FileSystemSpace> blocks =
                spaces(
                        "Filesystem     Type 1K-blocks    Used Available Use% Mounted on\n/dev/sda1      ext4  41152736 39000000         0 100% /var");

        assertThat(human).hasSize(2);
        assertThat(human.getFirst().full()).isTrue();
        assertThat(human.getFirst().bytes()).isEqualTo(40L << 30);
        assertThat(human.getLast().full()).isFalse();
        assertThat(blocks.getFirst().mountPoint()).isEqualTo("/var");
        assertThat(blocks.getFirst().type()).isEqualTo("ext4");
        assertThat(blocks.getFirst().full()).isTrue();
    }

    @Test
    void inodesThatAreUsedUpAreNoBytes() {
        FileSystemSpace space =
                spaces(
                                "Filesystem      Inodes   IUsed   IFree IUse% Mounted on\n/dev/sda1      2621440 2621440       0  100% /")
                        .getFirst();

        assertThat(space.outOfInodes()).isTrue();
        assertThat(space.full()).isFalse();
    }

    @Test
    void imagesThatAreAlwaysFullAreLeftOut() {
        assertThat(
                        spaces(
                                "Filesystem Size Used Avail Use% Mounted on\n/dev/loop0 56M 56M 0 100% /snap/core18/1\n/dev/sr0 1G 1G 0 100% /media/cdrom"))
                .isEmpty();
    }

    @Test
    void withoutAHeaderNobodyKnowsWhatIsCounted() {
        assertThat(spaces("/dev/sda1 2621440 2621440 0 100% /")).isEmpty();
    }

    @Test
    void hostileNumbersAreNoRoom() {
        assertThat(
                        spaces(
                                "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 "
                                        + "9".repeat(3_000)
                                        + " 1 0 100% /\n/dev/sdb1 1..1,,G 1 0 100% /b\n"
                                        + "- ".repeat(2_000)
                                        + "100% /"))
                .isEmpty();
    }
}
