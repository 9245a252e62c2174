package dev.gatemend.diagnosis;

import java.util.List;

/**
 * The catalogue entry of a cause. Its docs page is generated from it.
 *
 * @param id stable, kebab-case; part of the contract
 * @param frequency how often it is behind a report, before any evidence
 * @param summary one line without a full stop: what is wrong
 * @param description a few sentences: how it comes about and what one sees
 * @param toldApart what separates it from its neighbours
 * @param yieldsTo ids of causes that, when their own evidence is there, explain this one
 * @param wontHelp popular fixes that do not help, each with the reason
 */
public record CauseInfo(
        String id,
        Group group,
        Frequency frequency,
        String summary,
        String description,
        String toldApart,
        List<String> yieldsTo,
        List<String> wontHelp) {
    /** In place of an id in {@link #yieldsTo}. */
    public static final String EVERY_OTHER = "every other cause";

    public CauseInfo {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("an id is kebab-case: " + id);
        }
        yieldsTo = List.copyOf(yieldsTo);
        wontHelp = List.copyOf(wontHelp);
    }

    /** Whether another cause, when its own evidence is there, explains this one. */
    public boolean yieldsTo(String other) {
        return !other.equals(id) && (yieldsTo.contains(EVERY_OTHER) || yieldsTo.contains(other));
    }

    /** The groups of the catalogue. */
    public enum Group {
        NOTHING_LISTENS("nothing listens"),
        WRONG_PLACE("sent to the wrong place"),
        NAMES("names"),
        BLOCKED("the way is blocked"),
        MISUNDERSTANDING("misunderstanding"),
        SLOW_OR_BUSY("too slow or busy"),
        LIMITS("limits"),
        OTHER("other");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /**
     * How often a cause is behind two hundred public reports of gateway trouble that ended with a
     * known cause. The steps are about a factor of two, so the prior moves a verdict only where the
     * evidence leaves it open.
     */
    public enum Frequency {
        VERY_COMMON(8),
        COMMON(4),
        OCCASIONAL(2),
        RARE(1);

        private final double logPrior;

        Frequency(int reports) {
            this.logPrior = Math.log(reports);
        }

        double logPrior() {
            return logPrior;
        }
    }
}
