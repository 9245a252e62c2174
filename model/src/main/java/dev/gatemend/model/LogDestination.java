package dev.gatemend.model;

/** Where nginx writes a log. */
public sealed interface LogDestination {
    /**
     * A file; an absolute path as the master sees it (relative ones already joined to the prefix).
     */
    record File(String path) implements LogDestination {}

    /** The master's standard error, which a journal or a container runtime may collect. */
    record Stderr() implements LogDestination {}

    /** {@code syslog:server=...}. */
    record Syslog(String server, String tag) implements LogDestination {}

    /** {@code memory:32m}, a debug ring nobody can read from outside, or a name with variables. */
    record Unreadable(String written) implements LogDestination {}
}
