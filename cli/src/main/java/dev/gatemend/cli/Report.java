package dev.gatemend.cli;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.UrlAnswer;
import dev.gatemend.model.Version;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What one look at a host came to: all that the renderers show.
 *
 * @param took from the command's start to the last verdict
 * @param nginx running masters, then installations that nothing runs
 * @param problems worst first
 * @param asked URLs that were asked for as well
 * @param origin where it comes from
 */
record Report(
        Instant at,
        String host,
        ZoneId zone,
        Window window,
        Duration took,
        List<Nginx> nginx,
        Health health,
        List<Diagnosis> problems,
        List<CouldNotLook> couldNotLook,
        List<Asked> asked,
        Origin origin) {
    Report {
        nginx = List.copyOf(nginx);
        problems = List.copyOf(problems);
        couldNotLook = List.copyOf(couldNotLook);
        asked = List.copyOf(asked);
    }

    /** One for which no URL was asked. */
    Report(
            Instant at,
            String host,
            ZoneId zone,
            Window window,
            Duration took,
            List<Nginx> nginx,
            Health health,
            List<Diagnosis> problems,
            List<CouldNotLook> couldNotLook) {
        this(
                at,
                host,
                zone,
                window,
                took,
                nginx,
                health,
                problems,
                couldNotLook,
                List.of(),
                Origin.HOST);
    }

    /** Where what was judged comes from. */
    enum Origin {
        HOST,
        /** A text that somebody gave. */
        TEXT,
        /** One whose times are those of clocks in a zone that nobody knows. */
        TEXT_WITHOUT_ZONE
    }

    /** The times mean instants, so that other programs may have them. */
    boolean zoned() {
        return origin != Origin.TEXT_WITHOUT_ZONE;
    }

    boolean ofText() {
        return origin != Origin.HOST;
    }

    /**
     * What came of {@code --url}.
     *
     * @param status empty when no answer came
     * @param said in words: {@code 502 in 3 ms}, {@code no answer within 5000 ms}
     */
    record Asked(String url, OptionalInt status, String said) {
        boolean failed() {
            return status.isEmpty() || status.getAsInt() >= 500;
        }
    }

    /** An nginx that was found. */
    record Nginx(Optional<Version> version, String configuration, OptionalInt pid) {
        boolean running() {
            return pid.isPresent();
        }
    }

    /**
     * What was looked at, which a clean bill of health has to name.
     *
     * @param configurations that were read
     * @param requests in the access logs' window; empty when no access log was read
     */
    record Health(int configurations, int sites, int upstreams, OptionalLong requests) {}

    static Report of(Snapshot snapshot, Duration took, List<Diagnosis> problems) {
        return new Report(
                snapshot.at(),
                snapshot.host(),
                snapshot.zone(),
                snapshot.window(),
                took,
                nginx(snapshot),
                health(snapshot),
                problems,
                snapshot.facts(CouldNotLook.class).distinct().toList(),
                snapshot.facts(UrlAnswer.class).map(Report::asked).toList(),
                origin(snapshot.facts(GivenText.class).toList()));
    }

    private static Origin origin(List<GivenText> texts) {
        if (texts.isEmpty()) {
            return Origin.HOST;
        }
        return texts.stream().allMatch(GivenText::zoned) ? Origin.TEXT : Origin.TEXT_WITHOUT_ZONE;
    }

    private static Asked asked(UrlAnswer answer) {
        OptionalInt status =
                answer.outcome() instanceof ProbeOutcome.Answered answered && answered.status() > 0
                        ? OptionalInt.of(answered.status())
                        : OptionalInt.empty();
        String said =
                switch (answer.outcome()) {
                    case ProbeOutcome.Answered a when a.status() > 0 ->
                            "%d in %d ms".formatted(a.status(), answer.took().toMillis());
                    case ProbeOutcome.Answered _ -> "an answer that is not HTTP";
                    case ProbeOutcome.Connected c -> "connected, " + c.detail();
                    case ProbeOutcome.ConnectFailed f -> f.text();
                    case ProbeOutcome.ConnectTimedOut t ->
                            "no connection within %d ms".formatted(t.waited().toMillis());
                    case ProbeOutcome.TlsFailed t -> "TLS failed: " + t.text();
                    case ProbeOutcome.Silent t ->
                            "connected, and no answer within %d ms"
                                    .formatted(t.waited().toMillis());
                    case ProbeOutcome.Closed c ->
                            c.reset() ? "connection reset" : "connection closed without an answer";
                };
        return new Asked(answer.url(), status, said + " from " + answer.connectedTo());
    }

    /** No problem in sight, and yet a URL that was asked for failed. */
    boolean onlyAskedFailed() {
        return problems.isEmpty() && asked.stream().anyMatch(Asked::failed);
    }

    /** No problem, because there is no nginx to have one. */
    private boolean nothingToLookAt() {
        boolean read = ofText() && health.requests().orElse(0) > 0;
        return nginx.isEmpty() && problems.isEmpty() && !read;
    }

    /** No problem seen, because not one configuration of those that are served could be read. */
    boolean unread() {
        return problems.isEmpty()
                && health.configurations() == 0
                && nginx.stream().anyMatch(Nginx::running);
    }

    /** Without an input to judge there is no verdict, not even a good one. */
    boolean nothingToJudge() {
        return nothingToLookAt() || unread();
    }

    /**
     * The contract's exit code: 3 only when the worst problem is more likely unknown than known.
     */
    int exitCode() {
        if (onlyAskedFailed()) {
            return ExitCode.UNKNOWN_CAUSE;
        }
        if (problems.isEmpty()) {
            return nothingToJudge() ? ExitCode.USAGE : ExitCode.FINE;
        }
        return problems.getFirst().verdict().isEmpty() ? ExitCode.UNKNOWN_CAUSE : ExitCode.TROUBLE;
    }

    private static List<Nginx> nginx(Snapshot snapshot) {
        List<Nginx> running =
                snapshot.facts(NginxMaster.class)
                        .map(
                                master ->
                                        new Nginx(
                                                master.version(),
                                                master.configuration(),
                                                OptionalInt.of(master.pid())))
                        .toList();
        Stream<Nginx> idle =
                snapshot.facts(NginxInstallation.class)
                        .map(i -> new Nginx(i.version(), i.configuration(), OptionalInt.empty()))
                        .filter(
                                i ->
                                        running.stream()
                                                .noneMatch(
                                                        r ->
                                                                r.configuration()
                                                                        .equals(
                                                                                i
                                                                                        .configuration())));
        return Stream.concat(running.stream(), idle).toList();
    }

    private static Health health(Snapshot snapshot) {
        List<NginxConfiguration> configurations = snapshot.facts(NginxConfiguration.class).toList();
        List<LogScan> accesses =
                snapshot.facts(LogScan.class).filter(scan -> !scan.error()).toList();
        return new Health(
                configurations.size(),
                configurations.stream().mapToInt(c -> c.sites().size()).sum(),
                configurations.stream().mapToInt(c -> c.upstreams().size()).sum(),
                accesses.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(accesses.stream().mapToLong(LogScan::requests).sum()));
    }
}
