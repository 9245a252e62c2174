package dev.gatemend.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A failing stretch of traffic, or a state that will fail the next request.
 *
 * @param nginx pid of the master, 0 when none runs
 * @param statuses what clients got, with counts; 0 for one that a text only speaks of; empty when
 *     only the error log spoke
 * @param requests failing requests inside the window
 * @param total all requests to the same place inside the window; empty when unknown
 * @param hidden failing attempts that users did not see (retried)
 * @param ongoing still failing when looked at
 * @param site empty when unknown or when the matter is the whole nginx's
 * @param peers all peers concerned
 * @param sites all sites concerned
 */
public record Symptom(
        Kind kind,
        int nginx,
        Map<Integer, Long> statuses,
        long requests,
        OptionalLong total,
        long hidden,
        Optional<Instant> first,
        Optional<Instant> last,
        boolean ongoing,
        Maker madeBy,
        Optional<String> site,
        Optional<String> location,
        Optional<String> upstream,
        Optional<PassKind> pass,
        Optional<String> peer,
        List<String> peers,
        List<String> sites) {
    public Symptom {
        statuses = Map.copyOf(statuses);
        peers = List.copyOf(peers);
        sites = List.copyOf(sites);
    }

    /** What kind of matter it is; the names are part of the contract. */
    public enum Kind {
        TRAFFIC("traffic"),
        NOT_RUNNING("not-running"),
        CONFIG_REFUSED("config-refused"),
        LATENT("latent");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        @Override
        public String toString() {
            return id;
        }
    }
}
