package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.UpstreamField;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a request ended: status, attempts, and whether a header of an upstream came through. Many
 * requests share one; it is worked out once. Belongs to one thread while it counts.
 */
final class Outcome {
    /** More attempts than this are counted without their peers. */
    static final int MOST_ATTEMPTS = 100;

    final int status;
    final List<String> addresses;
    final Optional<String> upstream;
    final Optional<Maker> maker;
    final int failedAttempts;
    private final int[] statuses;

    /** Where attempts' times go; as many as {@link #addresses}. */
    final LatencyTally[] latencies;

    long requests;

    /** Beyond the bound nothing but the status was kept. */
    boolean ofStatusAlone;

    private Outcome(
            int status,
            List<String> addresses,
            int[] statuses,
            Optional<String> upstream,
            Optional<Maker> maker,
            LatencyTally[] latencies) {
        this.status = status;
        this.addresses = addresses;
        this.statuses = statuses;
        this.upstream = upstream;
        this.maker = maker;
        this.latencies = latencies;
        int failed = 0;
        for (int s : statuses) {
            failed += s >= 500 ? 1 : 0;
        }
        this.failedAttempts = failed;
    }

    /** Of requests of which nothing is known but the status. */
    static Outcome ofStatus(int status) {
        Outcome outcome =
                new Outcome(
                        status,
                        List.of(),
                        new int[0],
                        Optional.empty(),
                        Optional.empty(),
                        new LatencyTally[0]);
        outcome.ofStatusAlone = true;
        return outcome;
    }

    static Outcome of(AccessLine line, int status, Latencies latencies) {
        List<String> tried = values(line, AccessVariable.UPSTREAM_ADDR);
        List<String> addresses = tried.stream().filter(Outcome::isAddress).toList();
        int[] statuses =
                values(line, AccessVariable.UPSTREAM_STATUS).stream()
                        .mapToInt(Outcome::status)
                        .toArray();
        boolean aligned = addresses.size() == tried.size();
        return new Outcome(
                status,
                addresses,
                aligned ? statuses : aligned(tried, statuses),
                upstream(line, tried),
                MakerEvidence.of(line, status, statuses),
                addresses.stream().map(latencies::of).toArray(LatencyTally[]::new));
    }

    boolean failed() {
        return status >= 500 && status <= 599;
    }

    /** Failed attempts that the user saw nothing of. */
    boolean hidesFailures() {
        return status < 500 && failedAttempts > 0;
    }

    /** Of an attempt by its place; 0 when nginx wrote none. */
    int attemptStatus(int index) {
        return index < statuses.length ? statuses[index] : 0;
    }

    /** The address tried last. */
    Optional<String> lastPeer() {
        return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses.getLast());
    }

    /** nginx writes the name of the group where it had no live peer to try. */
    static boolean isAddress(String tried) {
        return tried.indexOf(':') >= 0;
    }

    private static List<String> values(AccessLine line, AccessVariable variable) {
        return line.upstream(variable).map(UpstreamField::values).orElse(List.of()).stream()
                .filter(v -> !v.isEmpty() && !(v.equals("-") && single(line, variable)))
                .limit(MOST_ATTEMPTS)
                .toList();
    }

    /** A dash alone says that there was no attempt; within a list it stands for one. */
    private static boolean single(AccessLine line, AccessVariable variable) {
        return line.end(variable) - line.start(variable) == 1;
    }

    /** Statuses of the attempts that had an address. */
    private static int[] aligned(List<String> tried, int[] statuses) {
        int[] kept = new int[statuses.length];
        int count = 0;
        for (int i = 0; i < statuses.length; i++) {
            if (i >= tried.size() || isAddress(tried.get(i))) {
                kept[count++] = statuses[i];
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static int status(String text) {
        boolean digits = text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : 0;
    }

    private static Optional<String> upstream(AccessLine line, List<String> tried) {
        return line.text(AccessVariable.PROXY_HOST)
                .or(() -> tried.stream().filter(t -> !isAddress(t) && !t.equals("-")).findFirst());
    }
}
