package dev.gatemend.model;

/**
 * How a location claims a request; the order of the variants is not the order in which nginx tries
 * them.
 */
public sealed interface LocationMatch {
    /** {@code location = /x}. */
    record Exact(String path) implements LocationMatch {}

    /**
     * {@code location /x}, or {@code location ^~ /x} when {@code overRegex}: then no regex is
     * tried.
     */
    record Prefix(String path, boolean overRegex) implements LocationMatch {}

    /** {@code location ~ x}, or {@code ~*} when {@code ignoreCase}. The pattern is PCRE. */
    record Regex(String pattern, boolean ignoreCase) implements LocationMatch {}

    /** {@code location @name}: reached by an internal redirect only. */
    record Named(String name) implements LocationMatch {}

    /** {@code if (...)} inside a server or location, which nginx treats as a nameless location. */
    record If(String condition) implements LocationMatch {}

    /** {@code limit_except GET ...}: a nameless location for the other methods. */
    record LimitExcept(String methods) implements LocationMatch {}

    /** No location at all: the server block itself, as in {@code stream}. */
    record Server() implements LocationMatch {}

    /** As it is written behind the word {@code location}. */
    default String written() {
        return switch (this) {
            case Exact exact -> "= " + exact.path();
            case Prefix prefix -> (prefix.overRegex() ? "^~ " : "") + prefix.path();
            case Regex regex -> (regex.ignoreCase() ? "~* " : "~ ") + regex.pattern();
            case Named named -> "@" + named.name();
            case If condition -> "if " + condition.condition();
            case LimitExcept limit -> "limit_except " + limit.methods();
            case Server _ -> "";
        };
    }
}
