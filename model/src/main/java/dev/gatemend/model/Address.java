package dev.gatemend.model;

import java.util.Optional;

/** Where a peer or a listener is reached: a TCP address or a unix socket. */
public sealed interface Address {
    /**
     * A host and port.
     *
     * @param host a name or an IP literal; IPv6 without brackets
     * @param port 0 to 65535
     */
    record Tcp(String host, int port) implements Address {
        public Tcp {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port out of range: " + port);
            }
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            String bare = bracketed ? host.substring(1, host.length() - 1) : host;
            host = bare.indexOf(':') >= 0 ? Ipv6Text.canonical(bare) : bare;
        }

        public boolean isIpv6() {
            return host.indexOf(':') >= 0;
        }

        /** True when the host is written as an address and no name has to be resolved. */
        public boolean isLiteral() {
            return isIpv6() || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        }

        /**
         * True for {@code 127.0.0.0/8} and {@code ::1}; a name is never loopback before it is
         * resolved.
         */
        public boolean isLoopback() {
            return host.equals("::1") || (host.startsWith("127.") && isLiteral());
        }

        /**
         * True for {@code 0.0.0.0}, {@code ::} and {@code *}, the addresses that listen everywhere.
         */
        public boolean isWildcard() {
            return host.equals("0.0.0.0") || host.equals("::") || host.equals("*");
        }

        @Override
        public String toString() {
            return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A unix socket; an abstract one begins with {@code @}. */
    record Unix(String path) implements Address {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /**
     * Reads {@code unix:/path}, {@code host:port}, {@code [v6]:port} or a host alone.
     *
     * @param defaultPort taken when the text names none
     * @return empty when the text is no address (empty host, port out of range)
     */
    static Optional<Address> parse(String text, int defaultPort) {
        if (text.startsWith("unix:")) {
            String path = text.substring(5);
            String trimmed = path.endsWith(":") ? path.substring(0, path.length() - 1) : path;
            return trimmed.isEmpty() ? Optional.empty() : Optional.of(new Unix(trimmed));
        }
        int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.lastIndexOf(':');
        boolean bareIpv6 = !text.startsWith("[") && text.indexOf(':') != colon;
        if (colon <= 0 || bareIpv6) {
            return text.isEmpty() ? Optional.empty() : Optional.of(new Tcp(text, defaultPort));
        }
        String port = text.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            return Optional.empty();
        }
        return Optional.of(new Tcp(text.substring(0, colon), Integer.parseInt(port)));
    }
}
