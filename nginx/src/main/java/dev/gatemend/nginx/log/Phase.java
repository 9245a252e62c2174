package dev.gatemend.nginx.log;

import java.util.List;
import java.util.Optional;

/**
 * The action behind {@code while } in an entry. The list is what nginx's sources assign to {@code
 * log->action}; other modules have their own, so any plain words pass.
 */
final class Phase {
    private static final List<String> KNOWN =
            List.of(
                    "connecting to upstream",
                    "SSL handshaking to upstream",
                    "sending request to upstream",
                    "reading response header from upstream",
                    "reading upstream",
                    "sending to client",
                    "sending early hints to client",
                    "proxying upgraded connection",
                    "proxying connection",
                    "proxying and reading from upstream",
                    "proxying and sending to upstream",
                    "proxying and reading from client",
                    "proxying and sending to client",
                    "resolving",
                    "reading client request line",
                    "reading client request headers",
                    "reading client pipelined request line",
                    "waiting for request",
                    "reading PROXY protocol",
                    "SSL handshaking",
                    "keepalive",
                    "closing request",
                    "logging request",
                    "processing HTTP/2 connection",
                    "initializing session",
                    "prereading client data",
                    "requesting certificate status",
                    "logging to syslog");

    private static final int LONGEST = 60;

    /** A cut action is completed when at least this much of it is left and only one fits. */
    private static final int SHORTEST_CUT = 4;

    private Phase() {}

    /**
     * True when the text behind {@code while } can be an action: it holds no quote, so no value of
     * a message.
     */
    static boolean isOne(String text) {
        if (KNOWN.contains(text)) {
            return true;
        }
        if (text.isEmpty() || text.length() > LONGEST || text.startsWith("resolving service ")) {
            return false;
        }
        return text.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == ' ' || c == '/' || c == '-');
    }

    /** The one known action that begins like this. */
    static Optional<String> completed(String beginning) {
        if (beginning.length() < SHORTEST_CUT || KNOWN.contains(beginning)) {
            return Optional.empty();
        }
        List<String> fitting = KNOWN.stream().filter(known -> known.startsWith(beginning)).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /** True when the action deals with a peer or with its name. */
    static boolean concernsUpstream(String phase) {
        return phase.endsWith("upstream")
                || phase.startsWith("proxying")
                || phase.equals("resolving");
    }

    /**
     * True before a request was read: no peer can have been chosen, whatever the request line says.
     */
    static boolean precedesRequest(String phase) {
        return phase.startsWith("reading client ")
                || phase.equals("waiting for request")
                || phase.equals("reading PROXY protocol")
                || phase.equals("SSL handshaking")
                || phase.equals("keepalive")
                || phase.equals("processing HTTP/2 connection");
    }
}
