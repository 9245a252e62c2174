package dev.gatemend.watch;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What fails, and what incidents are grouped by: one dead application is one matter, however many
 * requests and sites it fails for.
 *
 * @param name of an upstream, the address of a peer, the name of a site, the path of a log or of
 *     nginx's configuration
 */
public record Place(Kind kind, String name) {
    public Place {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
    }

    /** What its name names; the first that is known is taken. */
    public enum Kind {
        UPSTREAM,
        PEER,
        SITE,
        LOG,
        NGINX;

        /** As in JSON: {@code upstream}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind of that word. */
        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
