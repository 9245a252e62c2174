package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.ApplicationWords;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.OtherHost;
import dev.gatemend.diagnosis.PassedOn;
import dev.gatemend.diagnosis.Relay;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;

/** The application answered 500 or 503, and nginx passed it on. */
public final class AppError implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-error",
                    Group.OTHER,
                    Frequency.RARE,
                    "The application itself answered 500 or 503 and nginx passed it on",
                    """
                    An unhandled exception in the application ends in its own error page with status 500; overload or \
                    maintenance in 503. nginx received a proper answer and passes it on. With FastCGI, what the application \
                    wrote to stderr stands in nginx's error log ('PHP Fatal error'); elsewhere it is in the application's log.""",
                    "The upstream's header arrived; nginx logged no upstream error; the application's own log has the line.",
                    List.of(),
                    List.of(
                            "restarting nginx or changing its configuration: it passed on what it got",
                            "raising buffers or time-outs: the answer was complete and in time"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<PassedOn> passed =
                PassedOn.of(matter).filter(p -> p.status() == 500 || p.status() == 503);
        Optional<Sighting> words =
                matter.trouble() == Trouble.UPSTREAM_STATUS
                        ? ApplicationWords.stderr(matter)
                        : Optional.empty();
        boolean otherStatus = PassedOn.of(matter).isPresent() && passed.isEmpty();
        return otherStatus || (passed.isEmpty() && words.isEmpty())
                ? Judgement.notConcerned()
                : argue(matter, passed, words);
    }

    private static Judgement argue(
            Matter matter, Optional<PassedOn> passed, Optional<Sighting> words) {
        Optional<ProcessState> owner = Relay.application(matter);
        Argument argument =
                Argument.that(
                        "application:" + matter.peerText(),
                        Excerpt.title(title(matter, passed, owner)));
        passed.ifPresent(p -> weighStatus(argument, p));
        words.ifPresent(said -> argument.because(DECISIVE, said));
        ApplicationWords.journal(matter).ifPresent(said -> argument.because(STRONG, said));
        weighListener(matter, argument, passed, owner);
        passed.flatMap(p -> p.probed(matter)).ifPresent(s -> argument.because(STRONG, s));
        ProxyLoop.speaksAgainstUpstream(matter, argument);
        OtherHost.speaksAgainstUpstream(matter, argument);
        argument.explain(
                "nginx received the application's own error answer and passed it on; the reason is in the application's log.");
        argument.now("find the error in the application's log", Risk.LOW, look(owner, words));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String title(
            Matter matter, Optional<PassedOn> passed, Optional<ProcessState> owner) {
        String peer = matter.peer().isPresent() ? " at " + matter.peerText() : "";
        String name = owner.map(o -> o.unit().orElse(o.name())).orElse("the application");
        return passed.map(
                        p ->
                                "%s%s answers %d itself; nginx passes it on"
                                        .formatted(name, peer, p.status()))
                .orElseGet(() -> "%s%s fails with a fatal error of its own".formatted(name, peer));
    }

    private static void weighStatus(Argument argument, PassedOn passed) {
        argument.because(passed.strength(), passed.sighting());
        if (passed.unsaid()) {
            argument.missing("access.log", "its format does not say whether the upstream answered");
            argument.toStay(
                    "add $upstream_header_time to the log_format: a number there proves that the upstream made the status",
                    Risk.LOW);
        }
    }

    /** Behind another proxy 503 is more often that one's; 500 it would only pass on too. */
    private static void weighListener(
            Matter matter,
            Argument argument,
            Optional<PassedOn> passed,
            Optional<ProcessState> owner) {
        Optional<Relay> relay = Relay.of(matter);
        boolean unavailable = passed.filter(p -> p.status() == 503).isPresent();
        relay.filter(_ -> unavailable).ifPresent(r -> argument.against(r.strength(), r.sighting()));
        if (relay.isEmpty() && owner.isPresent()) {
            argument.because(
                    MODERATE,
                    matter.scene()
                            .sighting(
                                    owner.get(),
                                    "%s (PID %d) listens there and answers"
                                            .formatted(owner.get().name(), owner.get().pid())));
        }
    }

    private static Remedy.Step look(Optional<ProcessState> owner, Optional<Sighting> words) {
        Optional<String> unit = owner.flatMap(ProcessState::unit);
        if (unit.isPresent()) {
            return Steps.journalOfTheseMinutes(unit.get(), "what the application wrote meanwhile");
        }
        return new Remedy.Step(
                "",
                words.flatMap(Sighting::where)
                        .map(where -> "the text stands at " + where + "; correct what it names")
                        .orElse("read the application's own log for these minutes"));
    }
}
