package dev.gatemend.nginx.traffic;

import java.util.Locale;

/** Who made the status that the client got. */
public enum Maker {
    /** nginx itself: no header of an upstream came through. */
    NGINX,
    /** The last upstream answered with it, and nginx passed it on. */
    UPSTREAM,
    /** The logs do not tell. */
    UNKNOWN;

    /** As in JSON: {@code nginx}, {@code upstream}, {@code unknown}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
