package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Accesses;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OwnAnswer;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configuration itself answers the status: {@code return 503}, a maintenance switch. */
public final class ConfiguredError implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "configured-error",
                    Group.OTHER,
                    Frequency.RARE,
                    "The configuration itself returns the status: return 503, a maintenance switch",
                    """
                    return answers without passing the request on: a page for maintenance that was left switched on, a \
                    deny-all of a catch-all server, an if that catches more than was meant. nginx logs no error for it, and \
                    no upstream is asked. Or rewrites, an error_page and a try_files that lead back to themselves: 500 \
                    after ten rounds, and a line that says so.""",
                    "A return with that status where the requests were served, and no line in the error log.",
                    List.of(),
                    List.of(
                            "restarting the application: it was not asked",
                            "raising nginx's time-outs: the answer was given at once"));

    private static final Set<String> CYCLES = Set.of("internal-redirect-cycle", "rewrite-cycle");

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> cycle = matter.error(g -> CYCLES.contains(g.id()));
        if (cycle.isPresent()) {
            return argue(matter, cycle.get());
        }
        boolean silent = matter.trouble() == Trouble.OWN_STATUS && matter.errors().isEmpty();
        Optional<AccessGroup> failed =
                matter.accesses().stream().filter(a -> a.status() >= 500).findFirst();
        return silent
                ? failed.flatMap(
                                a ->
                                        matter.configuration()
                                                .flatMap(c -> OwnAnswer.to(a, c))
                                                .map(s -> argue(matter, a, s)))
                        .orElse(Judgement.notConcerned())
                : Judgement.notConcerned();
    }

    /** Most often try_files falls back to a file that is not there, and so to itself. */
    private static Judgement argue(Matter matter, ErrorGroup cycle) {
        return Argument.that(
                        "configuration:" + cycle.location().orElse("/"),
                        "nginx's configuration sends requests round in a circle")
                .because(DECISIVE, matter.logged(cycle))
                .explain(
                        "A rewrite, an error_page or the last word of try_files leads to a URI that leads back to it; after ten rounds nginx answers 500 and asks no upstream.")
                .next(
                        "sudo nginx -T",
                        "shows the try_files, rewrite and error_page lines of that location")
                .now(
                        "let the last word of try_files be a file that is there, a named location, or =404",
                        Risk.LOW,
                        Steps.edit(
                                "the file named by the message has to exist below root; a backslash before $ makes a variable plain text"),
                        Steps.reload(matter))
                .toStay("ask each location once after a change of try_files or root", Risk.LOW)
                .wontHelp("restarting the application: it is not asked")
                .judgement();
    }

    private static Judgement argue(Matter matter, AccessGroup failed, Setting answer) {
        String where = answer.position().map(Position::fileAndLine).orElse("nginx.conf");
        Argument argument =
                Argument.that(
                        "configuration:" + where,
                        Excerpt.title("%s answers %d by itself".formatted(where, failed.status())));
        argument.because(STRONG, "configuration", Excerpt.of(answer.toString(), 80), where);
        if (Accesses.noPeerAsked(failed)) {
            argument.because(
                    DECISIVE,
                    matter.scene()
                            .sighting(
                                    failed,
                                    "status %d x%d, and no upstream was asked"
                                            .formatted(failed.status(), failed.count())));
        } else {
            argument.because(
                    MODERATE,
                    matter.scene()
                            .sighting(
                                    failed,
                                    "status %d x%d, and nginx logged no error for it"
                                            .formatted(failed.status(), failed.count())));
            argument.missing("access.log", "its format does not say whether an upstream was asked");
        }
        argument.explain(
                "nginx does what %s says: it answers %d and asks no upstream."
                        .formatted(where, failed.status()));
        argument.now(
                "take it back, if it is not meant",
                Risk.LOW,
                Edit.of(
                        matter,
                        "at %s remove '%s', or the condition that leads there"
                                .formatted(where, Excerpt.of(answer.toString(), 60))));
        argument.toStay(
                "let a maintenance switch end by itself, or raise an alarm while it is on",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
