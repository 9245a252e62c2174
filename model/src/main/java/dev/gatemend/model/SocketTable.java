package dev.gatemend.model;

import java.util.List;

/**
 * Every listening stream socket of one network namespace.
 *
 * @param networkNamespace inode number of the namespace; 0 for this process's own when it could not
 *     be read
 * @param complete false when owners or queues could not be read (no root)
 */
public record SocketTable(long networkNamespace, List<Listener> listeners, boolean complete)
        implements Fact {
    public SocketTable {
        listeners = List.copyOf(listeners);
    }
}
