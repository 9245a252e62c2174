package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

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
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Another proxy behind nginx made the status, and nginx passed it on. */
public final class UpstreamOwnError implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "upstream-own-error",
                    Group.OTHER,
                    Frequency.RARE,
                    "The 502, 503 or 504 was made by the upstream itself and passed through",
                    """
                    Where nginx passes to another proxy, balancer or gateway, that one may be unable to reach what is behind \
                    it and answer 502, 503 or 504. nginx received a proper answer and passes it on: its own error log has \
                    no line about it. $upstream_status does not tell, since nginx writes its own 502 there too; a numeric \
                    $upstream_header_time does.""",
                    "The upstream's header arrived (numeric $upstream_header_time); no upstream error in nginx's log.",
                    List.of(),
                    List.of(
                            "anything in this nginx: it got an answer and passed it on",
                            "raising nginx's time-outs: the other proxy gave up, at its own limit",
                            "$upstream_status 502 as proof: nginx writes its own there too"));

    private static final Set<Integer> GATEWAY_STATUSES = Set.of(502, 503, 504);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return PassedOn.of(matter)
                .filter(passed -> GATEWAY_STATUSES.contains(passed.status()))
                .map(
                        passed ->
                                passed.unsaid() && matter.nobodyListens()
                                        ? Judgement.ruledOut(
                                                "nobody listens on %s who could answer"
                                                        .formatted(matter.peerText()))
                                        : argue(matter, passed))
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, PassedOn passed) {
        Optional<Relay> relay = Relay.of(matter);
        String peer = matter.peer().isPresent() ? matter.peerText() : "the upstream";
        String who = relay.map(r -> r.name() + " at " + peer).orElse(peer);
        Argument argument =
                Argument.that(
                        "upstream-status:" + matter.peerText(),
                        Excerpt.title(
                                "%s answers %d itself; nginx only passes it on"
                                        .formatted(who, passed.status())));
        argument.because(passed.strength(), passed.sighting());
        relay.ifPresentOrElse(
                r -> argument.because(r.strength(), r.sighting()),
                () -> weighApplication(matter, argument, passed));
        passed.probed(matter).ifPresent(s -> argument.because(STRONG, s));
        ProxyLoop.speaksAgainstUpstream(matter, argument);
        OtherHost.speaksAgainstUpstream(matter, argument);
        weighErrorLog(argument, passed);
        ApplicationWords.stderr(matter).ifPresent(words -> argument.against(STRONG, words));
        if (passed.unsaid()) {
            argument.missing("access.log", "its format does not say whether the upstream answered");
            argument.toStay(
                    "add $upstream_addr, $upstream_status and $upstream_header_time to the log_format: they prove who made a status",
                    Risk.LOW);
        }
        argument.explain(
                "nginx received a complete answer with status %d and passed it on. What failed lies behind %s: look at its log and at what it could not reach."
                        .formatted(passed.status(), who));
        argument.now("look where the status was made", Risk.LOW, look(matter, relay));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** Proxies answer 502 and 504; an application that is none hardly does, but 503 it may. */
    private static void weighApplication(Matter matter, Argument argument, PassedOn passed) {
        Optional<ProcessState> owner = Relay.application(matter);
        if (owner.isPresent()) {
            argument.against(
                    passed.status() == 503 ? MODERATE : WEAK,
                    matter.scene()
                            .sighting(
                                    owner.get(),
                                    "%s (PID %d) listens there, which is no proxy"
                                            .formatted(owner.get().name(), owner.get().pid())));
        }
    }

    /** nginx's own 502 of a dead upstream looks the same in such an access log, and is commoner. */
    private static void weighErrorLog(Argument argument, PassedOn passed) {
        if (passed.unproved()) {
            argument.missing("error.log", "not every error log of this nginx could be read");
        }
    }

    private static Remedy.Step look(Matter matter, Optional<Relay> relay) {
        return Relay.owner(matter)
                .flatMap(ProcessState::unit)
                .map(unit -> Steps.journalOfTheseMinutes(unit, "what it could not reach"))
                .orElseGet(
                        () ->
                                new Remedy.Step(
                                        "",
                                        "read the error log of %s for these minutes"
                                                .formatted(
                                                        relay.map(Relay::name)
                                                                .orElse("the upstream"))));
    }
}
