package dev.gatemend.model;

/**
 * A limit of processes and threads for one user (RLIMIT_NPROC), as a process behind a peer has it.
 * The kernel counts those of its user everywhere on the machine; root is not held to it.
 *
 * @param most the soft limit
 * @param now how many that user has
 */
public record TaskLimit(int pid, int uid, long most, long now) implements Fact {}
