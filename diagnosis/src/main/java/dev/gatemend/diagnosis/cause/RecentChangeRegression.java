package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.RecentChange;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.Change;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Duration;
import java.util.List;

/** It worked until something was changed, and nothing else says why it fails since. */
public final class RecentChangeRegression implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "recent-change-regression",
                    Group.OTHER,
                    Frequency.RARE,
                    "A change just before made a working path fail, and nothing more specific explains it",
                    """
                    Requests were answered until a deploy, an edit or an upgrade took effect, and none has been since. What \
                    in it is wrong cannot be seen from here, but what was changed, when and by whom can. Where a more \
                    specific cause explains the failures, the change is told as a part of its story.""",
                    "A change of nginx's files or of the application's own (files, unit, git, package) took effect between the last good answer and the first failure.",
                    List.of(CauseInfo.EVERY_OTHER),
                    List.of(
                            "restarting nginx: what was changed stays as it is",
                            "raising time-outs or buffers: it worked with the same ones before"));

    /** From taking effect to the first failure; where nobody asked meanwhile it proves less. */
    private static final Duration CLOSE = Duration.ofMinutes(1);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        List<RecentChange> changes =
                RecentChange.before(matter).stream().filter(RecentChange::clean).toList();
        return changes.isEmpty() ? Judgement.notConcerned() : argue(matter, changes.getFirst());
    }

    private static Judgement argue(Matter matter, RecentChange latest) {
        Argument argument =
                Argument.that(
                        "change:" + latest.change().what(),
                        Excerpt.title(
                                "Nothing has worked here since %s (%s)"
                                        .formatted(
                                                latest.subject(),
                                                matter.scene().clock(latest.effective()))));
        matter.errors().stream()
                .findFirst()
                .ifPresent(e -> argument.becauseLikeRivals(WEAK, matter.logged(e)));
        boolean close =
                Duration.between(latest.effective(), matter.first().orElseThrow()).compareTo(CLOSE)
                        <= 0;
        argument.because(close ? STRONG : MODERATE, latest.sighting());
        argument.because(
                WEAK,
                Sighting.of(
                        "access.log",
                        "requests were answered until then, and none has been since",
                        "access log"));
        argument.explain(
                "It worked until the change took effect. That is no proof, but the first thing to look at: see what was changed, or take it back.");
        argument.now(
                "look at the change, and take it back where that is quicker than mending it",
                Risk.MEDIUM,
                step(latest.change()));
        argument.toStay(
                "ask for a page that needs the application after each change, and take the change back by itself when it fails",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static Remedy.Step step(Change change) {
        String what = change.what();
        return switch (change.kind()) {
            case CHECKOUT ->
                    new Remedy.Step(
                            Shell.command("sudo", "git", "-C", what, "diff", "HEAD@{1}", "HEAD"),
                            "what the last checkout changed; HEAD@{1} is where it stood before");
            case PACKAGE ->
                    new Remedy.Step(
                            Shell.command("apt-cache", "policy", what),
                            "which versions could be installed instead");
            case LINK -> Steps.edit("lead %s to the release before".formatted(what));
            case FILES -> Steps.edit("put the release before into %s again".formatted(what));
            case NGINX_FILE, DEFINITION ->
                    Steps.edit("compare %s with what it was before".formatted(what));
        };
    }
}
