package dev.gatemend.host.bundle;

import java.io.IOException;

/**
 * What was given is no bundle, a broken one, or one of a newer Gatemend; the message says which.
 */
public final class UnreadableBundle extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableBundle(String message) {
        super(message);
    }

    UnreadableBundle(String message, Throwable cause) {
        super(message, cause);
    }
}
