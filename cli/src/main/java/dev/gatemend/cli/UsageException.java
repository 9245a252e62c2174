package dev.gatemend.cli;

/**
 * A mistake in the command line, or input that cannot be read: one line on standard error and exit
 * code 2.
 */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
