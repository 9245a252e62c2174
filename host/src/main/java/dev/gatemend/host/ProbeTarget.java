package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.NginxMaster;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A peer to probe, and how far.
 *
 * @param from the nginx it is probed in the place of; empty when none runs
 * @param address with a literal host
 * @param tls how nginx would shake hands with it; empty when it would not
 * @param hostHeader what nginx would call it in an HTTP request
 * @param otherHosts what it could call it as well, to try where that was refused; two at most
 * @param wishes what to ask beyond the connect
 */
record ProbeTarget(
        Optional<NginxMaster> from,
        Address address,
        Optional<Tls> tls,
        String hostHeader,
        List<String> otherHosts,
        Set<Wish> wishes) {
    ProbeTarget {
        otherHosts = List.copyOf(otherHosts);
        wishes = Set.copyOf(wishes);
    }

    /** What goes beyond the connect. */
    enum Wish {
        /** {@code HEAD /}. */
        HTTP,
        /** The same, in the protocol of {@code uwsgi_pass}. */
        UWSGI,
        /** Whether it talks first. */
        BANNER,
        /** A handshake, though nginx makes none. */
        TLS
    }

    /**
     * How nginx shakes hands.
     *
     * @param sent the server name it sends ({@code proxy_ssl_server_name on}); empty for none
     * @param known the name it could send
     * @param protocols as in {@code proxy_ssl_protocols}
     * @param clientCertificate it would show one, which a probe does not
     */
    record Tls(
            Optional<String> sent,
            Optional<String> known,
            List<String> protocols,
            boolean clientCertificate) {
        /** A handshake that nothing in the configuration asks for. */
        static final Tls PLAIN =
                new Tls(Optional.empty(), Optional.empty(), List.of("TLSv1.2", "TLSv1.3"), false);

        Tls {
            protocols = List.copyOf(protocols);
        }

        Tls sending(String name) {
            return new Tls(Optional.of(name), known, protocols, clientCertificate);
        }
    }

    boolean troubled() {
        return !wishes.isEmpty();
    }

    long networkNamespace() {
        return from.map(m -> m.namespaces().network()).orElse(0L);
    }
}
