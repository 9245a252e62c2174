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
import dev.gatemend.diagnosis.Defect;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.MismatchSign;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Spoken;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The peer's answer breaks the rules of its protocol, and nginx rejects it. */
public final class MalformedUpstreamResponse implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "malformed-upstream-response",
                    Group.MISUNDERSTANDING,
                    Frequency.COMMON,
                    "The peer answers in a form that nginx rejects",
                    """
                    nginx refuses answers whose framing is ambiguous or whose header lines are none: Content-Length or \
                    Transfer-Encoding twice, both at once, control characters or blanks in a header's name, a broken \
                    chunk. Some of these checks came with an upgrade of nginx (1.21.1, 1.23.0), so the same application \
                    worked before. Browsers and curl are more lenient and show nothing wrong.""",
                    "nginx's message names the header or line; the bytes of an answer show it.",
                    List.of(),
                    List.of(
                            "proxy_hide_header or proxy_ignore_headers: the answer is refused before they count",
                            "ignore_invalid_headers and underscores_in_headers: those are for requests",
                            "raising buffers or time-outs: the answer arrived, and is refused for its form"));

    private static final Set<String> FRAMING =
            Set.of(
                    "upstream-cl-and-te",
                    "upstream-duplicate-header-fatal",
                    "upstream-unknown-transfer-encoding");

    private record Complaint(ErrorGroup group, Defect defect) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.errors().stream()
                .filter(g -> !isOtherProtocol(g))
                .flatMap(g -> Defect.of(g).map(defect -> new Complaint(g, defect)).stream())
                .findFirst()
                .map(complaint -> argue(matter, complaint))
                .orElse(Judgement.notConcerned());
    }

    private static boolean isOtherProtocol(ErrorGroup group) {
        return MismatchSign.of(group).filter(sign -> sign.strength() == DECISIVE).isPresent();
    }

    private static Judgement argue(Matter matter, Complaint complaint) {
        String peer = matter.peer().isPresent() ? matter.peerText() : "the upstream";
        Argument argument =
                Argument.that(
                        "answer:" + matter.peerText(),
                        Excerpt.title("%s %s".formatted(peer, complaint.defect().what())));
        argument.because(complaint.defect().strength(), matter.logged(complaint.group()));
        matter.peer().stream()
                .flatMap(matter.scene()::probes)
                .forEach(probe -> weigh(matter, argument, probe, complaint));
        argument.explain(explanation(matter, complaint.defect()));
        remedies(matter, argument, complaint);
        return argument.judgement();
    }

    private static void weigh(
            Matter matter, Argument argument, PeerProbe probe, Complaint complaint) {
        if (!(probe.outcome() instanceof ProbeOutcome.Answered answered)) {
            return;
        }
        Optional<Spoken> spoken = Spoken.by(answered.firstBytes());
        if (Defect.shownBy(answered.header()) && FRAMING.contains(complaint.group().id())) {
            argument.because(
                    DECISIVE,
                    matter.scene().sighting(probe, "its answer to a probe shows the same"));
        } else if (spoken.filter(s -> s != Spoken.HTTP).isPresent()) {
            argument.against(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    probe,
                                    "it speaks %s: another protocol, no broken answer"
                                            .formatted(spoken.get().title())));
        } else if (answered.status() < 0 && spoken.isPresent()) {
            argument.because(
                    STRONG,
                    matter.scene()
                            .sighting(
                                    probe,
                                    "its answer to a probe begins like HTTP, but has no valid status line"));
        } else if (answered.status() >= 100) {
            // One page of many, asked with HEAD: it need not show what another page does.
            argument.against(
                    complaint.defect().strength() == DECISIVE ? WEAK : MODERATE,
                    matter.scene()
                            .sighting(
                                    probe,
                                    "a probe got a well-formed answer (status %d)"
                                            .formatted(answered.status())));
        }
    }

    private static String explanation(Matter matter, Defect defect) {
        String version =
                matter.master()
                        .flatMap(NginxMaster::version)
                        .map(v -> " (this one is %s)".formatted(v))
                        .orElse("");
        String since =
                defect.since()
                        .map(
                                v ->
                                        " nginx refuses that since %s%s; older ones let it pass."
                                                .formatted(v, version))
                        .orElse("");
        return "The answer arrived, but its form leaves open where it ends or what it says, so nginx answers 502 in its place."
                + since;
    }

    private static void remedies(Matter matter, Argument argument, Complaint complaint) {
        argument.now(
                "correct the header where it is made",
                Risk.LOW,
                new Remedy.Step(
                        "",
                        "in the application, its framework or a proxy before it: let one component alone set the header nginx names"),
                matter.peer()
                        .map(MalformedUpstreamResponse::look)
                        .orElseGet(() -> look("ADDRESS")));
        if (FRAMING.contains(complaint.group().id())) {
            String place =
                    matter.pass()
                            .map(p -> "beside the pass at " + p.position().fileAndLine() + " ")
                            .orElse("beside the pass ");
            // A server must not use Transfer-Encoding towards HTTP/1.0 (RFC 9112, 6.1).
            argument.now(
                    "until then ask in HTTP/1.0, to which no Transfer-Encoding may be sent",
                    Risk.MEDIUM,
                    Edit.of(matter, place + "write: proxy_http_version 1.0;"));
        }
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    private static Remedy.Step look(Address peer) {
        return switch (peer) {
            case Address.Tcp tcp -> look(tcp.toString());
            case Address.Unix unix ->
                    new Remedy.Step(
                            Shell.command(
                                    "curl",
                                    "-sv",
                                    "--raw",
                                    "-o",
                                    "/dev/null",
                                    "--unix-socket",
                                    unix.path(),
                                    "http://localhost/"),
                            "shows the header as it is sent");
        };
    }

    private static Remedy.Step look(String address) {
        return new Remedy.Step(
                Shell.command("curl", "-sv", "--raw", "-o", "/dev/null", "http://" + address + "/"),
                "shows the header as it is sent");
    }
}
