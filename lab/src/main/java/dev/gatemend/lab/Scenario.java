package dev.gatemend.lab;

import dev.gatemend.model.Maker;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A fault that is made for real, or a control in which nothing is wrong. It is written as a
 * builder: each method returns a scenario with one thing more.
 *
 * <pre>
 * Scenario.of("wrong-port/node-tcp", "node came back on the port beside the one nginx dials")
 *         .needs(Need.NODE)
 *         .setUp(bench -&gt; ...)
 *         .asks(Ask.of("shop.example", "/cart", 502))
 *         .breaks(bench -&gt; ...)
 *         .undoes(bench -&gt; ...);
 * </pre>
 *
 * @param id {@code CAUSE/VARIANT}, or {@code control/VARIANT}
 * @param story one line for the operator
 * @param needs what it cannot do without
 * @param setUp all that is there before anything breaks, up to a running nginx
 * @param breaks what goes wrong; nothing for a control
 * @param traffic further requests, sent while it is broken
 * @param undoes takes the fault away again
 * @param ask the request that shows the fault, and that it is gone
 * @param madeBy who makes the status, when a cause is expected
 * @param startsWell nginx runs and answers before the break
 */
public record Scenario(
        String id,
        String story,
        Set<Need> needs,
        Step setUp,
        Step breaks,
        Step traffic,
        Step undoes,
        Optional<Ask> ask,
        Maker madeBy,
        boolean startsWell) {
    private static final String CONTROL = "control";

    public Scenario {
        needs = Set.copyOf(needs);
        if (!id.matches("[a-z0-9-]+/[a-z0-9-]+")) {
            throw new IllegalArgumentException("an id is CAUSE/VARIANT: " + id);
        }
    }

    /** Begins one; nginx is needed by all. */
    static Scenario of(String id, String story) {
        return new Scenario(
                id,
                story,
                EnumSet.of(Need.NGINX),
                Step.NONE,
                Step.NONE,
                Step.NONE,
                Step.NONE,
                Optional.empty(),
                Maker.NGINX,
                true);
    }

    /** The cause that a diagnosis has to name first; empty for a control. */
    public Optional<String> cause() {
        String first = id.substring(0, id.indexOf('/'));
        return first.equals(CONTROL) ? Optional.empty() : Optional.of(first);
    }

    Scenario needs(Need first, Need... more) {
        EnumSet<Need> all = EnumSet.of(first, more);
        all.addAll(needs);
        return new Scenario(
                id, story, all, setUp, breaks, traffic, undoes, ask, madeBy, startsWell);
    }

    Scenario setUp(Step step) {
        return new Scenario(
                id, story, needs, step, breaks, traffic, undoes, ask, madeBy, startsWell);
    }

    Scenario asks(Ask request) {
        return new Scenario(
                id,
                story,
                needs,
                setUp,
                breaks,
                traffic,
                undoes,
                Optional.of(request),
                madeBy,
                startsWell);
    }

    Scenario breaks(Step step) {
        return new Scenario(
                id, story, needs, setUp, step, traffic, undoes, ask, madeBy, startsWell);
    }

    Scenario traffic(Step step) {
        return new Scenario(id, story, needs, setUp, breaks, step, undoes, ask, madeBy, startsWell);
    }

    Scenario undoes(Step step) {
        return new Scenario(
                id, story, needs, setUp, breaks, traffic, step, ask, madeBy, startsWell);
    }

    /** The status is the application's (or another proxy's) own, and nginx passes it on. */
    Scenario madeByUpstream() {
        return new Scenario(
                id, story, needs, setUp, breaks, traffic, undoes, ask, Maker.UPSTREAM, startsWell);
    }

    /** There is no good state to begin with: the break is in how it was set up. */
    Scenario brokenFromTheStart() {
        return new Scenario(id, story, needs, setUp, breaks, traffic, undoes, ask, madeBy, false);
    }
}
