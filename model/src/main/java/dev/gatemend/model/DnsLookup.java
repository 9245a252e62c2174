package dev.gatemend.model;

import java.util.List;

/**
 * How a name resolves.
 *
 * @param name asked for
 * @param resolver {@code libc} (hosts file, search domains, as at load) or {@code address:port} of
 *     nginx's resolver
 * @param outcome what came back
 * @param addresses A and AAAA records; empty unless {@link Outcome#FOUND}
 */
public record DnsLookup(String name, String resolver, Outcome outcome, List<String> addresses)
        implements Fact {
    public static final String LIBC = "libc";

    public DnsLookup {
        addresses = List.copyOf(addresses);
    }

    /** The answers told apart. */
    public enum Outcome {
        FOUND,
        /** NXDOMAIN: the name does not exist. */
        NO_SUCH_NAME,
        /** The name exists but has no address. */
        NO_ADDRESS,
        /** SERVFAIL, REFUSED or an unreadable answer. */
        SERVER_FAILED,
        TIMED_OUT,
        /** Nobody listens at the resolver's address. */
        UNREACHABLE
    }
}
