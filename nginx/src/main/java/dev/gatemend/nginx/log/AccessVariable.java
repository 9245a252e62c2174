package dev.gatemend.nginx.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The variables of a {@code log_format} that mean something here; others are stepped over. */
public enum AccessVariable {
    BODY_BYTES_SENT,
    BYTES_SENT,
    DOCUMENT_URI,
    HOST,
    HTTP_HOST,
    HTTP_REFERER,
    HTTP_USER_AGENT,
    MSEC,
    PROXY_HOST,
    REMOTE_ADDR,
    REMOTE_USER,
    REQUEST,
    REQUEST_METHOD,
    REQUEST_TIME,
    REQUEST_URI,
    SERVER_NAME,
    SERVER_PORT,
    STATUS,
    TIME_ISO8601,
    TIME_LOCAL,
    UPSTREAM_ADDR,
    UPSTREAM_BYTES_RECEIVED,
    UPSTREAM_BYTES_SENT,
    UPSTREAM_CACHE_STATUS,
    UPSTREAM_CONNECT_TIME,
    UPSTREAM_HEADER_TIME,
    UPSTREAM_RESPONSE_LENGTH,
    UPSTREAM_RESPONSE_TIME,
    UPSTREAM_STATUS,
    URI;

    private static final Map<String, AccessVariable> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toMap(AccessVariable::nginxName, Function.identity()));

    /** As in the configuration, without the dollar. */
    public String nginxName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AccessVariable> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * Index into arrays with one element a variable, which parsing fills millions of times a
     * second.
     */
    @SuppressWarnings("EnumOrdinal")
    int slot() {
        return ordinal();
    }

    /** True for variables with one value an attempt, {@code A, B : C}. */
    boolean hasOneValueAnAttempt() {
        return name().startsWith("UPSTREAM_") && this != UPSTREAM_CACHE_STATUS;
    }

    /** Width in bytes that never varies; 0 for all others. */
    int width() {
        return switch (this) {
            case STATUS -> 3;
            case TIME_LOCAL -> "21/Nov/2026:08:04:45 +0000".length();
            case TIME_ISO8601 -> "2026-11-21T08:04:45+00:00".length();
            default -> 0;
        };
    }
}
