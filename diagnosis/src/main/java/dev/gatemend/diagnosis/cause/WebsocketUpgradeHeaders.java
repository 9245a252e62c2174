package dev.gatemend.diagnosis.cause;

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
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Upgrades;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Upgrade and Connection do not reach the application, or reach it where they do not belong. */
public final class WebsocketUpgradeHeaders implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "websocket-upgrade-headers",
                    Group.MISUNDERSTANDING,
                    Frequency.OCCASIONAL,
                    "Upgrade and Connection headers are missing, or forced where they do not belong",
                    """
                    A WebSocket begins with a request that asks to switch protocols. Upgrade and Connection are meant for the \
                    next hop only, so nginx drops them unless proxy_set_header sends them, and before 1.29.7 it speaks \
                    HTTP/1.0, in which there is no switching. An application that expects a WebSocket then refuses the plain \
                    request or closes. The other way round, a constant 'Upgrade websocket' turns every page request into one.""",
                    "Only WebSocket requests fail, and the headers in effect at that location lack; or all fail where they are forced.",
                    List.of(),
                    List.of(
                            "raising proxy_read_timeout: the connection is never switched, it does not fall silent",
                            "restarting the application: it refuses what it gets"));

    /** Where a request reached the application, and it had no use for it. */
    private static final Set<Trouble> AFTER_CONNECT =
            Set.of(Trouble.CLOSED, Trouble.TIMEOUT, Trouble.BAD_RESPONSE, Trouble.UPSTREAM_STATUS);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (!AFTER_CONNECT.contains(matter.trouble()) || wasSwitched(matter)) {
            return Judgement.notConcerned();
        }
        Optional<ErrorGroup> asked = matter.error(Upgrades::isAskedBy);
        Optional<Testimony> said = said(matter);
        Optional<Upgrades> upgrades = Upgrades.at(matter);
        Optional<Setting> forced =
                upgrades.flatMap(Upgrades::forced).filter(_ -> asked.isEmpty() && said.isEmpty());
        if (forced.isPresent()) {
            return forced(matter, forced.get());
        }
        if (asked.isEmpty() && said.isEmpty()) {
            return Judgement.notConcerned();
        }
        return upgrades.filter(u -> u.lacking().isEmpty()).isPresent()
                ? Judgement.ruledOut(
                        "Upgrade and Connection are passed on in HTTP/1.1 at "
                                + upgrades.get().place())
                : missing(matter, asked, said, upgrades);
    }

    /** A connection that was switched had its headers. */
    private static boolean wasSwitched(Matter matter) {
        return matter.error(
                        g ->
                                g.sample()
                                        .phase()
                                        .filter("proxying upgraded connection"::equals)
                                        .isPresent())
                .isPresent();
    }

    private static Optional<Testimony> said(Matter matter) {
        Instant now = matter.scene().snapshot().at();
        return Account.of(matter).stream()
                .flatMap(a -> a.lines().stream())
                .filter(t -> t.is(Words.NO_UPGRADE))
                .filter(t -> t.mayBeWithin(matter.first().orElse(now), matter.last().orElse(now)))
                .findFirst();
    }

    private static Judgement missing(
            Matter matter,
            Optional<ErrorGroup> asked,
            Optional<Testimony> said,
            Optional<Upgrades> upgrades) {
        Argument argument =
                Argument.that(
                        "upgrade:" + matter.peerText() + upgrades.map(Upgrades::place).orElse(""),
                        Excerpt.title(
                                upgrades.isPresent()
                                        ? "nginx does not pass on that clients ask %s for a WebSocket"
                                                .formatted(peer(matter))
                                        : "perhaps nginx does not pass on that clients ask %s for a WebSocket"
                                                .formatted(peer(matter))));
        weigh(matter, asked, upgrades, argument);
        said.ifPresent(t -> argument.because(STRONG, t.sighting()));
        argument.explain(
                "nginx drops Upgrade and Connection unless it is told to send them, so the application gets a plain request where it expects a WebSocket.");
        List<String> all =
                List.of(
                        "proxy_http_version 1.1;",
                        "proxy_set_header Upgrade $http_upgrade;",
                        "proxy_set_header Connection \"upgrade\";");
        argument.now(
                "send them at the location of the WebSocket",
                Risk.LOW,
                Edit.of(
                        matter,
                        "beside the pass write "
                                + String.join(" ", upgrades.map(Upgrades::lacking).orElse(all))));
        argument.toStay(
                "repeat Host and the others there: one proxy_set_header in a location hides all of the level above",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void weigh(
            Matter matter,
            Optional<ErrorGroup> asked,
            Optional<Upgrades> upgrades,
            Argument argument) {
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.because(WEAK, matter.logged(g)));
        asked.ifPresent(
                g ->
                        argument.because(
                                MODERATE,
                                "request",
                                "by its path it is a WebSocket request: "
                                        + Excerpt.of(g.sample().request().orElse(""), 80),
                                g.where()));
        upgrades.ifPresentOrElse(
                u ->
                        argument.because(
                                MODERATE,
                                "configuration",
                                "not in effect: " + String.join(" ", u.lacking()),
                                u.place()),
                () ->
                        argument.missing(
                                "configuration", "what proxy_set_header sends at this location"));
        PeerHistory.of(matter).answeredOthers().ifPresent(s -> argument.because(WEAK, s));
    }

    private static Judgement forced(Matter matter, Setting forced) {
        Optional<PeerProbe> answers =
                matter.peer()
                        .flatMap(p -> matter.scene().probe(p, PeerProbe.Kind.HTTP))
                        .filter(
                                p ->
                                        p.outcome() instanceof ProbeOutcome.Answered a
                                                && a.status() >= 100
                                                && a.status() < 500);
        String place = forced.position().map(Position::fileAndLine).orElse("");
        Argument argument =
                Argument.that(
                        "upgrade:" + matter.peerText() + place,
                        Excerpt.title(
                                "nginx asks %s to switch to WebSocket with every request"
                                        .formatted(peer(matter))));
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.because(WEAK, matter.logged(g)));
        argument.because(MODERATE, "configuration", Excerpt.of(forced.toString(), 80), place);
        answers.ifPresent(
                p ->
                        argument.because(
                                STRONG,
                                matter.scene()
                                        .sighting(p, "asked without these headers, it answers")));
        argument.explain(
                "The value is a constant, so page requests too arrive as the beginning of a WebSocket, which the application refuses there.");
        argument.now(
                "send the header only when the client does",
                Risk.LOW,
                Edit.of(matter, "at " + place + " write proxy_set_header Upgrade $http_upgrade;"));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String peer(Matter matter) {
        return matter.peer().isPresent() ? matter.peerText() : "the application";
    }
}
