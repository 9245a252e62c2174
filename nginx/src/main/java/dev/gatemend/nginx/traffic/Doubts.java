package dev.gatemend.nginx.traffic;

import java.util.ArrayList;
import java.util.List;

/** Says which numbers are not exact, and by how much. */
final class Doubts {
    private final List<String> sentences = new ArrayList<>();

    Doubts(AccessTally requests, ErrorTally errors) {
        shares("sites", requests.sites);
        shares("URI patterns", requests.uris);
        shares("clients", requests.clients);
        if (requests.latencies.overflowed()) {
            sentences.add(
                    "latency: only the first " + Latencies.MOST_PEERS + " peers have their own");
        }
        if (!requests.latencies.byPeer().isEmpty()) {
            sentences.add("latency: percentiles are at most 1 % off");
        }
        if (requests.beyondOutcomes() > 0) {
            sentences.add(
                    "peers: "
                            + requests.beyondOutcomes()
                            + " requests were counted by their status alone");
        }
        if (requests.slots.untimed() > 0) {
            sentences.add(
                    "timeline: " + requests.slots.untimed() + " requests have no place in time");
        }
        long rows = requests.rows().stream().mapToLong(FailedRows::left).sum();
        if (rows > 0) {
            sentences.add(
                    "errors: " + rows + " failed requests were not looked for in the error log");
        }
        if (errors.rows.left() > 0) {
            sentences.add("errors: " + errors.rows.left() + " entries were counted but not joined");
        }
    }

    List<String> sentences() {
        return sentences;
    }

    private void shares(String what, KeyShares shares) {
        if (shares.failureError() > 0) {
            sentences.add(what + ": failures may be up to " + shares.failureError() + " too low");
        }
        if (shares.requestError() > 0) {
            sentences.add(what + ": requests may be up to " + shares.requestError() + " too low");
        }
    }
}
