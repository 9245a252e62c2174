package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Change;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A change of nginx or of the application behind a peer that took effect before a matter began, and
 * after which nothing had worked until then.
 *
 * @param effective when it took effect: the load of nginx's files, the start of the process that
 *     serves since, else the change itself
 * @param clean requests of the place were answered before it took effect, and none since
 */
public record RecentChange(Change change, Instant effective, boolean clean, Sighting sighting) {
    /** A change longer ago is none of "just before". */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** Where some requests are answered still, it takes a close coincidence to tell of it. */
    private static final Duration CLOSE = Duration.ofMinutes(2);

    /** Logs count whole seconds. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** A process's start is known to a hundredth of a second, and by another clock than files'. */
    private static final Duration SLACK = Duration.ofMillis(100);

    private static final int MOST = 2;

    /**
     * When a change took effect.
     *
     * @param seen false where its process is gone, which may have been started with it or not
     */
    private record Effect(Instant at, boolean seen) {}

    /** Those of a matter, the latest first; empty for one that no request has met. */
    public static List<RecentChange> before(Matter matter) {
        return matter.kind() == Symptom.Kind.TRAFFIC
                ? matter.first().stream()
                        .flatMap(
                                first ->
                                        matter.scene()
                                                .facts(Change.class)
                                                .flatMap(c -> of(matter, c, first).stream()))
                        .sorted(
                                Comparator.comparing((RecentChange r) -> r.change().at())
                                        .reversed())
                        .limit(MOST)
                        .toList()
                : List.of();
    }

    private static Optional<RecentChange> of(Matter matter, Change change, Instant first) {
        return effective(matter, change, first)
                .filter(_ -> change.at().isAfter(first.minus(LONGEST)))
                .filter(effect -> !effect.at().isAfter(first.plus(TICK)))
                .flatMap(effect -> of(matter, change, first, effect));
    }

    private static Optional<RecentChange> of(
            Matter matter, Change change, Instant first, Effect effect) {
        Instant effective = effect.at();
        List<AccessGroup> answers = answers(matter).toList();
        boolean before = answers.stream().anyMatch(a -> endsBefore(a.first(), effective));
        boolean since = answers.stream().anyMatch(a -> isAfter(a.last(), effective));
        boolean close = Duration.between(effective, first).compareTo(CLOSE) <= 0;
        return (before || answers.isEmpty())
                        && (close || !since)
                        && answers.stream().noneMatch(a -> isBetween(a, effective, first))
                ? Optional.of(
                        new RecentChange(
                                change,
                                effective,
                                effect.seen() && before && !since,
                                sighting(matter, change, first, effect)))
                : Optional.empty();
    }

    /** The whole second that the log names lies before. */
    private static boolean endsBefore(Optional<Instant> logged, Instant effective) {
        return !logged.orElseThrow().plus(TICK).isAfter(effective);
    }

    private static boolean isAfter(Optional<Instant> logged, Instant effective) {
        return logged.orElseThrow().isAfter(effective.plus(TICK));
    }

    /** It worked with the change for a while. */
    private static boolean isBetween(AccessGroup answers, Instant effective, Instant first) {
        return Stream.of(answers.first(), answers.last())
                .anyMatch(at -> isAfter(at, effective) && at.orElseThrow().isBefore(first));
    }

    /** Requests of the place that were answered well, whoever answered. */
    private static Stream<AccessGroup> answers(Matter matter) {
        return Repaired.answers(matter)
                .filter(a -> a.status() < 400)
                .filter(a -> a.first().isPresent() && a.last().isPresent());
    }

    private static Optional<Effect> effective(Matter matter, Change change, Instant first) {
        if (isOfApplication(matter, change)) {
            return inApplication(matter, change, first);
        }
        return matter.master()
                .filter(m -> isOf(change, m))
                .flatMap(m -> inNginx(matter, change, m))
                .filter(at -> !change.at().isAfter(at.plus(SLACK)))
                .map(at -> new Effect(at, true));
    }

    private static boolean isOf(Change change, NginxMaster master) {
        return change.of().masters().contains(master.pid())
                || master.unit().filter(change.of().units()::contains).isPresent();
    }

    /** Files are read at a load; another program or another way to run it takes a start. */
    private static Optional<Instant> inNginx(Matter matter, Change change, NginxMaster master) {
        return switch (change.kind()) {
            case NGINX_FILE, CHECKOUT, FILES, LINK -> master.workersSince();
            case DEFINITION, PACKAGE ->
                    matter.scene().process(master.pid()).map(ProcessState::startedAt);
        };
    }

    private static boolean isOfApplication(Matter matter, Change change) {
        return change.of().peers().stream()
                        .anyMatch(
                                p ->
                                        matter.peer()
                                                .filter(
                                                        peer ->
                                                                Peers.means(
                                                                        matter.scene(), p, peer))
                                                .isPresent())
                || units(matter).stream().anyMatch(change.of().units()::contains);
    }

    private static Set<String> units(Matter matter) {
        Set<String> units = new HashSet<>();
        PeerUnit.of(matter).forEach(u -> units.add(u.unit().name()));
        Relay.owner(matter).flatMap(ProcessState::unit).ifPresent(units::add);
        matter.master().flatMap(NginxMaster::unit).ifPresent(units::remove);
        return units;
    }

    /**
     * PHP reads its scripts for each request. Others read them when they start; one that was
     * started before and serves still has not taken the change over.
     */
    private static Optional<Effect> inApplication(Matter matter, Change change, Instant first) {
        List<ProcessState> serving =
                matter.listener().stream()
                        .map(Listener::pids)
                        .flatMap(List::stream)
                        .flatMap(pid -> matter.scene().process(pid).stream())
                        .toList();
        boolean files = change.kind() != Change.Kind.DEFINITION;
        if (serving.isEmpty()) {
            return Optional.of(new Effect(later(change.at(), first), false));
        }
        if (files && serving.stream().anyMatch(Programs::speaksFastcgi)) {
            return Optional.of(new Effect(change.at(), true));
        }
        return serving.stream()
                .map(ProcessState::startedAt)
                .filter(start -> !change.at().isAfter(start.plus(SLACK)))
                .filter(start -> !start.isAfter(first.plus(TICK)))
                .min(Comparator.naturalOrder())
                .map(at -> new Effect(at, true));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Sighting sighting(Matter matter, Change change, Instant first, Effect effect) {
        boolean late =
                effect.seen() && Duration.between(change.at(), effect.at()).compareTo(TICK) > 0;
        String text =
                "%s at %s, %s%s"
                        .formatted(
                                words(change),
                                matter.scene().clock(change.at()),
                                distance(Duration.between(change.at(), first)),
                                late
                                        ? "; it took effect at " + matter.scene().clock(effect.at())
                                        : "");
        Sighting seen = matter.scene().sighting(change, text);
        return new Sighting(seen.source(), text, seen.where(), Optional.of(change.at()));
    }

    private static String distance(Duration before) {
        if (before.toSeconds() < 1) {
            return "as the failures began";
        }
        return before.compareTo(CLOSE) < 0
                ? "%d s before the first failure".formatted(before.toSeconds())
                : "%d min before the first failure".formatted(before.toMinutes());
    }

    private static String words(Change change) {
        return switch (change.kind()) {
            case NGINX_FILE, DEFINITION ->
                    change.what()
                            + (change.detail().isEmpty()
                                    ? " was written"
                                    : " was put there, or its mode or owner was changed,");
            case FILES -> "%s in %s changed".formatted(change.detail(), change.what());
            case LINK -> "%s was led to %s".formatted(change.what(), change.detail());
            case CHECKOUT -> "git in %s: %s,".formatted(change.what(), change.detail());
            case PACKAGE -> "package %s: %s".formatted(change.what(), change.detail());
        };
    }

    /** What was changed, as part of a sentence: {@code the checkout in /srv/shop}. */
    public String subject() {
        return switch (change.kind()) {
            case NGINX_FILE, DEFINITION -> "the change of " + change.what();
            case FILES -> "the change of files in " + change.what();
            case LINK -> "the change of the link " + change.what();
            case CHECKOUT -> "the checkout in " + change.what();
            case PACKAGE -> "package %s: %s".formatted(change.what(), change.detail());
        };
    }
}
