package dev.gatemend.nginx.traffic;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;
import dev.gatemend.nginx.log.ErrorEffect;
import dev.gatemend.nginx.log.UpstreamText;
import dev.gatemend.nginx.traffic.TrafficEvent.Attempt;
import dev.gatemend.nginx.traffic.TrafficEvent.Kind;
import dev.gatemend.nginx.traffic.TrafficEvent.Said;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Makes events of lines, and says which entries are worth one. Immutable. */
final class LiveEvents {
    private static final Set<String> SEVERE = Set.of("crit", "alert", "emerg");

    /** Of an entry's message: what nginx says is shorter, an application's words may be long. */
    private static final int LONGEST_MESSAGE = 300;

    private final TrafficFilter filter;

    LiveEvents(TrafficFilter filter) {
        this.filter = filter;
    }

    /** Of a request; who made its status is told later. */
    TrafficEvent of(AccessLine line, Outcome outcome, String log) {
        return new TrafficEvent(
                outcome.failed() ? Kind.FAILED : Kind.RETRIED,
                line.time(),
                OptionalInt.of(outcome.status),
                Maker.UNKNOWN,
                attempts(outcome),
                outcome.upstream,
                line.text(AccessTally.site(line)).map(TrafficEvent::bounded),
                line.method().map(TrafficEvent::bounded),
                line.uri().map(TrafficEvent::bounded),
                line.text(AccessVariable.REMOTE_ADDR).map(TrafficEvent::bounded),
                took(line),
                Optional.empty(),
                log,
                Optional.of(line.sample(TrafficEvent.LONGEST)));
    }

    private static List<Attempt> attempts(Outcome outcome) {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < outcome.addresses.size(); i++) {
            attempts.add(new Attempt(outcome.addresses.get(i), outcome.attemptStatus(i)));
        }
        return attempts;
    }

    private static Optional<Duration> took(AccessLine line) {
        OptionalDouble seconds = line.number(AccessVariable.REQUEST_TIME);
        return seconds.isPresent()
                ? Optional.of(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1_000)))
                : Optional.empty();
    }

    /** Of an entry alone; when it was written is told later, when the zone is known. */
    TrafficEvent of(ErrorEntry entry, ErrorEffect effect, String log) {
        Optional<String> request = entry.request().map(TrafficEvent::bounded);
        boolean cut = effect == ErrorEffect.CUTS_ANSWER;
        return new TrafficEvent(
                cut ? Kind.CUT : Kind.ENTRY,
                Optional.empty(),
                OptionalInt.empty(),
                Maker.UNKNOWN,
                peer(entry).map(peer -> new Attempt(peer, 0)).stream().toList(),
                Optional.empty(),
                entry.server().or(entry::host).map(TrafficEvent::bounded),
                request.filter(r -> r.indexOf(' ') > 0).map(r -> r.substring(0, r.indexOf(' '))),
                request.map(LiveEvents::uri),
                entry.client().map(TrafficEvent::bounded),
                Optional.empty(),
                Optional.of(said(entry)),
                log);
    }

    private static Optional<String> peer(ErrorEntry entry) {
        return entry.upstream()
                .map(upstream -> UpstreamText.peer(upstream, Set.of()))
                .map(TrafficEvent::bounded);
    }

    /** {@code GET /x HTTP/1.1}; what is none is shown as it is. */
    private static String uri(String request) {
        int from = request.indexOf(' ') + 1;
        int to = request.lastIndexOf(" HTTP/");
        return request.substring(from, to > from ? to : request.length());
    }

    static Said said(ErrorEntry entry) {
        String message = entry.message();
        String bounded =
                message.length() <= LONGEST_MESSAGE
                        ? message
                        : message.substring(0, LONGEST_MESSAGE);
        return new Said(
                entry.id(),
                entry.level(),
                bounded,
                peer(entry),
                entry.server().or(entry::host).map(TrafficEvent::bounded),
                false);
    }

    /**
     * Failures of an upstream, and what nginx calls critical; not an application's own words, nor
     * missing files. Where single statuses are asked for, no entry can say that it is one.
     */
    boolean isWorthALine(ErrorEntry entry, ErrorEffect effect) {
        boolean telling =
                effect == ErrorEffect.MAKES_STATUS
                        || effect == ErrorEffect.CUTS_ANSWER
                        || entry.level().filter(SEVERE::contains).isPresent();
        return telling && isAskedFor(entry);
    }

    private boolean isAskedFor(ErrorEntry entry) {
        boolean site =
                filter.sites().isEmpty()
                        || entry.server().filter(name -> isOne(name, filter.sites())).isPresent()
                        || entry.host().filter(name -> isOne(name, filter.sites())).isPresent();
        boolean peer =
                filter.peers().isEmpty()
                        || peer(entry).filter(filter.peers()::contains).isPresent();
        return filter.statuses().isEmpty() && site && peer;
    }

    private static boolean isOne(String name, Set<String> sites) {
        return sites.contains(name.toLowerCase(Locale.ROOT));
    }
}
