package dev.gatemend.diagnosis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.gatemend.model.Diagnosis.NextStep;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Remedy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a {@link Judgement.Possible} together in the order one would tell it: what speaks for it,
 * what against, what could not be seen, then what to do. Used within one call by one thread.
 */
public final class Argument {
    private final String place;
    private final String title;
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Evidence> common = new ArrayList<>();
    private final List<Remedy> remedies = new ArrayList<>();
    private final List<String> wontHelp = new ArrayList<>();
    private final List<NextStep> next = new ArrayList<>();
    private String explanation = "";
    private boolean provisional;

    private Argument(String place, String title) {
        this.place = place;
        this.title = title;
    }

    /**
     * Begins an argument.
     *
     * @param place what is broken, as a key (see {@link Judgement.Possible})
     * @param title the verdict in one line, naming the culprit
     */
    public static Argument that(String place, String title) {
        return new Argument(place, title);
    }

    /** Evidence for, with a command or file that shows it. */
    @CanIgnoreReturnValue
    public Argument because(Strength strength, String source, String text, String where) {
        return evidence(
                Evidence.Kind.FOR,
                strength.weight(),
                source,
                text,
                Optional.of(where),
                Optional.empty());
    }

    @CanIgnoreReturnValue
    public Argument because(Strength strength, Sighting sighting) {
        return evidence(Evidence.Kind.FOR, strength.weight(), sighting);
    }

    @CanIgnoreReturnValue
    public Argument against(Strength strength, String source, String text, String where) {
        return evidence(
                Evidence.Kind.AGAINST,
                -strength.weight(),
                source,
                text,
                Optional.of(where),
                Optional.empty());
    }

    /**
     * Evidence for that speaks for every rival of this cause alike (the refusal, the empty place):
     * it counts, but it is no reason for a more general cause to step back.
     */
    @CanIgnoreReturnValue
    public Argument becauseLikeRivals(Strength strength, Sighting sighting) {
        because(strength, sighting);
        common.add(evidence.getLast());
        return this;
    }

    @CanIgnoreReturnValue
    public Argument against(Strength strength, Sighting sighting) {
        return evidence(Evidence.Kind.AGAINST, -strength.weight(), sighting);
    }

    /** Something that would have helped to decide and could not be seen. */
    @CanIgnoreReturnValue
    public Argument missing(String source, String text) {
        return evidence(Evidence.Kind.MISSING, 0, source, text, Optional.empty(), Optional.empty());
    }

    @CanIgnoreReturnValue
    private Argument evidence(Evidence.Kind kind, double weight, Sighting sighting) {
        return evidence(
                kind, weight, sighting.source(), sighting.text(), sighting.where(), sighting.at());
    }

    @CanIgnoreReturnValue
    private Argument evidence(
            Evidence.Kind kind,
            double weight,
            String source,
            String text,
            Optional<String> where,
            Optional<Instant> at) {
        evidence.add(new Evidence(kind, source, text, where, at, weight));
        return this;
    }

    /** One to three sentences on how it comes about here. */
    @CanIgnoreReturnValue
    public Argument explain(String sentences) {
        explanation = sentences;
        return this;
    }

    /** What ends the trouble. */
    @CanIgnoreReturnValue
    public Argument now(String what, Remedy.Risk risk, Remedy.Step... steps) {
        remedies.add(new Remedy(what, true, risk, List.of(steps)));
        return this;
    }

    /** What keeps it from coming back. */
    @CanIgnoreReturnValue
    public Argument toStay(String what, Remedy.Risk risk, Remedy.Step... steps) {
        remedies.add(new Remedy(what, false, risk, List.of(steps)));
        return this;
    }

    /** A popular fix that does not help here: a short phrase. */
    @CanIgnoreReturnValue
    public Argument wontHelp(String fix) {
        wontHelp.add(fix);
        return this;
    }

    /** A command that would decide. */
    @CanIgnoreReturnValue
    public Argument next(String command, String why) {
        next.add(new NextStep(command, why));
        return this;
    }

    /** Marks that a longer look could still change the verdict. */
    @CanIgnoreReturnValue
    public Argument provisional() {
        provisional = true;
        return this;
    }

    public Judgement judgement() {
        return new Judgement.Possible(
                place, title, explanation, evidence, common, remedies, wontHelp, next, provisional);
    }
}
