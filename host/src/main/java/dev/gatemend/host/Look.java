package dev.gatemend.host;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Source;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an observer is handed: the request, what earlier stages saw, and where to put what it sees
 * itself. Safe for use by several threads of one observer. Once closed (the time limit passed)
 * nothing more is taken.
 */
public final class Look {
    /**
     * More facts than this from one observer are a sign of hostile or broken input; the rest is
     * counted, not kept.
     */
    private static final int MOST_FACTS = 20_000;

    private final String observer;
    private final Host host;
    private final LookRequest request;
    private final List<Observation> earlier;
    private final InstantSource clock;
    private final List<Observation> seen = new ArrayList<>();
    private long dropped;
    private boolean closed;

    Look(
            String observer,
            Host host,
            LookRequest request,
            List<Observation> earlier,
            InstantSource clock) {
        this.observer = observer;
        this.host = host;
        this.request = request;
        this.earlier = List.copyOf(earlier);
        this.clock = clock;
    }

    public Host host() {
        return host;
    }

    public LookRequest request() {
        return request;
    }

    public InstantSource clock() {
        return clock;
    }

    /** Facts of a kind that earlier stages saw. */
    public <F extends Fact> Stream<F> facts(Class<F> kind) {
        return earlier.stream().map(Observation::fact).filter(kind::isInstance).map(kind::cast);
    }

    /**
     * Hands over a fact.
     *
     * @param how a command that shows the same, or the file read
     */
    public synchronized void add(Fact fact, String how) {
        if (closed) {
            return;
        }
        if (seen.size() < MOST_FACTS) {
            seen.add(new Observation(fact, new Source(observer, how), clock.instant()));
        } else {
            dropped++;
        }
    }

    /** Says that something could not be seen, and what would help. */
    public void couldNotLook(String why) {
        add(new CouldNotLook(observer, why), observer);
    }

    /** Takes no more facts and returns those taken; idempotent. */
    synchronized List<Observation> close() {
        if (!closed && dropped > 0) {
            String why = dropped + " more facts were not kept: the limit is " + MOST_FACTS;
            seen.add(
                    new Observation(
                            new CouldNotLook(observer, why),
                            new Source(observer, observer),
                            clock.instant()));
        }
        closed = true;
        return List.copyOf(seen);
    }
}
