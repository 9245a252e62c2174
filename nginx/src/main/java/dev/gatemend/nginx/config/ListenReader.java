package dev.gatemend.nginx.config;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code listen} directives of servers, in the order of the servers: the first server of
 * an address is its default unless another one is marked.
 */
final class ListenReader {
    /** Ports of one range that are told apart. */
    private static final int MOST_PORTS = 256;

    private final Set<String> marked = new HashSet<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * @param servers all server blocks of a module
     */
    ListenReader(List<Directive> servers) {
        for (Directive server : servers) {
            for (Directive directive : server.block()) {
                if (directive.word().equals("listen") && isMarked(directive)) {
                    addresses(directive).forEach(address -> marked.add(address.toString()));
                }
            }
        }
    }

    /** The listens of a server; nginx's default port 80 for an http server without one. */
    List<Listen> read(Directive server, boolean stream) {
        List<Listen> listens = new ArrayList<>();
        boolean sslOn = false;
        for (Directive directive : server.block()) {
            if (directive.word().equals("listen")) {
                addresses(directive).forEach(address -> listens.add(listen(address, directive)));
            }
            sslOn |= directive.word().equals("ssl") && directive.argument(0).equals("on");
        }
        if (listens.isEmpty() && !stream) {
            listens.add(listen(new Address.Tcp("0.0.0.0", 80), server));
        }
        return sslOn ? listens.stream().map(ListenReader::withTls).toList() : listens;
    }

    private Listen listen(Address address, Directive directive) {
        List<String> words = directive.values();
        String key = address.toString();
        boolean first = taken.add(key);
        boolean isDefault = marked.contains(key) ? isMarked(directive) : first;
        boolean tls = words.contains("ssl") || words.contains("quic");
        return new Listen(address, tls, isDefault, backlog(words), directive.position());
    }

    private static Listen withTls(Listen listen) {
        return new Listen(
                listen.address(),
                true,
                listen.defaultServer(),
                listen.backlog(),
                listen.position());
    }

    private static boolean isMarked(Directive directive) {
        return directive.values().contains("default_server")
                || directive.values().contains("default");
    }

    private static int backlog(List<String> words) {
        for (String word : words) {
            if (word.startsWith("backlog=")) {
                return ConfigurationValues.number(word.substring(8)).orElse(-1);
            }
        }
        return -1;
    }

    private static List<Address> addresses(Directive directive) {
        String text = directive.argument(0);
        if (text.startsWith("unix:")) {
            return Address.parse(text, 0).stream().toList();
        }
        int colon = text.startsWith("[") ? text.indexOf("]:") + 1 : text.lastIndexOf(':');
        boolean onlyPort =
                colon <= 0 && !text.isEmpty() && text.chars().allMatch(ListenReader::inPort);
        String host = onlyPort ? "0.0.0.0" : colon > 0 ? text.substring(0, colon) : text;
        String port = onlyPort ? text : colon > 0 ? text.substring(colon + 1) : "80";
        return addresses(host.equals("*") ? "0.0.0.0" : host, port);
    }

    private static List<Address> addresses(String host, String port) {
        int dash = port.indexOf('-');
        int first = port(dash < 0 ? port : port.substring(0, dash)).orElse(-1);
        int last = dash < 0 ? first : port(port.substring(dash + 1)).orElse(-1);
        List<Address> addresses = new ArrayList<>();
        for (int i = first; i >= 0 && i <= last && addresses.size() < MOST_PORTS; i++) {
            addresses.add(new Address.Tcp(host, i));
        }
        return addresses;
    }

    private static Optional<Integer> port(String text) {
        int port = ConfigurationValues.number(text).orElse(-1);
        return port < 0 || port > 65_535 ? Optional.empty() : Optional.of(port);
    }

    private static boolean inPort(int c) {
        return (c >= '0' && c <= '9') || c == '-';
    }
}
