package dev.gatemend.model;

/** What stands at a path. */
public enum FileKind {
    DIRECTORY,
    SOCKET,
    REGULAR,
    SYMLINK,
    FIFO,
    DEVICE,
    MISSING
}
