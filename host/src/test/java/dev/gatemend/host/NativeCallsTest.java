package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCallsTest {
    private static final String ATTRIBUTE = "user.gatemend";
    @TempDir private Path directory;

    @Test
    void readsAnAttributeByteForByte() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        new ProcessCommands()
                .run(
                        Duration.ofSeconds(10),
                        List.of(
                                "python3",
                                "-c",
                                "import os, sys; os.setxattr(sys.argv[1], sys.argv[2], b'a\\0\\xff')",
                                file.toString(),
                                ATTRIBUTE));

        assertThat(NativeCalls.attribute(file, ATTRIBUTE)).contains(new byte[] {'a', 0, -1});
    }

    @Test
    void findsNoAttributeWhereThereIsNone() throws Exception {
        assertThat(NativeCalls.attribute(directory, ATTRIBUTE)).isEmpty();
        assertThat(NativeCalls.attribute(Path.of("/proc/self/status"), ATTRIBUTE)).isEmpty();
    }

    @Test
    void failsInTheKernelsWords() {
        assertThatThrownBy(() -> NativeCalls.attribute(directory.resolve("none"), ATTRIBUTE))
                .isInstanceOf(NativeFailure.class)
                .hasMessage("lgetxattr: No such file or directory");
        assertThatThrownBy(() -> NativeCalls.enterNetworkNamespace(directory))
                .hasMessage("setns: Invalid argument");
    }
}
