package dev.gatemend.diagnosis;

/**
 * A cause of gateway errors: one class, one id of the catalogue, one docs page, one test for and
 * against. It judges a matter by what was seen and never looks itself. Implementations are
 * stateless and safe for any number of threads.
 */
public interface Cause {
    /** What the catalogue and the docs page say about it. */
    CauseInfo info();

    /**
     * Weighs this cause against one matter.
     *
     * @return {@link Judgement.NotConcerned} when nothing in the matter speaks of this cause
     */
    Judgement judge(Matter matter);
}
