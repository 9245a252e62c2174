package dev.gatemend.model;

/** Inode numbers of the namespaces a process lives in; 0 where they could not be read. */
public record Namespaces(long network, long mount, long pid) {
    public static final Namespaces UNKNOWN = new Namespaces(0, 0, 0);
}
