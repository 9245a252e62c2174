package dev.gatemend.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happens at one place: whether it is in trouble, and when it is well again. Bounded; not
 * thread-safe.
 */
final class PlaceTraffic {
    private static final int MOST_SITES = 20;
    private static final int MOST_LINES = 20;
    private static final int MOST_PATHS = 64;

    private final Thresholds thresholds;
    private RecentRequests recent;
    private final Deque<Instant> hiddenAt = new ArrayDeque<>();
    private final Set<String> logs = new LinkedHashSet<>();
    private Optional<Trouble> open = Optional.empty();
    private Instant lastFailure = Instant.MIN;
    private Episode episode = new Episode(Instant.MIN);
    private boolean answersNamePeers;

    /** From the first failure until it is well again. */
    private static final class Episode {
        final Instant first;
        final Concentration clients = new Concentration("client");
        final Concentration paths = new Concentration("URI");
        final Set<String> failingPaths = new LinkedHashSet<>();
        final Set<String> sites = new LinkedHashSet<>();
        final Map<Integer, Long> statuses = new TreeMap<>();
        final List<String> lines = new ArrayList<>();
        Optional<String> peer = Optional.empty();
        long failures;
        long hidden;
        long answers;
        long answersSinceFailure;

        Episode(Instant first) {
            this.first = first;
        }

        void failed(Failure failure) {
            failures += failure.hidden() ? 0 : 1;
            hidden += failure.hidden() ? 1 : 0;
            answersSinceFailure = 0;
            clients.failed(failure.client().orElse(""));
            paths.failed(failure.path());
            if (failingPaths.size() < MOST_PATHS) {
                failingPaths.add(failure.path());
            }
            if (sites.size() < MOST_SITES) {
                failure.site().ifPresent(sites::add);
            }
            if (lines.size() < MOST_LINES) {
                lines.add(failure.line());
            }
            peer = failure.peer().or(() -> peer);
            failure.status().ifPresent(status -> statuses.merge(status, 1L, Long::sum));
        }

        void answered(Optional<String> client, String path) {
            answers++;
            answersSinceFailure++;
            clients.answered(client.orElse(""));
            paths.answered(path);
        }

        double share() {
            return failures == 0 ? 0 : (double) failures / (failures + answers);
        }

        Optional<String> alone() {
            return clients.sentence().or(paths::sentence);
        }
    }

    PlaceTraffic(Thresholds thresholds) {
        this.thresholds = thresholds;
        this.recent = new RecentRequests(thresholds);
    }

    /** Takes up what was open when the program ended; how it went on meanwhile nobody saw. */
    void resume(Trouble trouble, Instant first, Instant now) {
        open = Optional.of(trouble);
        episode = new Episode(first);
        lastFailure = now;
    }

    void failed(Failure failure, Instant now) {
        boolean fresh = open.isEmpty() && !isTogether(lastFailure, now);
        if (fresh) {
            episode = new Episode(now);
        }
        lastFailure = now;
        episode.failed(failure);
        logs.add(failure.log());
        answersNamePeers |= failure.logged();
        if (failure.hidden()) {
            hiddenAt.addLast(now);
            if (hiddenAt.size() > thresholds.hidden()) {
                hiddenAt.removeFirst();
            }
        } else {
            recent.add(true, now);
        }
    }

    /** An answer that is known to come from here. */
    void answered(Optional<String> client, String path, Instant now) {
        recent.add(false, now);
        episode.answered(client, path);
    }

    /**
     * An answer that may have come from here: its log does not name peers. One to what failed
     * before counts.
     */
    void maybeAnswered(Optional<String> client, String path, Instant now) {
        if (!answersNamePeers && episode.failingPaths.contains(path)) {
            answered(client, path, now);
        }
    }

    boolean isToldBy(String log) {
        return logs.contains(log);
    }

    Optional<Trouble> open() {
        return open;
    }

    /** Nothing is known of it that would be missed. */
    boolean isIdle(Instant now) {
        return open.isEmpty() && !isTogether(lastFailure, now);
    }

    /** Time since the last failure. */
    Duration quietFor(Instant now) {
        return Duration.between(lastFailure, now);
    }

    /** Something is wrong that was not before: then this place is in trouble from now on. */
    Optional<Change> alarm(Place place, Instant now) {
        boolean worst = open.filter(trouble -> trouble != Trouble.HIDDEN).isPresent();
        if (worst) {
            return Optional.empty();
        }
        Optional<String> visible = visible(now);
        if (visible.isPresent()) {
            return Optional.of(alarm(place, Trouble.FAILING, visible.get(), now));
        }
        return open.isEmpty() && isHiddenTrouble(now)
                ? Optional.of(alarm(place, Trouble.HIDDEN, hiddenSentence(), now))
                : Optional.empty();
    }

    /** It is well again: then the trouble is over. */
    Optional<Change> allClear(Place place, Instant now) {
        return recovery(now).map(why -> close(place, why));
    }

    /** Somebody else saw that it is well. What was before is no part of what may come. */
    Change close(Place place, String why) {
        open = Optional.empty();
        lastFailure = Instant.MIN;
        recent = new RecentRequests(thresholds);
        episode = new Episode(Instant.MIN);
        hiddenAt.clear();
        return new Change.AllClear(place, why);
    }

    private Change alarm(Place place, Trouble trouble, String why, Instant now) {
        open = Optional.of(trouble);
        Optional<String> alone = episode.alone();
        return new Change.Alarm(
                place,
                trouble,
                severity(trouble, now),
                episode.first,
                why + alone.map(s -> ", " + s).orElse(""),
                episode.sites.stream().findFirst(),
                episode.peer,
                episode.lines);
    }

    private Severity severity(Trouble trouble, Instant now) {
        return Severity.of(
                trouble,
                episode.alone().isPresent(),
                episode.share(),
                episode.sites.size(),
                Duration.between(episode.first, now));
    }

    private Optional<String> visible(Instant now) {
        if (!isTogether(lastFailure, now)) {
            return Optional.empty();
        }
        int run = recent.run();
        if (run >= (recent.isBusy(now) ? thresholds.busyRun() : thresholds.run())) {
            return Optional.of("%d requests in a row failed%s".formatted(run, statuses()));
        }
        int failures = recent.failures(now);
        return failures >= thresholds.share() && recent.run() > 0
                ? Optional.of(
                        "%d of the last %d requests failed%s"
                                .formatted(failures, recent.size(), statuses()))
                : Optional.empty();
    }

    private String statuses() {
        return episode.statuses.isEmpty()
                ? ""
                : episode.statuses.keySet().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private boolean isHiddenTrouble(Instant now) {
        return hiddenAt.size() >= thresholds.hidden() && isTogether(hiddenAt.getFirst(), now);
    }

    private String hiddenSentence() {
        return "%d failed attempts that retries hid: no user saw them".formatted(episode.hidden);
    }

    private Optional<String> recovery(Instant now) {
        if (open.isEmpty() || open.filter(t -> t == Trouble.NOT_RUNNING).isPresent()) {
            return Optional.empty();
        }
        Duration quiet = quietFor(now);
        boolean run =
                open.filter(t -> t == Trouble.FAILING).isPresent()
                        && recent.wellRun() >= thresholds.wellRun()
                        && quiet.compareTo(thresholds.wellFor()) >= 0;
        boolean silence =
                episode.answersSinceFailure > 0 && quiet.compareTo(thresholds.quiet()) >= 0;
        return Stream.of(
                        sentence(run, recent.wellRun(), quiet),
                        sentence(silence, episode.answersSinceFailure, quiet))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> sentence(boolean holds, long answers, Duration quiet) {
        return holds
                ? Optional.of(
                        "the last %d %s answered; no failure for %d s"
                                .formatted(
                                        answers,
                                        answers == 1 ? "request was" : "requests were",
                                        quiet.toSeconds()))
                : Optional.empty();
    }

    private boolean isTogether(Instant earlier, Instant now) {
        return !earlier.equals(Instant.MIN)
                && Duration.between(earlier, now).compareTo(thresholds.together()) <= 0;
    }
}
