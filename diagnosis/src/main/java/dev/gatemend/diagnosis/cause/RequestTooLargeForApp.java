package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.Relay;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application takes no headers as large as these. */
public final class RequestTooLargeForApp implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "request-too-large-for-app",
                    Group.MISUNDERSTANDING,
                    Frequency.OCCASIONAL,
                    "The application refuses or drops requests with large headers or cookies",
                    """
                    nginx takes request headers of 32 kB by itself (large_client_header_buffers 4 8k); many applications take \
                    less: uWSGI 4 kB together with all uwsgi_params (buffer-size), Node.js 16 kB, gunicorn 8 kB a header. uWSGI \
                    drops a larger request without an answer, and nginx says 502. It meets those clients alone who have \
                    large cookies or long addresses, so it looks haphazard.""",
                    "The application's own line with its limit; small requests to it succeed.",
                    List.of(),
                    List.of(
                            "large_client_header_buffers or client_header_buffer_size: nginx took the request",
                            "proxy_buffer_size or uwsgi_buffer_size: those are for the header of the answer"));

    private static final Set<Trouble> CUT = Set.of(Trouble.CLOSED, Trouble.UPSTREAM_STATUS);

    private static final Pattern UWSGI =
            Pattern.compile("invalid request block size: (\\d{1,9}) \\(max (\\d{1,9})\\)");

    private static final int DOUBLE = 2;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return CUT.contains(matter.trouble())
                ? Account.during(matter, Words.REQUEST_TOO_LARGE)
                        .map(t -> argue(matter, t))
                        .orElse(Judgement.notConcerned())
                : Judgement.notConcerned();
    }

    private static Judgement argue(Matter matter, Testimony said) {
        Matcher sizes = UWSGI.matcher(said.text());
        boolean uwsgi = sizes.find();
        String peer = matter.peer().isPresent() ? matter.peerText() : "the application";
        Argument argument =
                Argument.that(
                        "request-size:" + matter.peerText(),
                        Excerpt.title(
                                uwsgi
                                        ? "%s takes requests of %s bytes at most, and drops larger ones (%s)"
                                                .formatted(peer, sizes.group(2), sizes.group(1))
                                        : "%s refuses requests with headers this large"
                                                .formatted(peer)));
        // The line says what was done to the request; one at another time is a hint.
        argument.because(strength(matter, said), said.sighting());
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.because(WEAK, matter.logged(g)));
        PeerHistory.of(matter).answeredOthers().ifPresent(s -> argument.because(WEAK, s));
        argument.explain(
                "nginx took the request, headers and cookies included, and passed it on; the application's own limit is lower.");
        remedies(matter, uwsgi ? Optional.of(sizes.group(1)) : Optional.empty(), argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static Strength strength(Matter matter, Testimony said) {
        boolean then =
                matter.first().isPresent()
                        && said.within(
                                matter.first().get(), matter.last().orElse(matter.first().get()));
        return then || matter.first().isEmpty() ? DECISIVE : Strength.STRONG;
    }

    private static void remedies(Matter matter, Optional<String> uwsgi, Argument argument) {
        String unit =
                Relay.owner(matter)
                        .flatMap(p -> p.unit())
                        .map(u -> "then restart " + u)
                        .orElse("then restart it");
        argument.now(
                "raise the application's limit",
                Risk.LOW,
                new Remedy.Step(
                        "",
                        uwsgi.map(
                                        size ->
                                                "in uWSGI's configuration write buffer-size = %d; "
                                                                .formatted(rounded(size))
                                                        + unit)
                                .orElse(
                                        "start Node.js with --max-http-header-size=32768, gunicorn with --limit-request-field_size 16380; "
                                                + unit)));
        argument.toStay(
                "find out what grows: mostly a cookie that holds a session or consents", Risk.LOW);
    }

    /** The next power of two above it; uWSGI takes 65,535 at most. */
    private static long rounded(String size) {
        long wanted = Long.highestOneBit(Math.max(1, Long.parseLong(size))) * DOUBLE;
        return Math.min(wanted, 65_535);
    }
}
