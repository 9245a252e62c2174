package dev.gatemend.lab;

import dev.gatemend.model.Maker;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A fault that is made for real, or a control in which nothing is wrong. It is read from a folder
 * by {@link ScenarioFolders}; the acts of the demonstration, which need no interpreter, are built.
 *
 * @param id {@code CAUSE/VARIANT}, or {@code control/VARIANT}
 * @param story one line for the operator
 * @param needs what it cannot do without
 * @param versions of nginx it is true of
 * @param setUp all that is there before anything breaks, up to a running nginx
 * @param breaks what goes wrong; nothing for a control
 * @param traffic further requests, sent while it is broken
 * @param undoes takes the fault away again
 * @param ask the request that shows the fault, and that it is gone
 * @param madeBy who makes the status, when a cause is expected
 * @param repair what a right repair is, one sentence each; empty for a control
 * @param also what is broken at other sites at the same time; usually nothing
 * @param restart the units of a host with systemd whose restart alone mends it, none when no
 *     restart does; empty when it is not said
 * @param composed what of it is written down because it cannot be made here, in words; empty when
 *     all of it is real
 */
public record Scenario(
        String id,
        String story,
        Set<Need> needs,
        NginxVersions versions,
        Step setUp,
        Step breaks,
        Step traffic,
        Step undoes,
        Optional<Ask> ask,
        Maker madeBy,
        List<String> repair,
        List<Fault> also,
        Optional<List<String>> restart,
        Optional<String> composed) {
    private static final String CONTROL = "control";

    public Scenario {
        needs = Set.copyOf(needs);
        repair = List.copyOf(repair);
        also = List.copyOf(also);
        restart = restart.map(List::copyOf);
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
                NginxVersions.ANY,
                Step.NONE,
                Step.NONE,
                Step.NONE,
                Step.NONE,
                Optional.empty(),
                Maker.NGINX,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The cause that a diagnosis has to name first; empty for a control. */
    public Optional<String> cause() {
        String first = id.substring(0, id.indexOf('/'));
        return first.equals(CONTROL) ? Optional.empty() : Optional.of(first);
    }

    /**
     * It belongs to the third that nobody tunes a cause by and that is scored apart: chosen by a
     * hash of its id, so by nobody, and never another third.
     */
    public boolean setApart() {
        CRC32 hash = new CRC32();
        hash.update(id.getBytes(StandardCharsets.US_ASCII));
        return hash.getValue() % 3 == 0;
    }

    Scenario needs(Need first, Need... more) {
        EnumSet<Need> all = EnumSet.of(first, more);
        all.addAll(needs);
        return new Scenario(
                id, story, all, versions, setUp, breaks, traffic, undoes, ask, madeBy, repair, also,
                restart, composed);
    }

    Scenario withNginx(NginxVersions some) {
        return new Scenario(
                id, story, needs, some, setUp, breaks, traffic, undoes, ask, madeBy, repair, also,
                restart, composed);
    }

    Scenario setUp(Step step) {
        return new Scenario(
                id, story, needs, versions, step, breaks, traffic, undoes, ask, madeBy, repair,
                also, restart, composed);
    }

    Scenario asks(Ask request) {
        return new Scenario(
                id,
                story,
                needs,
                versions,
                setUp,
                breaks,
                traffic,
                undoes,
                Optional.of(request),
                madeBy,
                repair,
                also,
                restart,
                composed);
    }

    Scenario breaks(Step step) {
        return new Scenario(
                id, story, needs, versions, setUp, step, traffic, undoes, ask, madeBy, repair, also,
                restart, composed);
    }

    Scenario traffic(Step step) {
        return new Scenario(
                id, story, needs, versions, setUp, breaks, step, undoes, ask, madeBy, repair, also,
                restart, composed);
    }

    Scenario undoes(Step step) {
        return new Scenario(
                id, story, needs, versions, setUp, breaks, traffic, step, ask, madeBy, repair, also,
                restart, composed);
    }

    /** The status is the application's (or another proxy's) own, and nginx passes it on. */
    Scenario madeByUpstream() {
        return new Scenario(
                id,
                story,
                needs,
                versions,
                setUp,
                breaks,
                traffic,
                undoes,
                ask,
                Maker.UPSTREAM,
                repair,
                also,
                restart,
                composed);
    }

    /** Says what would mend it for good, for the person who runs a drill. */
    Scenario repairedBy(List<String> sentences) {
        return new Scenario(
                id, story, needs, versions, setUp, breaks, traffic, undoes, ask, madeBy, sentences,
                also, restart, composed);
    }

    /** Breaks something else at the same time; its script does that, and undoes it. */
    Scenario alsoWith(List<Fault> others) {
        return new Scenario(
                id, story, needs, versions, setUp, breaks, traffic, undoes, ask, madeBy, repair,
                others, restart, composed);
    }

    /** Says which units a watcher would do right to start again. */
    Scenario mendedByRestarting(Optional<List<String>> units) {
        return new Scenario(
                id, story, needs, versions, setUp, breaks, traffic, undoes, ask, madeBy, repair,
                also, units, composed);
    }

    /** Says that a part of it is written down, and what. */
    Scenario composedOf(Optional<String> what) {
        return new Scenario(
                id, story, needs, versions, setUp, breaks, traffic, undoes, ask, madeBy, repair,
                also, restart, what);
    }

    /** All of it is real, so that it says how good the diagnosis is. */
    public boolean scored() {
        return composed.isEmpty();
    }

    /** The causes of all that is broken, the one it is called by first; none for a control. */
    public List<String> causes() {
        return Stream.concat(cause().stream(), also.stream().map(Fault::cause)).toList();
    }

    /** The requests that show all that is broken, if any do. */
    List<Ask> asks() {
        return Stream.concat(ask.stream(), also.stream().map(Fault::ask)).toList();
    }
}
