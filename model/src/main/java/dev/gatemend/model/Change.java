package dev.gatemend.model;

import java.time.Instant;
import java.util.List;

/**
 * Something that was changed on the host lately, as its own record tells: a file's times, the log
 * of the packages, the log of a git repository. That it came before a failure says nothing yet.
 *
 * @param what an absolute path, or a package's name
 * @param at when; of files that were changed together, the first of them
 * @param detail what the record says beyond that: {@code pull: Fast-forward, by Ann Lee}; may be
 *     empty
 * @param of what it is a part of
 */
public record Change(Kind kind, String what, Instant at, String detail, Part of) implements Fact {
    /** What was changed. */
    public enum Kind {
        /** A file that nginx's configuration was read from. */
        NGINX_FILE,
        /** What says how an application is run: a unit file, a drop-in, a pool's or program's. */
        DEFINITION,
        /** Files in an application's directory; the detail names some. */
        FILES,
        /** A symbolic link on the way to it; the detail is where it leads. */
        LINK,
        /** The HEAD of its git repository; the detail is git's own word for it. */
        CHECKOUT,
        /** A package whose files it uses; the detail is the package manager's word for it. */
        PACKAGE
    }

    /**
     * What a change is a part of. All are empty for one that could not be tied to anything.
     *
     * @param peers of applications, as nginx's configuration writes them
     * @param units systemd's names of applications
     * @param masters pids of nginx
     */
    public record Part(List<Address> peers, List<String> units, List<Integer> masters) {
        public Part {
            peers = List.copyOf(peers);
            units = List.copyOf(units);
            masters = List.copyOf(masters);
        }
    }
}
