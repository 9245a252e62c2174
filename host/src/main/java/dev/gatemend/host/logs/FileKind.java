package dev.gatemend.host.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What stands behind a name, as stat(2) has it in {@code st_mode}. */
enum FileKind {
    REGULAR,
    PIPE,
    DIRECTORY,
    SOCKET,
    DEVICE;

    private static final int TYPE = 0xf000;

    /** Follows symbolic links. */
    static FileKind of(Path path) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode");
        return switch (mode & TYPE) {
            case 0x8000 -> REGULAR;
            case 0x1000 -> PIPE;
            case 0x4000 -> DIRECTORY;
            case 0xc000 -> SOCKET;
            default -> DEVICE;
        };
    }
}
