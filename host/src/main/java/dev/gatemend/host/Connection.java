package dev.gatemend.host;

import dev.gatemend.model.Address;
import java.util.Optional;

/** A connection as the kernel lists it, without its owner. */
sealed interface Connection {
    /**
     * Through TCP.
     *
     * @param timeWait it is closed and only waits for late packets
     * @param unread bytes that its owner has not read
     * @param inode 0 where nobody owns it any more
     */
    record Inet(Address.Tcp local, Address.Tcp remote, boolean timeWait, int unread, long inode)
            implements Connection {}

    /**
     * One end of one through a unix socket.
     *
     * @param peer inode of the other end; 0 when it is gone
     * @param name the path it was accepted at; empty for the end that dialled
     */
    record Unix(long inode, long peer, Optional<String> name) implements Connection {}
}
