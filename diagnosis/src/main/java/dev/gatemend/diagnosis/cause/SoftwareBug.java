package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.KnownBug;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;

/** nginx, a module or the application server has a known bug at this very version. */
public final class SoftwareBug implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "software-bug",
                    Group.OTHER,
                    Frequency.OCCASIONAL,
                    "A known bug in nginx, a module or the application server at this very version",
                    """
                    Some failures begin with an upgrade and end with the next one. Gatemend knows few such bugs, each with the \
                    public report of it, and names one only where that version is seen to run and the failures are such as \
                    it makes. Whatever explains them without a bug comes first.""",
                    "The version that runs, against the list in KnownBug.java, and failures of the kind the report describes.",
                    List.of(),
                    List.of("raising time-outs or buffers: it is the program that errs"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return KnownBug.of(matter)
                .findFirst()
                .map(bug -> argue(matter, bug))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, KnownBug bug) {
        KnownBug.Seen seen = bug.here(matter).orElseThrow();
        Argument argument =
                Argument.that(
                        "bug:" + bug.source(),
                        Excerpt.title(
                                "%s %s %s".formatted(bug.program(), seen.version(), bug.what())));
        // Most who run such a version never meet its bug, so the version alone says little.
        argument.because(MODERATE, seen.sighting());
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.because(MODERATE, matter.logged(g)));
        argument.explain(
                "%s %s %s. It is described in %s."
                        .formatted(bug.program(), seen.version(), bug.what(), bug.source()));
        argument.now("have a version without it", Risk.MEDIUM, Steps.edit(bug.cure()));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
