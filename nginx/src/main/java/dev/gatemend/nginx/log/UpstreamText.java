package dev.gatemend.nginx.log;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code upstream:}, {@code http://127.0.0.1:8000/x}: scheme and peer are nginx's own,
 * the URI behind them the client's.
 */
public final class UpstreamText {
    private static final String UNIX = "unix:";
    private static final Pattern CONNECT =
            Pattern.compile("connect\\(\\) to (\\S{1,300}) failed \\(");

    /** Phusion Passenger's module writes its own word before the socket. */
    private static final String PASSENGER = "passenger:";

    private UpstreamText() {}

    /**
     * {@code http}, {@code fastcgi} ...; empty for stream and CONNECT tunnels, which write none.
     */
    static Optional<String> scheme(String upstream) {
        int end = upstream.indexOf("://");
        boolean word = end > 0 && upstream.chars().limit(end).allMatch(c -> c >= 'a' && c <= 'z');
        return word ? Optional.of(upstream.substring(0, end)) : Optional.empty();
    }

    /**
     * The peer's address, {@code 127.0.0.1:8000}, {@code [::1]:80}, {@code unix:/run/app.sock}, or
     * the name of the upstream in {@code no live upstreams}.
     *
     * <p>For a unix socket nginx writes a colon between path and URI, except in time-out lines;
     * there {@code unix:/run/app.sock/path} is cut at the longest known socket path that it begins
     * with.
     *
     * @param knownSockets paths of unix sockets in the configuration; without a known one and
     *     without a colon the text is returned whole, for nothing says where the path ends
     */
    public static String peer(String upstream, Set<String> knownSockets) {
        String text = withoutScheme(upstream);
        if (text.startsWith(UNIX)) {
            return UNIX + socketPath(text.substring(UNIX.length()), knownSockets);
        }
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }

    private static String withoutScheme(String upstream) {
        if (upstream.startsWith(UNIX)) {
            return upstream;
        }
        return upstream.startsWith(PASSENGER)
                ? upstream.substring(PASSENGER.length())
                : upstream.substring(scheme(upstream).map(s -> s.length() + 3).orElse(0));
    }

    /**
     * The peer that a message itself names, for lines that lost their end: {@code connect() to
     * unix:/run/app.sock failed} (ngx_event_connect_peer).
     */
    static Optional<String> dialled(String message) {
        Matcher connect = CONNECT.matcher(message);
        return connect.lookingAt() ? Optional.of(connect.group(1)) : Optional.empty();
    }

    private static String socketPath(String text, Set<String> knownSockets) {
        String longest = "";
        for (String path : knownSockets) {
            boolean whole =
                    text.length() == path.length()
                            || (text.startsWith(path)
                                    && ":/?".indexOf(text.charAt(path.length())) >= 0);
            if (whole && text.startsWith(path) && path.length() > longest.length()) {
                longest = path;
            }
        }
        if (!longest.isEmpty()) {
            return longest;
        }
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }
}
