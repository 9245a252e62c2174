package dev.gatemend.model;

import java.util.Locale;

/** The directive that hands a request over, without its {@code _pass}. */
public enum PassKind {
    PROXY,
    FASTCGI,
    UWSGI,
    SCGI,
    GRPC,
    MEMCACHED,
    STREAM;

    /**
     * The prefix of the module's directives: {@code proxy} for {@code proxy_read_timeout}, also for
     * stream.
     */
    public String directivePrefix() {
        return this == STREAM ? "proxy" : name().toLowerCase(Locale.ROOT);
    }

    /** The directive itself, {@code proxy_pass} or {@code fastcgi_pass}. */
    public String directive() {
        return directivePrefix() + "_pass";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
