package dev.gatemend.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * A listening socket.
 *
 * @param inode of the socket; for a unix socket not the inode of its file
 * @param queued connections waiting to be accepted; empty when unknown
 * @param backlog the most that may wait; empty when unknown
 * @param pids of the processes that hold it, ascending; empty when they could not be read
 * @param uid of whoever made it, -1 when unknown
 * @param v6Only for an IPv6 wildcard: IPv4 does not reach it
 */
public record Listener(
        Address address,
        long inode,
        OptionalInt queued,
        OptionalInt backlog,
        List<Integer> pids,
        int uid,
        boolean v6Only) {
    public Listener {
        pids = List.copyOf(pids);
    }
}
