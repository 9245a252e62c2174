package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
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
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx's own limit_req or limit_conn turned requests away. */
public final class RateLimited implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "rate-limited",
                    Group.SLOW_OR_BUSY,
                    Frequency.RARE,
                    "limit_req or limit_conn of nginx turned the request away (503 by default)",
                    """
                    limit_req counts requests a key and lets as many through as its zone's rate and burst allow; limit_conn \
                    counts those under way. What is beyond is answered at once, with 503 unless limit_req_status or \
                    limit_conn_status says otherwise. No upstream is asked, so the application knows nothing of it.""",
                    "A 'limiting requests' or 'limiting connections' line for the requests that failed; no upstream was asked.",
                    List.of(),
                    List.of(
                            "restarting the application: it was not asked",
                            "more workers for the application: the limit is nginx's"));

    private static final Pattern ZONE = Pattern.compile("by zone \"([^\"]{1,80})\"");

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.trouble() != Trouble.OWN_STATUS
                ? Judgement.notConcerned()
                : matter.error(g -> g.id().startsWith("limit-"))
                        .map(group -> argue(matter, group))
                        .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, ErrorGroup group) {
        boolean connections = group.id().startsWith("limit-conn");
        String directive = connections ? "limit_conn" : "limit_req";
        Optional<String> zone = zone(group);
        Argument argument =
                Argument.that(
                                directive + ":" + zone.orElse(""),
                                Excerpt.title(
                                        "%s%s turns requests away; no upstream is asked"
                                                .formatted(
                                                        directive,
                                                        zone.map(z -> " of zone " + z).orElse(""))))
                        // nginx says which of its limits it was.
                        .because(DECISIVE, matter.logged(group));
        Optional<Setting> limit = limit(matter, directive, zone);
        limit.ifPresent(
                setting ->
                        argument.because(
                                MODERATE,
                                "configuration",
                                Excerpt.of(setting.toString(), 80),
                                setting.position().map(Position::fileAndLine).orElse("")));
        if (group.exactConnections() == 1) {
            argument.because(
                    WEAK,
                    "error.log",
                    "all of them came over one client's connection",
                    group.where());
        }
        argument.explain(
                "The limit was reached, so nginx answered by itself. Whether it is too low, or keeps somebody out who asks too much, only the clients in the lines tell.");
        argument.now("see who is turned away", Risk.LOW, clients(group));
        argument.toStay(
                "if these are the requests of people, let more through",
                Risk.LOW,
                Edit.of(matter, words(connections, limit)));
        argument.toStay(
                "answer 429 instead of 503, which says whose fault it is: %s_status 429;"
                        .formatted(directive),
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static Optional<String> zone(ErrorGroup group) {
        Matcher matcher = ZONE.matcher(group.sample().message());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The directive of that zone, where the failing location's or another's settings hold it. */
    private static Optional<Setting> limit(Matter matter, String directive, Optional<String> zone) {
        return matter.configuration().stream()
                .flatMap(c -> c.allLocations())
                .flatMap(l -> l.settings().all(directive).stream())
                .filter(s -> zone.isEmpty() || names(s, zone.get()))
                .findFirst();
    }

    private static boolean names(Setting setting, String zone) {
        return setting.arguments().stream()
                .anyMatch(a -> a.equals(zone) || a.equals("zone=" + zone));
    }

    private static Remedy.Step clients(ErrorGroup group) {
        return Steps.edit("the field client: of the lines 'limiting' in %s".formatted(group.log()));
    }

    private static String words(boolean connections, Optional<Setting> limit) {
        String where =
                limit.flatMap(Setting::position).map(p -> "at " + p.fileAndLine() + " ").orElse("");
        return connections
                ? where + "raise the number of limit_conn"
                : where
                        + "add burst=N nodelay (a page and its parts come at once), or raise rate= of its limit_req_zone";
    }
}
