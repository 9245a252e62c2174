package dev.gatemend.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An application that a process manager beside systemd and the container engines keeps alive, or
 * would if it ran.
 *
 * @param name of the pool, the application or the program
 * @param said the keeper's word for the state, with its reason: {@code FATAL: Exited too quickly}
 * @param listens addresses its definition names, as in {@link SystemdUnit#listens}
 * @param definition the file that defines it, or the keeper's home
 * @param user whose it is; empty when it is the keeper's own
 * @param service the host's service that runs the keeper; empty when unknown
 * @param logs files it writes to
 * @param restarts by the keeper since it was started by hand; 0 also where the keeper does not
 *     count
 * @param startedAt the last time; empty when unknown
 * @param status of a pool that has one, its status page
 */
public record KeptProgram(
        Keeper keeper,
        String name,
        State state,
        String said,
        List<String> listens,
        String definition,
        Optional<String> user,
        Optional<String> service,
        List<String> logs,
        int restarts,
        Optional<Instant> startedAt,
        Optional<StatusPage> status)
        implements Fact {
    /** Who keeps it. */
    public enum Keeper {
        PHP_FPM("PHP-FPM pool"),
        PM2("PM2 application"),
        SUPERVISOR("supervisor program");

        private final String words;

        Keeper(String words) {
            this.words = words;
        }

        /** What it keeps, as one says it before the name. */
        public String words() {
            return words;
        }
    }

    /** As the keeper sees it; whether it listens is another question. */
    public enum State {
        RUNNING,
        /** Told to end, or never started. */
        STOPPED,
        /** It ended by itself or could not be started. */
        FAILED,
        /** The keeper itself does not run. */
        KEEPER_DOWN
    }

    /**
     * Where a PHP-FPM pool tells of itself.
     *
     * @param path {@code pm.status_path}
     * @param listens {@code pm.status_listen}; empty when the pool itself answers
     */
    public record StatusPage(String path, Optional<String> listens) {}

    public KeptProgram {
        listens = List.copyOf(listens);
        logs = List.copyOf(logs);
    }
}
