package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The subrequest of auth_request failed, so the client got 500 though the application is well. */
public final class AuthRequestFailed implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "auth-request-failed",
                    Group.OTHER,
                    Frequency.RARE,
                    "The auth_request subrequest failed or answered neither 2xx nor 401/403, so the client gets 500",
                    """
                    auth_request asks another location before it passes a request on. 2xx lets it through, 401 and 403 turn \
                    it away; anything else, also a 502 of nginx's own because the authentication service is down, ends in 500, \
                    and the application behind the location is never asked.""",
                    "The line 'auth request unexpected status'. Why the authentication service failed is a problem of its own, shown beside it.",
                    List.of(),
                    List.of(
                            "restarting the application: it was not asked",
                            "error_page 500 to another page: nobody gets in all the same"));

    private static final Pattern STATUS = Pattern.compile("unexpected status: (\\d{3})");

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.trouble() != Trouble.OWN_STATUS
                ? Judgement.notConcerned()
                : matter.error(g -> g.id().equals("auth-request-unexpected-status"))
                        .map(group -> argue(matter, group))
                        .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(Matter matter, ErrorGroup group) {
        Optional<Setting> asked = asked(matter, group);
        Optional<Location> auth = asked.flatMap(s -> location(matter, group, s.value()));
        String status = status(group);
        Argument argument =
                Argument.that(
                                "auth:" + asked.map(Setting::value).orElse(""),
                                Excerpt.title(
                                        "auth_request%s got %s, so nginx answers 500"
                                                .formatted(
                                                        asked.map(s -> " " + s.value()).orElse(""),
                                                        status)))
                        .because(DECISIVE, matter.logged(group));
        asked.ifPresent(
                setting ->
                        argument.because(
                                WEAK,
                                "configuration",
                                Excerpt.of(setting.toString(), 80),
                                setting.position().map(Position::fileAndLine).orElse("")));
        inner(matter, auth)
                .ifPresent(failure -> argument.because(MODERATE, matter.logged(failure)));
        argument.explain(
                "Before nginx passes a request on it asks the authentication service%s; that came to %s, which is neither yes nor no."
                        .formatted(
                                auth.flatMap(Location::pass)
                                        .map(p -> " at " + Excerpt.of(p.written(), 60))
                                        .orElse(""),
                                status));
        argument.now(
                "mend the authentication service; its own trouble is shown beside this one",
                Risk.LOW,
                auth.map(Location::position)
                        .map(p -> Steps.edit("the location that is asked is " + p.fileAndLine()))
                        .orElseGet(
                                () -> Steps.edit("look at the location that auth_request names")));
        argument.toStay(
                "give it a second peer or a cache (proxy_cache of the auth location, keyed by the credentials), so that its restart is not everybody's",
                Risk.MEDIUM);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String status(ErrorGroup group) {
        Matcher matcher = STATUS.matcher(group.sample().message());
        return matcher.find() ? matcher.group(1) : "an unexpected status";
    }

    private static Optional<Setting> asked(Matter matter, ErrorGroup group) {
        List<Setting> all =
                locations(matter, group)
                        .flatMap(l -> l.settings().get("auth_request").stream())
                        .filter(s -> !s.value().equals("off"))
                        .distinct()
                        .toList();
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static Optional<Location> location(Matter matter, ErrorGroup group, String uri) {
        return locations(matter, group)
                .filter(l -> l.match().written().replaceFirst("^(=|\\^~) ", "").equals(uri))
                .findFirst();
    }

    /** Of the site that failed; of all where the line names none. */
    private static Stream<Location> locations(Matter matter, ErrorGroup group) {
        return matter.configuration().stream()
                .flatMap(c -> c.sites().stream())
                .filter(s -> group.site().filter(name -> !name.equals(s.name())).isEmpty())
                .flatMap(Site::allLocations);
    }

    /** What failed at that location in the same time. */
    private static Optional<ErrorGroup> inner(Matter matter, Optional<Location> auth) {
        return auth.stream()
                .flatMap(
                        l ->
                                matter.scene()
                                        .errors(matter.master().map(NginxMaster::pid).orElse(0))
                                        .filter(
                                                g ->
                                                        g.location()
                                                                .filter(l.match().written()::equals)
                                                                .isPresent())
                                        .filter(g -> Trouble.of(g.sample()).isPresent()))
                .findFirst();
    }
}
