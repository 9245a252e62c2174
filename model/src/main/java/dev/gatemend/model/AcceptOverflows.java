package dev.gatemend.model;

import java.util.OptionalInt;

/**
 * How often a TCP listener of a network namespace had no room for another connection
 * (ListenOverflows of {@code /proc/net/netstat}). The kernel counts for all listeners together,
 * since the namespace was made; unix sockets are not counted.
 *
 * @param overflows in all
 * @param lately of them, those of the last quarter of a second
 * @param longestQueue net.core.somaxconn, to which the kernel cuts every backlog; empty when
 *     unknown
 */
public record AcceptOverflows(
        long networkNamespace, long overflows, long lately, OptionalInt longestQueue)
        implements Fact {}
