package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.HeaderBuffers;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Wire;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import java.util.List;
import java.util.Optional;

/** The header of an answer does not fit into nginx's buffer for it. */
public final class ResponseHeaderTooBig implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "response-header-too-big",
                    Group.MISUNDERSTANDING,
                    Frequency.COMMON,
                    "The response header is larger than nginx's buffer for it",
                    """
                    The whole response header must fit into one buffer: proxy_buffer_size, fastcgi_buffer_size, uwsgi_buffer_size \
                    and so on, by default one memory page (4k or 8k). Large cookies, tokens and Content-Security-Policy headers \
                    outgrow it, often only after a login, so other pages keep working. With FastCGI, what the application \
                    writes to stderr before the header counts too.""",
                    "nginx's message names it; the size of a header against the buffer of that pass type shows it.",
                    List.of(),
                    List.of(
                            "large_client_header_buffers: that is for the headers of requests",
                            "raising *_buffers alone: the header must fit into *_buffer_size",
                            "raising *_buffer_size far alone: nginx then refuses the file over *_busy_buffers_size"));

    private static final List<String> MESSAGES =
            List.of(
                    "upstream-sent-too-big-header",
                    "grpc-too-large-header",
                    "grpc-too-large-name-length-n",
                    "grpc-too-large-value-length-n",
                    "h2-too-large-header",
                    "h2-too-large-name-length-n",
                    "h2-too-large-value-length-n");

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.error(group -> MESSAGES.contains(group.id()))
                .map(group -> argue(matter, group))
                .or(() -> frame(matter))
                .orElse(Judgement.notConcerned());
    }

    /** A frame of 4,740,180 bytes makes people raise buffers; see protocol-mismatch. */
    private static Optional<Judgement> frame(Matter matter) {
        return matter.error(g -> g.id().endsWith("-too-large-frame"))
                .map(
                        _ ->
                                Judgement.ruledOut(
                                        "a too large HTTP/2 frame is not about the header's size: no buffer is too small"));
    }

    private static Judgement argue(Matter matter, ErrorGroup group) {
        Optional<Location> location = location(matter);
        PassKind kind = Wire.of(matter).map(Wire::kind).orElse(PassKind.PROXY);
        HeaderBuffers buffers =
                HeaderBuffers.of(kind, location.map(Location::settings).orElse(Settings.NONE));
        Argument argument =
                Argument.that(
                        "header:" + matter.peerText(),
                        Excerpt.title(
                                "the response header of %s exceeds %s (%s)"
                                        .formatted(
                                                peer(matter), buffers.directive(), size(buffers))));
        // nginx says it itself; nothing else makes this message.
        argument.because(DECISIVE, matter.logged(group));
        buffers.limit().ifPresent(limit -> show(argument, limit));
        long header = weighProbe(matter, argument, buffers);
        weighStderr(matter, argument);
        argument.explain(
                "nginx reads the whole response header into one buffer of %s; a larger header ends in 502. Often only some answers are that large (a login that sets big cookies), so others succeed."
                        .formatted(size(buffers)));
        remedies(matter, argument, buffers, location, header);
        return argument.judgement();
    }

    /** The location that failed, if it speaks what the log shows; else any that does. */
    private static Optional<Location> location(Matter matter) {
        Optional<Wire> wire = Wire.of(matter);
        return matter.locations()
                .filter(l -> wire.filter(w -> !w.pass().equals(l.pass())).isEmpty())
                .findFirst()
                .or(matter::location);
    }

    private static String peer(Matter matter) {
        return matter.peer().isPresent() ? matter.peerText() : "the upstream";
    }

    private static String size(HeaderBuffers buffers) {
        return buffers.isDefault() && buffers.limit().isEmpty()
                ? "default: one page, 4k or 8k"
                : HeaderBuffers.written(buffers.limitBytes());
    }

    private static void show(Argument argument, Setting limit) {
        argument.because(
                WEAK,
                "configuration",
                limit.isDefault()
                        ? "%s is in effect there, nginx's default".formatted(limit)
                        : "%s is in effect there".formatted(limit),
                limit.position().map(Position::fileAndLine).orElse("nginx's default"));
    }

    /** A small header now says nothing: it is one answer of many. Returns the size, or 0. */
    private static long weighProbe(Matter matter, Argument argument, HeaderBuffers buffers) {
        Optional<PeerProbe> probe =
                matter.peer().flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP));
        int bytes =
                probe.map(PeerProbe::outcome)
                        .filter(ProbeOutcome.Answered.class::isInstance)
                        .map(ProbeOutcome.Answered.class::cast)
                        .map(ProbeOutcome.Answered::headerBytes)
                        .orElse(0);
        if (bytes <= buffers.limitBytes()) {
            return 0;
        }
        argument.because(
                STRONG,
                matter.scene()
                        .sighting(
                                probe.orElseThrow(),
                                "the header it answered with has %,d bytes".formatted(bytes)));
        return bytes;
    }

    private static void weighStderr(Matter matter, Argument argument) {
        int nginx = matter.master().map(m -> m.pid()).orElse(0);
        matter.scene()
                .errors(nginx)
                .filter(g -> g.id().equals("fastcgi-stderr"))
                .filter(g -> g.peer().filter(matter.peerText()::equals).isPresent())
                .findFirst()
                .ifPresent(
                        g ->
                                argument.because(
                                        WEAK,
                                        "error.log",
                                        "the application writes to stderr there; what comes before the header takes the same buffer",
                                        g.where()));
    }

    private static void remedies(
            Matter matter,
            Argument argument,
            HeaderBuffers buffers,
            Optional<Location> location,
            long header) {
        String where =
                buffers.limit()
                        .flatMap(Setting::position)
                        .map(p -> "in place of %s ".formatted(p.fileAndLine()))
                        .or(
                                () ->
                                        location.map(
                                                l ->
                                                        "in the location at %s "
                                                                .formatted(
                                                                        l.position()
                                                                                .fileAndLine())))
                        .orElse("in that location ");
        argument.now(
                "enlarge the buffer, with sizes that fit together",
                Risk.LOW,
                Edit.of(matter, where + "write: " + String.join(" ", buffers.enlarged(header))));
        argument.toStay(
                "make the header smaller: fewer and smaller cookies, session data on the server, no debug headers",
                Risk.MEDIUM);
        INFO.wontHelp().forEach(argument::wontHelp);
        argument.next(
                "curl -sS -o /dev/null -D - URL | wc -c",
                "shows the size of the header of the page that fails");
    }
}
