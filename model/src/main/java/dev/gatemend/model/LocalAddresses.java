package dev.gatemend.model;

import java.util.List;

/**
 * The addresses of a network namespace's own interfaces: a connect to one of them stays on this
 * host.
 *
 * @param addresses IPv4 and IPv6 literals, without brackets and zones
 */
public record LocalAddresses(long networkNamespace, List<String> addresses) implements Fact {
    public LocalAddresses {
        addresses = List.copyOf(addresses);
    }
}
