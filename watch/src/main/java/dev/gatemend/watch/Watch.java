package dev.gatemend.watch;

import dev.gatemend.host.FollowablePlaces;
import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.host.bundle.Secrets;
import dev.gatemend.nginx.traffic.AnsweredRequest;
import dev.gatemend.nginx.traffic.TrafficEvent;
import dev.gatemend.watch.Examinations.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The daemon: round by round it reads what nginx wrote, notices, remembers and tells, until
 * somebody ends it. One thread does all of that but the examinations.
 */
public final class Watch {
    /** A disk that went away takes hundreds of logs with it. */
    private static final int MOST_COMPLAINTS = 20;

    private static final Duration LATELY = Duration.ofMinutes(1);

    private final Beat beat;
    private final Recollection memory;
    private final Scout scout;
    private final Journal journal;
    private final Examinations examinations;
    private final Incidents incidents;
    private final Detection detection = new Detection(Thresholds.USUAL);
    private final Presence presence = new Presence();
    private final Looks looks = new Looks();
    private final MoreLines moreLines = new MoreLines();
    private final WatchedLogs logs;
    private final Set<String> problems = new HashSet<>();
    private final List<String> fresh = new ArrayList<>();
    private Scout.Surroundings around =
            new Scout.Surroundings(
                    List.of(),
                    List.of(),
                    Set.of(),
                    new FollowablePlaces(Map.of(), List.of(), List.of()),
                    List.of());
    private Places places = new Places(List.of());
    private Instant now;

    /**
     * What somebody asked to be watched.
     *
     * @param request of a look at a moment
     * @param zone of {@code --timezone}
     * @param version of the program, for bundles
     */
    public record Wish(
            Function<Instant, LookRequest> request, Optional<ZoneId> zone, String version) {}

    /**
     * Watches a host.
     *
     * @param memory what is known from before, and where to keep what comes
     */
    public Watch(Host host, Wish wish, Beat beat, Recollection memory) {
        this(
                beat,
                new HostScout(host, wish.request()),
                new HostExaminer(host, wish.request(), wish.version()),
                wish.zone(),
                memory);
    }

    Watch(Beat beat, Scout scout, Examiner examiner, Optional<ZoneId> zone, Recollection memory) {
        this.beat = beat;
        this.memory = memory;
        this.scout = scout;
        this.now = beat.now();
        this.examinations = new Examinations(examiner);
        this.journal = memory.journal();
        this.incidents = new Incidents(memory.kept(), memory.lastId());
        this.logs =
                new WatchedLogs(zone, System.nanoTime(), this::failed, this::answered, fresh::add);
        incidents.open().forEach(this::resume);
    }

    /** Watches until the beat is over. */
    public void run() throws InterruptedException, IOException {
        try (memory;
                examinations;
                logs) {
            survey();
            journal.take(
                    new WatchEvent.Ready(now, around.masters().size(), around.sites(), logs.size()),
                    now);
            boolean more = false;
            while (!beat.isOver()) {
                if (!more) {
                    beat.rest();
                }
                more = round();
            }
        }
    }

    private void resume(Incident.Open open) {
        Story story = open.story();
        if (story.trouble() == Trouble.NOT_RUNNING) {
            presence.resume(story.place(), story.first());
        } else {
            detection.resume(story.place(), story.trouble(), story.first(), now);
        }
        looks.begin(story.id(), now);
    }

    /** Answers whether there is more to read at once. */
    private boolean round() throws InterruptedException {
        now = beat.now();
        if (scout.seesChange(now)) {
            survey();
        }
        boolean more = logs.round(now);
        detection.changes(now).forEach(this::take);
        presence.seen(around.running(), around.expected(), now).forEach(this::take);
        examinations.done().forEach(this::take);
        examine();
        moreLines.due(incidents.open(), now).forEach(this::tell);
        complain();
        journal.retry(now);
        return more;
    }

    private void survey() throws InterruptedException {
        around = scout.look(now);
        places = new Places(around.configurations());
        logs.follow(around.logs(), now);
        problems.retainAll(around.problems());
        around.problems().stream().filter(problems::add).forEach(fresh::add);
    }

    private void failed(TrafficEvent event) {
        places.failure(event)
                .ifPresent(
                        failure -> {
                            detection.failed(failure, now);
                            moreLines.add(failure.place(), failure.line());
                        });
    }

    private void answered(AnsweredRequest request) {
        if (!Places.saysNothing(request)) {
            detection.answered(
                    places.answered(request), request.client(), request.path(), request.log(), now);
        }
    }

    private void take(Change change) {
        incidents
                .take(safe(change), now)
                .ifPresent(
                        step -> {
                            tell(step);
                            if (change instanceof Change.Alarm alarm) {
                                moreLines.forget(alarm.place());
                                looks.begin(step.incident().story().id(), now);
                            }
                        });
    }

    /** A sentence names a client or a URI, and those may hold a secret. */
    private static Change safe(Change change) {
        return switch (change) {
            case Change.Alarm alarm -> alarm.inWords(Secrets::hide);
            case Change.AllClear clear -> clear;
        };
    }

    /** One that is due begins, unless another goes on: then in a later round. */
    private void examine() {
        List<String> due = looks.due(incidents.open(), now);
        Optional<Story> missing =
                due.stream()
                        .flatMap(id -> incidents.open(id).stream())
                        .map(Incident.Open::story)
                        .filter(story -> lately(story).isPresent())
                        .findFirst();
        List<String> together = missing.map(story -> List.of(story.id())).orElse(due);
        if (!together.isEmpty()
                && examinations.begin(together, missing.flatMap(this::lately), now)) {
            looks.looked(together);
        }
    }

    /**
     * The configuration of an nginx that was there just now. Later only what the host says counts:
     * it may not be meant to run any more.
     */
    private Optional<Path> lately(Story story) {
        boolean lately = story.first().plus(LATELY).isAfter(now);
        return story.trouble() == Trouble.NOT_RUNNING
                        && lately
                        && story.place().name().startsWith("/")
                ? Optional.of(Path.of(story.place().name()))
                : Optional.empty();
    }

    private void take(Examinations.Done done) {
        switch (done.outcome()) {
            case Outcome.Made made ->
                    done.incidents()
                            .forEach(id -> incidents.open(id).ifPresent(o -> judge(o, made)));
            case Outcome.Failed failed ->
                    journal.take(
                            new WatchEvent.ObserverFailed(now, "diagnosis", failed.why()), now);
        }
    }

    private void judge(Incident.Open open, Outcome.Made made) {
        Story story = open.story();
        Optional<Verdict> verdict = Verdicts.of(made.examined().problems(), story);
        if (verdict.isEmpty()) {
            foundWell(story.place()).ifPresent(this::take);
        }
        // a look that finds nothing does not take back what an earlier one found
        verdict.or(
                        () ->
                                story.verdict().isEmpty()
                                        ? Optional.of(Verdict.unknown(story))
                                        : Optional.empty())
                .flatMap(one -> incidents.take(story.id(), one, now))
                .ifPresent(this::tell);
        if (story.verdict().isEmpty()) {
            journal.keepBundle(story.id(), made.examined().bundle(), now);
        }
    }

    private Optional<Change> foundWell(Place place) {
        return place.kind() == Place.Kind.NGINX
                ? presence.foundWell(place, now)
                : detection.foundWell(place, now);
    }

    private void tell(Incidents.Step step) {
        journal.take(
                new Incidents.Step(
                        step.incident(),
                        step.events(),
                        step.lines().stream().map(Secrets::hide).toList()),
                now);
    }

    private void complain() {
        List<String> told = List.copyOf(fresh);
        fresh.clear();
        told.stream()
                .limit(MOST_COMPLAINTS)
                .forEach(why -> journal.take(new WatchEvent.ObserverFailed(now, "logs", why), now));
    }
}
