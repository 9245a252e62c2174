package dev.gatemend.nginx.log;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names the variable that a value of an access line most likely came from. */
final class VariableGuess {
    private static final String SEPARATOR = "(?:, | : )";
    private static final String ADDRESS_TEXT =
            "(?:unix:\\S{1,200}|[\\w.-]{1,200}:\\d{1,5}|\\[[0-9a-f:.]{2,45}\\]:\\d{1,5})";
    private static final Pattern ADDRESSES = list(ADDRESS_TEXT);
    private static final Pattern STATUSES = list("(?:\\d{3}|-)");
    private static final Pattern TIMES = list("(?:\\d{1,6}\\.\\d{3}|-)");
    private static final Pattern IP =
            Pattern.compile(
                    "\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f.]{0,15}){2,8}|unix:");
    private static final Pattern REQUEST = Pattern.compile("[A-Z]{1,20} \\S.*");
    private static final Pattern LOCAL =
            Pattern.compile("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}");
    private static final Pattern ISO =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d");
    private static final Pattern EPOCH = Pattern.compile("1\\d{9}\\.\\d{3}");
    private static final Pattern STATUS = Pattern.compile("[0-5]\\d\\d");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    private static final Pattern CACHE =
            Pattern.compile("HIT|MISS|BYPASS|EXPIRED|STALE|UPDATING|REVALIDATED|SCARCE");

    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9-]{1,63}\\.){1,10}[a-z]{2,24}");

    /** Words for a peer in names that people make up. */
    private static final Pattern PEER_KEY = Pattern.compile("^u|backend|peer|origin");

    /** What people call the variables where they name values in a line. */
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("rt", "request_time"),
                    Map.entry("reqtime", "request_time"),
                    Map.entry("uct", "upstream_connect_time"),
                    Map.entry("uht", "upstream_header_time"),
                    Map.entry("urt", "upstream_response_time"),
                    Map.entry("ut", "upstream_response_time"),
                    Map.entry("us", "upstream_status"),
                    Map.entry("ups_status", "upstream_status"),
                    Map.entry("up", "upstream_addr"),
                    Map.entry("upstream", "upstream_addr"),
                    Map.entry("backend", "upstream_addr"),
                    Map.entry("cs", "upstream_cache_status"),
                    Map.entry("cache", "upstream_cache_status"),
                    Map.entry("client", "remote_addr"),
                    Map.entry("client_ip", "remote_addr"),
                    Map.entry("clientip", "remote_addr"),
                    Map.entry("ip", "remote_addr"),
                    Map.entry("vhost", "host"),
                    Map.entry("domain", "host"),
                    Map.entry("server", "server_name"),
                    Map.entry("method", "request_method"),
                    Map.entry("verb", "request_method"),
                    Map.entry("path", "request_uri"),
                    Map.entry("url", "request_uri"),
                    Map.entry("status_code", "status"),
                    Map.entry("code", "status"),
                    Map.entry("response", "status"),
                    Map.entry("bytes", "body_bytes_sent"),
                    Map.entry("size", "body_bytes_sent"),
                    Map.entry("referer", "http_referer"),
                    Map.entry("referrer", "http_referer"),
                    Map.entry("agent", "http_user_agent"),
                    Map.entry("user_agent", "http_user_agent"));

    private VariableGuess() {}

    private static Pattern list(String one) {
        return Pattern.compile(one + "(?:" + SEPARATOR + one + ")*+(?: : )?");
    }

    /**
     * The variable's name; {@code -} for a dash that is nginx's own literal; empty when the meaning
     * does not show.
     *
     * @param key what the line calls the value; empty when it does not
     * @param used names given to values before it
     */
    static Optional<String> of(String key, String value, Set<String> used) {
        return (key.isEmpty() ? byShape(value, used) : byKey(key.toLowerCase(Locale.ROOT), value))
                .filter(name -> name.equals("-") || !used.contains(name));
    }

    private static Optional<String> byKey(String key, String value) {
        if (ISO.matcher(value).matches()) {
            return Optional.of("time_iso8601");
        }
        if (LOCAL.matcher(value).matches()) {
            return Optional.of("time_local");
        }
        if (EPOCH.matcher(value).matches()) {
            return Optional.of("msec");
        }
        // "ua" is a user agent for most and an upstream's address for some
        if (key.equals("ua")) {
            return Optional.of(
                    ADDRESSES.matcher(value).matches() ? "upstream_addr" : "http_user_agent");
        }
        String name = NAMES.getOrDefault(key, key);
        Optional<String> named =
                AccessVariable.named(name).filter(v -> mayBe(v, value)).map(_ -> name);
        boolean peer = PEER_KEY.matcher(key).find() && ADDRESSES.matcher(value).matches();
        return named.isEmpty() && peer ? Optional.of("upstream_addr") : named;
    }

    private static boolean mayBe(AccessVariable variable, String value) {
        return switch (variable) {
            case STATUS -> STATUS.matcher(value).matches();
            case UPSTREAM_STATUS -> STATUSES.matcher(value).matches() || value.isEmpty();
            case UPSTREAM_ADDR -> !DIGITS.matcher(value).matches();
            case REQUEST_TIME,
                    UPSTREAM_CONNECT_TIME,
                    UPSTREAM_HEADER_TIME,
                    UPSTREAM_RESPONSE_TIME ->
                    TIMES.matcher(value).matches() || value.isEmpty();
            case BODY_BYTES_SENT, BYTES_SENT -> DIGITS.matcher(value).matches();
            case MSEC, TIME_LOCAL, TIME_ISO8601 -> false;
            default -> true;
        };
    }

    private static Optional<String> byShape(String value, Set<String> used) {
        if (!used.contains("remote_addr") && IP.matcher(value).matches()) {
            return Optional.of("remote_addr");
        }
        if (!hasTime(used)) {
            return beforeTime(value, used);
        }
        if (!used.contains("request")
                && !used.contains("status")
                && REQUEST.matcher(value).matches()) {
            return Optional.of("request");
        }
        if (!used.contains("status") && STATUS.matcher(value).matches()) {
            return Optional.of("status");
        }
        if (used.contains("status") && !used.contains("body_bytes_sent")) {
            return DIGITS.matcher(value).matches()
                    ? Optional.of("body_bytes_sent")
                    : Optional.empty();
        }
        return behindBytes(value, used);
    }

    private static boolean hasTime(Set<String> used) {
        return used.contains("time_local")
                || used.contains("time_iso8601")
                || used.contains("msec");
    }

    private static Optional<String> beforeTime(String value, Set<String> used) {
        if (LOCAL.matcher(value).matches()) {
            return Optional.of("time_local");
        }
        if (ISO.matcher(value).matches()) {
            return Optional.of("time_iso8601");
        }
        if (EPOCH.matcher(value).matches()) {
            return Optional.of("msec");
        }
        if (used.contains("remote_addr")) {
            return value.equals("-") && used.add("-")
                    ? Optional.of("-")
                    : Optional.of("remote_user");
        }
        return value.indexOf('.') > 0 ? Optional.of("host") : Optional.empty();
    }

    /** Behind $body_bytes_sent: two quoted headers first, then what somebody added. */
    private static Optional<String> behindBytes(String value, Set<String> used) {
        if (ADDRESSES.matcher(value).matches() && value.indexOf('/') < 0) {
            return Optional.of("upstream_addr");
        }
        if (CACHE.matcher(value).matches()) {
            return Optional.of("upstream_cache_status");
        }
        if (!used.contains("http_referer") && (value.equals("-") || value.startsWith("http"))) {
            return Optional.of("http_referer");
        }
        if (TIMES.matcher(value).matches() && value.indexOf('.') > 0) {
            return List.of("request_time", "upstream_response_time").stream()
                    .filter(n -> !used.contains(n))
                    .findFirst();
        }
        if (used.contains("upstream_addr") && STATUSES.matcher(value).matches()) {
            return Optional.of("upstream_status");
        }
        if (HOST.matcher(value).matches() && used.contains("http_user_agent")) {
            return Optional.of("host");
        }
        boolean agent = used.contains("http_referer") && !used.contains("http_user_agent");
        return agent && value.indexOf('/') > 0 ? Optional.of("http_user_agent") : Optional.empty();
    }
}
