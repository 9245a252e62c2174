package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.MismatchSign;
import dev.gatemend.diagnosis.PassChange;
import dev.gatemend.diagnosis.Speech;
import dev.gatemend.diagnosis.Spoken;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Wire;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** nginx and the peer speak different protocols. */
public final class ProtocolMismatch implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "protocol-mismatch",
                    Group.MISUNDERSTANDING,
                    Frequency.COMMON,
                    "nginx speaks another protocol to the peer than the peer speaks",
                    """
                    Each pass directive has its protocol: proxy_pass http:// or https://, fastcgi_pass, uwsgi_pass, scgi_pass, \
                    grpc_pass. A peer that speaks another one closes the connection or answers bytes nginx cannot read. nginx \
                    shows them as numbers: FastCGI version 72 is the letter H of HTTP, the HTTP/2 frame of 4740180 bytes is \
                    the text HTT, 'wrong version number' is plain text where TLS was expected.""",
                    "The first bytes the peer sends, or who listens there, against the pass directive.",
                    List.of(),
                    List.of(
                            "raising buffers for a too large HTTP/2 frame: 4740180 is the text HTT, not a size",
                            "proxy_ssl_protocols or ciphers for 'wrong version number': there is no TLS to agree on",
                            "raising time-outs: the peer will never speak the other protocol"));

    /** Where a connection was made and then misunderstood. */
    private static final Set<Trouble> AFTER_CONNECT =
            Set.of(Trouble.TLS, Trouble.CLOSED, Trouble.BAD_RESPONSE, Trouble.TIMEOUT);

    private record Sign(ErrorGroup group, MismatchSign sign) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<Wire> wire = Wire.of(matter);
        Optional<Sign> sign = sign(matter);
        if (!AFTER_CONNECT.contains(matter.trouble()) || (wire.isEmpty() && sign.isEmpty())) {
            return Judgement.notConcerned();
        }
        List<Speech> foreign = speeches(matter, wire, false);
        List<Speech> fitting = speeches(matter, wire, true);
        if (sign.isEmpty() && !isTold(matter, foreign, fitting)) {
            return Judgement.notConcerned();
        }
        return argue(matter, wire, sign, foreign, fitting);
    }

    private static Optional<Sign> sign(Matter matter) {
        return matter.errors().stream()
                .flatMap(g -> MismatchSign.of(g).map(sign -> new Sign(g, sign)).stream())
                .findFirst();
    }

    /**
     * Without a message of nginx's own, something must be seen to speak another protocol; more so
     * where nginx's message fits a peer that is slow or sends a broken answer.
     */
    private static boolean isTold(Matter matter, List<Speech> foreign, List<Speech> fitting) {
        List<Strength> enough =
                switch (matter.trouble()) {
                    case CLOSED -> List.of(MODERATE, STRONG, DECISIVE);
                    case TLS ->
                            cutInHandshake(matter)
                                    ? List.of(MODERATE, STRONG, DECISIVE)
                                    : List.of();
                    default -> List.of(STRONG, DECISIVE);
                };
        return foreign.stream().anyMatch(s -> enough.contains(s.strength()))
                && fitting.stream().noneMatch(s -> s.strength() == DECISIVE);
    }

    /** An alert or a certificate means that the peer does speak TLS; silence does not. */
    private static boolean cutInHandshake(Matter matter) {
        return matter.error(
                        g ->
                                g.id().equals("ssl-peer-closed-handshake")
                                        || g.id().startsWith("upstream-timed-out-ssl"))
                .isPresent();
    }

    private static List<Speech> speeches(Matter matter, Optional<Wire> wire, boolean fitting) {
        return Speech.of(matter).stream()
                .map(s -> doubted(wire, s))
                .filter(s -> wire.filter(w -> understands(w, s.spoken()) == fitting).isPresent())
                .toList();
    }

    /** Many servers of HTTP/2 answer HTTP/1.1 as well, so that answer says little of gRPC. */
    private static Speech doubted(Optional<Wire> wire, Speech speech) {
        boolean grpc = wire.filter(w -> w.scheme().equals("grpc")).isPresent();
        return grpc && speech.spoken() == Spoken.HTTP
                ? new Speech(speech.spoken(), WEAK, speech.sighting())
                : speech;
    }

    /** nginx's uwsgi module takes an HTTP status line, but its request is uwsgi all the same. */
    private static boolean understands(Wire wire, Spoken spoken) {
        return switch (wire.scheme()) {
            case "https", "grpcs", "suwsgi" -> spoken == Spoken.TLS;
            case "grpc" -> spoken == Spoken.HTTP2;
            case "fastcgi" -> spoken == Spoken.FASTCGI;
            case "uwsgi" -> spoken == Spoken.UWSGI;
            case "scgi" -> spoken == Spoken.SCGI;
            case "memcached" -> spoken == Spoken.MEMCACHED;
            default -> spoken == Spoken.HTTP;
        };
    }

    private static Judgement argue(
            Matter matter,
            Optional<Wire> wire,
            Optional<Sign> sign,
            List<Speech> foreign,
            List<Speech> fitting) {
        Optional<Spoken> spoken =
                sign.flatMap(s -> s.sign().spoken())
                        .or(() -> foreign.stream().map(Speech::spoken).findFirst());
        Argument argument =
                Argument.that(
                        "protocol:" + matter.peerText() + wire.map(Wire::place).orElse(""),
                        Excerpt.title(title(matter, wire, spoken)));
        weighMessage(matter, argument, sign, foreign);
        foreign.forEach(s -> argument.because(s.strength(), s.sighting()));
        // What the peer speaks now excludes a mismatch now; the message may be older than that.
        fitting.stream()
                .filter(s -> s.strength() == DECISIVE || s.strength() == STRONG)
                .forEach(
                        s ->
                                argument.against(
                                        sign.filter(m -> m.sign().strength() == DECISIVE)
                                                        .isPresent()
                                                ? MODERATE
                                                : STRONG,
                                        s.sighting()));
        wire.flatMap(Wire::pass)
                .ifPresent(
                        p ->
                                argument.because(
                                        WEAK,
                                        "configuration",
                                        p.kind().directive() + " " + Excerpt.of(p.written(), 80),
                                        p.position().fileAndLine()));
        argument.explain(explanation(matter, wire, sign, spoken));
        argument.now(
                "speak the peer's protocol, or name another peer",
                Risk.LOW,
                Edit.of(matter, PassChange.words(matter, wire, spoken)));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void weighMessage(
            Matter matter, Argument argument, Optional<Sign> sign, List<Speech> foreign) {
        sign.ifPresentOrElse(
                s -> argument.because(s.sign().strength(), matter.logged(s.group())),
                () ->
                        // A peer that does not understand a request closes, resets or waits for
                        // more.
                        matter.errors().stream()
                                .findFirst()
                                .filter(_ -> !foreign.isEmpty())
                                .ifPresent(g -> argument.because(MODERATE, matter.logged(g))));
    }

    private static String title(Matter matter, Optional<Wire> wire, Optional<Spoken> spoken) {
        String peer = matter.peer().isPresent() ? matter.peerText() : "a peer";
        return "nginx speaks %s to %s, which %s"
                .formatted(
                        wire.map(ProtocolMismatch::title).orElse("one protocol"),
                        peer,
                        spoken.map(s -> "speaks " + s.title()).orElse("speaks something else"));
    }

    private static String title(Wire wire) {
        return switch (wire.scheme()) {
            case "https" -> "HTTPS";
            case "grpcs" -> "gRPC over TLS";
            case "suwsgi" -> "uwsgi over TLS";
            case "grpc" -> "gRPC (HTTP/2)";
            case "fastcgi" -> "FastCGI";
            case "scgi" -> "SCGI";
            case "http" -> "HTTP";
            default -> wire.scheme();
        };
    }

    private static String explanation(
            Matter matter, Optional<Wire> wire, Optional<Sign> sign, Optional<Spoken> spoken) {
        String numbers =
                sign.map(s -> "In nginx's message, " + s.sign().translation() + ". ").orElse("");
        String pass =
                wire.flatMap(Wire::pass)
                        .map(
                                p ->
                                        "%s at %s"
                                                .formatted(
                                                        p.kind().directive(),
                                                        p.position().fileAndLine()))
                        .orElse("The pass directive");
        return numbers
                + "%s decides what nginx speaks; %s %s."
                        .formatted(
                                pass,
                                matter.peer().isPresent() ? matter.peerText() : "the peer",
                                spoken.map(s -> "speaks " + s.title())
                                        .orElse("does not understand it"));
    }
}
