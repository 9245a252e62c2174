package dev.gatemend.model;

/**
 * Where a fact comes from.
 *
 * @param name the observer's word: {@code error.log}, {@code sockets}, {@code journal}
 * @param how a command one could type to see the same, or the file read: {@code ss -ltnp (network
 *     namespace of 812)}
 */
public record Source(String name, String how) {}
