package dev.gatemend.model;

import java.util.Locale;

/** Who made a status: nginx itself, the upstream (nginx passed it on), or nobody can tell. */
public enum Maker {
    NGINX,
    UPSTREAM,
    UNKNOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
