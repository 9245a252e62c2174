package dev.gatemend.model;

import java.util.List;

/**
 * Whom the kernel takes a process for: what decides whether it may connect to a socket or write a
 * file.
 */
public record Identity(String user, int uid, int gid, List<Integer> groups) {
    public Identity {
        groups = List.copyOf(groups);
    }

    public boolean inGroup(int group) {
        return gid == group || groups.contains(group);
    }
}
