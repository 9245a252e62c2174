package dev.gatemend.model;

import java.util.List;

/**
 * How many of the local ports for outgoing connections are in use, in one network namespace
 * (sock_diag(7), net.ipv4.ip_local_port_range). A port may serve once for each remote address.
 *
 * @param first of the range
 * @param last of the range, inclusive
 * @param towards the remote addresses with most connections, busiest first
 */
public record LocalPorts(long networkNamespace, int first, int last, List<Towards> towards)
        implements Fact {
    public LocalPorts {
        towards = List.copyOf(towards);
    }

    /**
     * Connections to one remote address.
     *
     * @param ports different local ports of the range that are taken
     * @param closed of them, those that only wait for late packets (TIME_WAIT, a minute)
     */
    public record Towards(Address.Tcp remote, int ports, int closed) {}

    /** How many ports there are. */
    public int size() {
        return last - first + 1;
    }
}
