package dev.gatemend.model;

import java.util.List;

/**
 * The connections of a process that serves a peer of nginx, as the kernel lists them at one look
 * (sock_diag(7)).
 *
 * @param taken connections it has accepted where nginx dials and still holds: requests it works on,
 *     whether or not somebody still waits for them, and idle ones kept open for the next
 * @param outgoing whom it is connected to itself
 * @param waiting from whom its threads were waiting for bytes at that moment, one address a thread;
 *     empty also where that may not be seen (it takes root)
 */
public record WorkerConnections(int pid, int taken, List<Outgoing> outgoing, List<Address> waiting)
        implements Fact {
    public WorkerConnections {
        outgoing = List.copyOf(outgoing);
        waiting = List.copyOf(waiting);
    }

    /**
     * Connections to one address.
     *
     * @param unread of them, those in which an answer lies that it has not read
     */
    public record Outgoing(Address to, int count, int unread) {}
}
