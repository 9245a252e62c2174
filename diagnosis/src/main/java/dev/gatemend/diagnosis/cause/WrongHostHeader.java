package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
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
import dev.gatemend.diagnosis.OtherHost;
import dev.gatemend.diagnosis.PassedOn;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Location;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The peer chooses by the Host header, and nginx names one that it does not serve. */
public final class WrongHostHeader implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "wrong-host-header",
                    Group.MISUNDERSTANDING,
                    Frequency.RARE,
                    "The Host sent upstream is not what the backend routes on",
                    """
                    Unless proxy_set_header says otherwise nginx names in Host what stands in proxy_pass: an address, or the \
                    name of an upstream block. A backend that serves several sites (another nginx, Apache, an ingress, a \
                    hosting platform, Django with ALLOWED_HOSTS) then answers with its default: 404, 421, 503, or a closed \
                    connection (return 444). A location with one proxy_set_header of its own loses those of the level above.""",
                    "The same request gets another answer with another Host.",
                    List.of(),
                    List.of(
                            "restarting the backend: it serves the hosts it knows",
                            "proxy_ssl_name: that is the name in the TLS handshake, not the one in the request"));

    private static final Set<Trouble> ANSWERED =
            Set.of(Trouble.CLOSED, Trouble.UPSTREAM_STATUS, Trouble.BAD_RESPONSE);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (!ANSWERED.contains(matter.trouble())) {
            return Judgement.notConcerned();
        }
        Optional<OtherHost> asked = OtherHost.of(matter);
        Optional<PeerProbe> welcome = asked.flatMap(OtherHost::welcome);
        Optional<Testimony> said = said(matter);
        if (welcome.isPresent() || said.isPresent()) {
            return argue(matter, asked.filter(_ -> welcome.isPresent()), said);
        }
        return asked.map(
                        o ->
                                Judgement.ruledOut(
                                        "it refuses the host %s as well"
                                                .formatted(OtherHost.host(o.others().getFirst()))))
                .orElse(Judgement.notConcerned());
    }

    private static Optional<Testimony> said(Matter matter) {
        Instant now = matter.scene().snapshot().at();
        return Account.of(matter).stream()
                .flatMap(a -> a.lines().stream())
                .filter(t -> t.is(Words.HOST_REFUSED))
                .filter(t -> t.mayBeWithin(matter.first().orElse(now), matter.last().orElse(now)))
                .findFirst();
    }

    private static Judgement argue(
            Matter matter, Optional<OtherHost> asked, Optional<Testimony> said) {
        Optional<String> host = asked.flatMap(OtherHost::welcome).map(OtherHost::host);
        String peer = matter.peer().isPresent() ? matter.peerText() : "the backend";
        Argument argument =
                Argument.that(
                        "host:" + matter.peerText(),
                        Excerpt.title(
                                host.map(h -> "%s serves %s, but nginx asks it for another host")
                                        .orElse("%s does not serve the host that nginx names")
                                        .formatted(peer, host.orElse(""))));
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.because(WEAK, matter.logged(g)));
        PassedOn.of(matter).ifPresent(p -> argument.because(p.strength(), p.sighting()));
        asked.ifPresent(o -> weigh(matter, o, argument));
        said.ifPresent(t -> argument.because(STRONG, t.sighting()));
        Optional<Setting> sent = sent(matter);
        sent.ifPresent(
                s ->
                        argument.because(
                                WEAK,
                                "configuration",
                                s.isDefault()
                                        ? "no proxy_set_header Host is in effect: nginx names what stands in the pass"
                                        : Excerpt.of(s.toString(), 80),
                                s.position()
                                        .or(() -> matter.pass().map(p -> p.position()))
                                        .map(Position::fileAndLine)
                                        .orElse("")));
        argument.explain(
                "The backend chooses by Host what to serve, and has nothing, or a refusal, for the one nginx sends.");
        argument.now(
                "name the host that the backend serves",
                Risk.LOW,
                Edit.of(
                        matter,
                        "beside the pass write proxy_set_header Host %s;"
                                .formatted(host.orElse("$host"))));
        argument.toStay(
                "repeat it in each location that has a proxy_set_header of its own", Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** HEAD / is one page of many, so the refusal must be the one that clients meet. */
    private static void weigh(Matter matter, OtherHost asked, Argument argument) {
        PeerProbe welcome = asked.welcome().orElseThrow();
        argument.because(
                asked.explains(matter) ? DECISIVE : MODERATE,
                matter.scene()
                        .sighting(
                                welcome,
                                "asked for the host %s it answers %d; nginx's own host %s"
                                        .formatted(
                                                OtherHost.host(welcome),
                                                OtherHost.status(welcome),
                                                asked.refusal())));
    }

    private static Optional<Setting> sent(Matter matter) {
        return matter.location().stream()
                .map(Location::settings)
                .flatMap(s -> s.all("proxy_set_header").stream())
                .filter(s -> s.value().equalsIgnoreCase("Host"))
                .reduce((first, last) -> last);
    }
}
