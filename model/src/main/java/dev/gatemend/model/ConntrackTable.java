package dev.gatemend.model;

/**
 * How full the table of tracked connections is (nf_conntrack_count and nf_conntrack_max,
 * Documentation/networking/nf_conntrack-sysctl.rst).
 *
 * @param count entries of this network namespace
 * @param max the most there may be
 */
public record ConntrackTable(long networkNamespace, long count, long max) implements Fact {}
