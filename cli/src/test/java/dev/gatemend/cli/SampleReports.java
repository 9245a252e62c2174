package dev.gatemend.cli;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Diagnosis.NextStep;
import dev.gatemend.model.Diagnosis.RuledOut;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Symptom;
import dev.gatemend.model.Version;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reports by hand, one for each shape that a renderer has to get right. */
final class SampleReports {
    static final Instant NOW = Instant.parse("2026-11-21T11:14:30.250Z");
    private static final Instant FIRST = Instant.parse("2026-11-21T11:01:07Z");

    private SampleReports() {}

    static Map<String, Report> all() {
        return new TreeMap<>(
                Map.ofEntries(
                        Map.entry("closed-directory", report(closedDirectory())),
                        Map.entry("config-refused", report(configRefused())),
                        Map.entry("healthy", healthy()),
                        Map.entry("healthy-half-blind", halfBlind(report())),
                        Map.entry("hidden-by-retries", report(hiddenByRetries())),
                        Map.entry("hostile-text", report(hostile())),
                        Map.entry("latent", report(latent())),
                        Map.entry("many-problems", report(many())),
                        Map.entry("no-nginx", noNginx()),
                        Map.entry("configuration-unread", unread()),
                        Map.entry("asked-in-vain", askedInVain()),
                        Map.entry("not-running", report(notRunning())),
                        Map.entry("over-on-many-sites", report(overOnManySites())),
                        Map.entry("two-candidates", report(twoCandidates())),
                        Map.entry("unknown", halfBlind(report(unknown())))));
    }

    static Report sample(String name) {
        return java.util.Objects.requireNonNull(all().get(name));
    }

    static Report report(Diagnosis... problems) {
        return new Report(
                NOW,
                "web1",
                ZoneId.of("Europe/Berlin"),
                Window.endingAt(NOW, Duration.ofMinutes(15)),
                Duration.ofMillis(412),
                List.of(
                        new Report.Nginx(
                                Version.find("1.22.1"),
                                "/etc/nginx/nginx.conf",
                                OptionalInt.of(812))),
                new Report.Health(1, 3, 5, OptionalLong.of(12_408)),
                List.of(problems),
                List.of());
    }

    private static Report healthy() {
        return report();
    }

    private static Report halfBlind(Report report) {
        return new Report(
                report.at(),
                report.host(),
                report.zone(),
                report.window(),
                report.took(),
                report.nginx(),
                new Report.Health(1, 3, 5, OptionalLong.empty()),
                report.problems(),
                List.of(
                        new CouldNotLook(
                                "access.log",
                                "permission denied: /var/log/nginx/access.log; run with sudo"),
                        new CouldNotLook("journal", "permission denied; run with sudo"),
                        new CouldNotLook(
                                "access.log",
                                "permission denied: /var/log/nginx/shop.access.log; run with sudo")));
    }

    private static Report noNginx() {
        return unseen(List.of(), List.of());
    }

    /** All is well but for the URL that was asked for. */
    private static Report askedInVain() {
        Report report = report();
        return new Report(
                report.at(),
                report.host(),
                report.zone(),
                report.window(),
                report.took(),
                report.nginx(),
                report.health(),
                List.of(),
                List.of(),
                List.of(
                        new Report.Asked(
                                "http://shop.example/",
                                OptionalInt.empty(),
                                "connected, and no answer within 2000 ms from 127.0.0.1:80")),
                Report.Origin.HOST);
    }

    /** nginx runs, but what it serves could not be read. */
    private static Report unread() {
        return unseen(
                report().nginx(),
                List.of(new CouldNotLook("configuration", "gave up after 6000 ms")));
    }

    private static Report unseen(List<Report.Nginx> nginx, List<CouldNotLook> couldNotLook) {
        Report report = report();
        return new Report(
                report.at(),
                report.host(),
                report.zone(),
                report.window(),
                report.took(),
                nginx,
                new Report.Health(0, 0, 0, OptionalLong.empty()),
                List.of(),
                couldNotLook);
    }

    static Diagnosis closedDirectory() {
        return diagnosis(traffic(1204, 1204), List.of(directoryFinding(0.982)), 0.018);
    }

    private static Finding directoryFinding(double probability) {
        return new Finding(
                "socket-dir-permission",
                probability,
                "nginx's worker (www-data) may not enter /home/deploy (0700 deploy:deploy)",
                "Every directory on the way to a socket must be searchable (x) for the user that connects.",
                List.of(
                        proof(
                                "error.log",
                                "connect() to unix:/home/deploy/run/app.sock failed (13: Permission denied) while"
                                        + " connecting to upstream; x1,204, first 12:01:07",
                                "/var/log/nginx/error.log:8812"),
                        proof(
                                "path",
                                "/home/deploy is 0700 deploy:deploy, no ACL; the socket itself is 0666",
                                "namei -l /home/deploy/run/app.sock"),
                        new Evidence(
                                Evidence.Kind.FOR,
                                "sockets",
                                "gunicorn (pid 4211, app.service) listens on /home/deploy/run/app.sock",
                                Optional.empty(),
                                Optional.empty(),
                                1)),
                List.of(
                        new Remedy(
                                "let the worker pass through, without letting it read",
                                true,
                                Risk.LOW,
                                List.of(
                                        new Remedy.Step(
                                                "sudo setfacl -m u:www-data:x /home/deploy",
                                                "search permission for this one user on this one directory"))),
                        new Remedy(
                                "RuntimeDirectory=app in app.service and bind unix:/run/app/app.sock",
                                false,
                                Risk.LOW,
                                List.of())),
                List.of("chmod 777 on the socket", "restarting nginx"));
    }

    private static Diagnosis twoCandidates() {
        Finding hung =
                new Finding(
                        "app-hung",
                        0.55,
                        "gunicorn (pid 4211) takes connections and answers none",
                        "Its workers wait for something.",
                        List.of(
                                proof(
                                        "probe",
                                        "HEAD / was not answered within 3 s",
                                        "127.0.0.1:8000"),
                                new Evidence(
                                        Evidence.Kind.MISSING,
                                        "journal",
                                        "what the application logged last",
                                        Optional.empty(),
                                        Optional.empty(),
                                        0)),
                        List.of(
                                new Remedy(
                                        "restart the application after keeping a stack dump",
                                        true,
                                        Risk.MEDIUM,
                                        List.of(
                                                new Remedy.Step(
                                                        "sudo py-spy dump --pid 4211",
                                                        "where it waits"),
                                                new Remedy.Step(
                                                        "sudo systemctl restart app", "")))),
                        List.of());
        Finding slow =
                new Finding(
                        "slow-upstream-read-timeout",
                        0.38,
                        "the application needs longer than proxy_read_timeout (60s)",
                        "nginx gives up first.",
                        List.of(
                                proof(
                                        "error.log",
                                        "upstream timed out (110: Connection timed out) x4",
                                        "/var/log/nginx/error.log:17"),
                                new Evidence(
                                        Evidence.Kind.AGAINST,
                                        "access.log",
                                        "no request took longer than 2 s before 12:01:07",
                                        Optional.of("/var/log/nginx/access.log"),
                                        Optional.empty(),
                                        -1)),
                        List.of(
                                new Remedy(
                                        "give this location more time",
                                        true,
                                        Risk.LOW,
                                        List.of(
                                                new Remedy.Step(
                                                        "",
                                                        "proxy_read_timeout 180s; in /etc/nginx/sites-enabled/shop:12"),
                                                new Remedy.Step(
                                                        "sudo nginx -t && sudo systemctl reload nginx",
                                                        "")))),
                        List.of("raising proxy_send_timeout"));
        return new Diagnosis(
                symptom(
                        Symptom.Kind.TRAFFIC,
                        Map.of(504, 4L, 502, 1L),
                        5,
                        OptionalLong.of(80),
                        0,
                        true,
                        Maker.NGINX,
                        Optional.of("~ \\.php$"),
                        List.of("shop.example")),
                List.of(hung, slow),
                List.of(new RuledOut("app-not-running", "it listens on 127.0.0.1:8000")),
                0.07,
                true,
                List.of(
                        new NextStep(
                                "curl -sS -m 70 -o /dev/null -w '%{time_starttransfer}\\n' -H 'Host: shop.example' http://127.0.0.1:8000/",
                                "an answer after 60 s tells slow from hung")));
    }

    private static Diagnosis unknown() {
        return new Diagnosis(
                symptom(
                        Symptom.Kind.TRAFFIC,
                        Map.of(502, 3L),
                        3,
                        OptionalLong.empty(),
                        0,
                        true,
                        Maker.UNKNOWN,
                        Optional.of("/api"),
                        List.of("shop.example")),
                List.of(directoryFinding(0.12)),
                List.of(),
                0.88,
                false,
                List.of(
                        new NextStep(
                                "sudo journalctl -u app --since 12:00",
                                "would tell a crash from a stop")));
    }

    private static Diagnosis notRunning() {
        return new Diagnosis(
                symptom(
                        Symptom.Kind.NOT_RUNNING,
                        Map.of(),
                        0,
                        OptionalLong.empty(),
                        0,
                        true,
                        Maker.UNKNOWN,
                        Optional.empty(),
                        List.of()),
                List.of(
                        new Finding(
                                "nginx-not-running",
                                0.97,
                                "nginx.service was stopped and nothing else serves",
                                "",
                                List.of(
                                        proof(
                                                "systemd",
                                                "nginx.service is inactive (dead) since 12:01:07",
                                                "systemctl status nginx")),
                                List.of(
                                        new Remedy(
                                                "start it",
                                                true,
                                                Risk.LOW,
                                                List.of(
                                                        new Remedy.Step(
                                                                "sudo systemctl start nginx",
                                                                "")))),
                                List.of())),
                List.of(),
                0.03,
                false,
                List.of());
    }

    private static Diagnosis configRefused() {
        return new Diagnosis(
                symptom(
                        Symptom.Kind.CONFIG_REFUSED,
                        Map.of(),
                        0,
                        OptionalLong.empty(),
                        0,
                        true,
                        Maker.NGINX,
                        Optional.empty(),
                        List.of()),
                List.of(
                        new Finding(
                                "invalid-nginx-config",
                                0.995,
                                "unknown directive \"proxy_pas\"; did you mean \"proxy_pass\"?",
                                "",
                                List.of(
                                        proof(
                                                "config",
                                                "unknown directive \"proxy_pas\"",
                                                "/etc/nginx/sites-enabled/shop:12:9")),
                                List.of(),
                                List.of())),
                List.of(),
                0.005,
                false,
                List.of());
    }

    private static Diagnosis latent() {
        return new Diagnosis(
                symptom(
                        Symptom.Kind.LATENT,
                        Map.of(),
                        0,
                        OptionalLong.empty(),
                        0,
                        true,
                        Maker.NGINX,
                        Optional.of("/"),
                        List.of("shop.example")),
                List.of(directoryFinding(0.9)),
                List.of(),
                0.1,
                false,
                List.of());
    }

    private static Diagnosis hiddenByRetries() {
        return diagnosis(
                symptom(
                        Symptom.Kind.TRAFFIC,
                        Map.of(),
                        0,
                        OptionalLong.of(900),
                        31,
                        true,
                        Maker.NGINX,
                        Optional.of("/"),
                        List.of("shop.example")),
                List.of(directoryFinding(0.9)),
                0.1);
    }

    private static Diagnosis overOnManySites() {
        List<String> sites =
                IntStream.rangeClosed(1, 500).mapToObj(i -> "site" + i + ".example").toList();
        return diagnosis(
                symptom(
                        Symptom.Kind.TRAFFIC,
                        Map.of(502, 9_000L, 504, 12L),
                        9_012,
                        OptionalLong.of(100_000),
                        7,
                        false,
                        Maker.UPSTREAM,
                        Optional.of("/"),
                        sites),
                List.of(directoryFinding(0.9)),
                0.1);
    }

    /** Everything in it that an attacker can write tries to leave its place. */
    private static Diagnosis hostile() {
        String evil =
                "\u001b[2J\r\n502 on bank.example `rm -rf /` <img src=x> ![x](http://e.example) \u202e";
        return diagnosis(
                symptom(
                        Symptom.Kind.TRAFFIC,
                        Map.of(502, 1L),
                        1,
                        OptionalLong.of(1),
                        0,
                        true,
                        Maker.NGINX,
                        Optional.of("/" + evil),
                        List.of("shop.example" + evil)),
                List.of(
                        new Finding(
                                "app-error",
                                0.9,
                                "the application said " + evil,
                                evil,
                                List.of(proof("journal", "Cookie: session=abc" + evil, "x" + evil)),
                                List.of(
                                        new Remedy(
                                                evil,
                                                true,
                                                Risk.HIGH,
                                                List.of(
                                                        new Remedy.Step(
                                                                "echo '" + evil + "'", evil)))),
                                List.of(evil))),
                0.1);
    }

    private static Diagnosis[] many() {
        return IntStream.rangeClosed(1, 7)
                .mapToObj(i -> closedDirectory())
                .toArray(Diagnosis[]::new);
    }

    private static Diagnosis diagnosis(Symptom symptom, List<Finding> findings, double unknown) {
        return new Diagnosis(
                symptom,
                findings,
                List.of(
                        new RuledOut("app-not-running", "it answers on that socket"),
                        new RuledOut("selinux-denied", "not active")),
                unknown,
                false,
                List.of());
    }

    private static Symptom traffic(long requests, long total) {
        return symptom(
                Symptom.Kind.TRAFFIC,
                Map.of(502, requests),
                requests,
                OptionalLong.of(total),
                0,
                true,
                Maker.NGINX,
                Optional.of("/"),
                List.of("shop.example"));
    }

    private static Symptom symptom(
            Symptom.Kind kind,
            Map<Integer, Long> statuses,
            long requests,
            OptionalLong total,
            long hidden,
            boolean ongoing,
            Maker maker,
            Optional<String> location,
            List<String> sites) {
        return new Symptom(
                kind,
                kind == Symptom.Kind.NOT_RUNNING ? 0 : 812,
                statuses,
                requests,
                total,
                hidden,
                requests + hidden == 0 ? Optional.empty() : Optional.of(FIRST),
                requests + hidden == 0 ? Optional.empty() : Optional.of(FIRST.plusSeconds(120)),
                ongoing,
                maker,
                sites.stream().findFirst(),
                location,
                Optional.of("app_backend"),
                Optional.of(PassKind.PROXY),
                Optional.of("unix:/home/deploy/run/app.sock"),
                List.of("unix:/home/deploy/run/app.sock"),
                sites);
    }

    private static Evidence proof(String source, String text, String where) {
        return new Evidence(
                Evidence.Kind.FOR, source, text, Optional.of(where), Optional.of(FIRST), 3);
    }
}
