package dev.gatemend.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A listening socket.
 *
 * @param inode of the socket; for a unix socket not the inode of its file
 * @param queued connections waiting to be accepted; empty when unknown
 * @param backlog the most that may wait; empty when unknown
 * @param pids of the processes that hold it, ascending; empty when they could not be read
 * @param uid of whoever made it, -1 when unknown
 * @param v6Only for an IPv6 wildcard: IPv4 does not reach it
 * @param boundFile of a unix socket: the low 32 bits of the inode of the file it was bound to, also
 *     after that file was unlinked or replaced; empty when unknown and for other sockets
 */
public record Listener(
        Address address,
        long inode,
        OptionalInt queued,
        OptionalInt backlog,
        List<Integer> pids,
        int uid,
        boolean v6Only,
        OptionalLong boundFile) {
    public Listener {
        pids = List.copyOf(pids);
    }

    /**
     * Whether a file with this inode number is the one the socket was bound to. The kernel keeps 32
     * bits of the number (linux/unix_diag.h), so on a huge file system a stranger's may match too.
     *
     * @return empty when the bound file is unknown
     */
    public Optional<Boolean> boundTo(long inode) {
        return boundFile.isEmpty()
                ? Optional.empty()
                : Optional.of(boundFile.getAsLong() == (inode & 0xffff_ffffL));
    }
}
