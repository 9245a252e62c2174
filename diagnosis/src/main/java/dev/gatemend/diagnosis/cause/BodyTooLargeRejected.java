package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Remedy.Risk;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A limit of request bodies on the way: nginx's own, that of a proxy behind, or the application's.
 */
public final class BodyTooLargeRejected implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "body-too-large-rejected",
                    Group.OTHER,
                    Frequency.RARE,
                    "A request body limit on the way (413), where reported as a gateway trouble",
                    """
                    nginx takes bodies of 1 MB unless client_max_body_size says more, and answers 413; so does each proxy behind \
                    it and many an application. Where the one behind closes instead of answering (uWSGI's limit-post, \
                    servers that do not read a body they will not use), nginx cannot deliver the rest and says 502. A 413 \
                    alone is a limit at work, and is told as trouble only where somebody asks about it.""",
                    "413, or uploads alone that fail; the line of whoever refused, and the limit in effect there.",
                    List.of(),
                    List.of(
                            "raising time-outs: the body is refused by its size, at once",
                            "client_body_buffer_size: that is memory, not a limit",
                            "raising the limit of the nginx in front alone: each on the way has its own"));

    /** Where no request came so far that somebody could have refused its body. */
    private static final Set<Trouble> BEFORE_BODY =
            EnumSet.of(
                    Trouble.CONNECT,
                    Trouble.TLS,
                    Trouble.RESOLVE,
                    Trouble.NO_PEERS,
                    Trouble.LOCAL,
                    Trouble.ABORTED,
                    Trouble.TIMEOUT,
                    Trouble.STANDING);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (BEFORE_BODY.contains(matter.trouble())) {
            return Judgement.notConcerned();
        }
        Optional<ErrorGroup> refused = refused(matter);
        Optional<Testimony> said = Account.during(matter, Words.BODY_TOO_LARGE);
        return refused.isPresent() || said.isPresent()
                ? argue(matter, refused, said)
                : Judgement.notConcerned();
    }

    /** By another nginx, which may stand behind; or, in a text that was given, by any. */
    private static Optional<ErrorGroup> refused(Matter matter) {
        int own = matter.master().map(NginxMaster::pid).orElse(0);
        return matter.scene()
                .facts(ErrorGroup.class)
                .filter(g -> g.sample().message().startsWith("client intended to send too large"))
                .filter(g -> matter.master().isEmpty() || g.nginx() != own)
                .findFirst();
    }

    private static Judgement argue(
            Matter matter, Optional<ErrorGroup> refused, Optional<Testimony> said) {
        String peer = matter.peer().isPresent() ? matter.peerText() : "a server on the way";
        Argument argument =
                Argument.that(
                        "body:" + matter.peerText(),
                        Excerpt.title("%s refuses request bodies this large".formatted(peer)));
        refused.ifPresent(g -> argument.because(DECISIVE, matter.logged(g)));
        // The application's line is about these requests, or about others of the same minutes.
        said.ifPresent(t -> argument.because(during(matter, t) ? DECISIVE : STRONG, t.sighting()));
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.because(WEAK, matter.logged(g)));
        PeerHistory.of(matter).answeredOthers().ifPresent(s -> argument.because(WEAK, s));
        argument.explain(
                "Each server on the way has a limit of its own for request bodies, and the lowest one decides.");
        remedies(matter, refused.isPresent(), argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static boolean during(Matter matter, Testimony said) {
        return matter.first().isEmpty()
                || said.within(matter.first().get(), matter.last().orElse(matter.first().get()));
    }

    private static void remedies(Matter matter, boolean nginx, Argument argument) {
        if (nginx) {
            argument.now(
                    "let the nginx that refused take larger bodies there",
                    Risk.LOW,
                    Edit.of(
                            matter,
                            "at the location of the uploads write client_max_body_size 50m;"));
        } else {
            argument.now(
                    "raise the application's own limit",
                    Risk.LOW,
                    Steps.edit(
                            "uWSGI: limit-post; PHP: post_max_size and upload_max_filesize; Express: limit of body-parser; Django: DATA_UPLOAD_MAX_MEMORY_SIZE; then restart it"));
        }
        argument.toStay(
                "have nginx refuse first: a client_max_body_size below the application's limit gives people a clear 413",
                Risk.LOW);
    }
}
