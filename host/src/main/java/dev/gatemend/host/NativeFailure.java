package dev.gatemend.host;

import java.io.IOException;

/** A system call that failed. */
final class NativeFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    NativeFailure(String what, int errno, String text) {
        super(what + ": " + text);
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
