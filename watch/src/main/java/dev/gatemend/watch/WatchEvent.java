package dev.gatemend.watch;

import java.time.Instant;
import java.util.Optional;

/** What the daemon tells the world; the words are part of the contract. */
public sealed interface WatchEvent {
    /** When it happened. */
    Instant at();

    /** As in JSON: {@code incident.opened}. */
    String word();

    /** The incident it belongs to; empty for what belongs to none. */
    default Optional<String> incident() {
        return Optional.empty();
    }

    /**
     * What is there was found, and from now on it is watched.
     *
     * @param masters that run
     * @param logs that are followed
     */
    record Ready(Instant at, int masters, int sites, int logs) implements WatchEvent {
        @Override
        public String word() {
            return "watch.ready";
        }
    }

    /** An event of an incident; its story is as it was just then. */
    sealed interface OfIncident extends WatchEvent {
        Story story();

        /** A sentence. */
        String why();

        @Override
        default Optional<String> incident() {
            return Optional.of(story().id());
        }
    }

    /** The first failing observation of an incident, when it was made. */
    record Signal(Instant at, Story story, String why) implements OfIncident {
        @Override
        public String word() {
            return "signal";
        }
    }

    /** Something is really wrong. */
    record Opened(Instant at, Story story, String why) implements OfIncident {
        @Override
        public String word() {
            return "incident.opened";
        }
    }

    /** What was over is back. */
    record Reopened(Instant at, Story story, String why) implements OfIncident {
        @Override
        public String word() {
            return "incident.reopened";
        }
    }

    /** A diagnosis came to something, or to something else than before. */
    record Diagnosed(Instant at, Story story, Verdict verdict) implements OfIncident {
        @Override
        public String word() {
            return "incident.diagnosed";
        }

        @Override
        public String why() {
            return verdict.title();
        }
    }

    /** It is over. */
    record Resolved(Instant at, Story story, String why) implements OfIncident {
        @Override
        public String word() {
            return "incident.resolved";
        }
    }

    /**
     * Something could not be looked at, or not be remembered.
     *
     * @param observer {@code logs}, {@code store}
     */
    record ObserverFailed(Instant at, String observer, String why) implements WatchEvent {
        @Override
        public String word() {
            return "observer.failed";
        }
    }
}
