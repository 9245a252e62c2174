package dev.gatemend.watch;

import java.time.Instant;

/**
 * A matter from its first failure to its end, and perhaps back. The only way to a state is the
 * method on the one before it.
 */
public sealed interface Incident {
    /** What is told of it in any state. */
    Story story();

    /** {@code open}, {@code resolved}. */
    String state();

    /** Opens one. */
    static Open open(String id, Change.Alarm alarm, Instant now) {
        return new Open(Story.begin(id, alarm, now));
    }

    /** It goes on. */
    record Open(Story story) implements Incident {
        @Override
        public String state() {
            return "open";
        }

        /** A diagnosis came to something. */
        public Open diagnosed(Verdict verdict, Instant now) {
            return new Open(
                    story.judged(verdict, new Story.Entry(now, "diagnosed", verdict.title())));
        }

        /** What retries hid is seen by users now. */
        public Open worsened(Change.Alarm alarm, Instant now) {
            return new Open(
                    story.again(
                            alarm,
                            story.reopened(),
                            new Story.Entry(now, "worsened", alarm.why())));
        }

        /** It is over. */
        public Resolved resolved(String why, Instant now) {
            return new Resolved(story.with(new Story.Entry(now, "resolved", why)), now);
        }
    }

    /**
     * It is over.
     *
     * @param at since when
     */
    record Resolved(Story story, Instant at) implements Incident {
        public Resolved {
            if (story.timeline().isEmpty()) {
                throw new IllegalArgumentException("what never was open is not resolved");
            }
        }

        @Override
        public String state() {
            return "resolved";
        }

        /** It came back. */
        public Open reopened(Change.Alarm alarm, Instant now) {
            return new Open(
                    story.again(
                            alarm,
                            story.reopened() + 1,
                            new Story.Entry(now, "reopened", alarm.why())));
        }
    }
}
