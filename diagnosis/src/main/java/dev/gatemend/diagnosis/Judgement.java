package dev.gatemend.diagnosis;

import dev.gatemend.model.Evidence;
import dev.gatemend.model.Remedy;
import java.util.List;

/** What a cause says of a matter. */
public sealed interface Judgement {
    /** Nothing in the matter speaks of this cause. */
    record NotConcerned() implements Judgement {}

    /**
     * One would think of it, but it is not this.
     *
     * @param because what was seen instead, as the end of a sentence: {@code it answers on that
     *     socket}
     */
    record RuledOut(String because) implements Judgement {}

    /**
     * It may be this.
     *
     * @param place what is broken, as a key: matters with the same cause and place are one problem
     * @param title the verdict in one line, naming the culprit
     * @param explanation one to three sentences
     * @param evidence for, against and missing
     * @param common those pieces of the evidence that speak for every rival alike
     * @param next commands that would decide, when the evidence does not
     * @param provisional a longer look could still change it
     */
    record Possible(
            String place,
            String title,
            String explanation,
            List<Evidence> evidence,
            List<Evidence> common,
            List<Remedy> remedies,
            List<String> wontHelp,
            List<dev.gatemend.model.Diagnosis.NextStep> next,
            boolean provisional)
            implements Judgement {
        public Possible {
            evidence = List.copyOf(evidence);
            common = List.copyOf(common);
            remedies = List.copyOf(remedies);
            wontHelp = List.copyOf(wontHelp);
            next = List.copyOf(next);
        }
    }

    static Judgement notConcerned() {
        return new NotConcerned();
    }

    static Judgement ruledOut(String because) {
        return new RuledOut(because);
    }
}
