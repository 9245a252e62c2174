package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Closed.on;
import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;
import static dev.gatemend.diagnosis.Said.at;
import static dev.gatemend.diagnosis.Said.log;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Closed;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftwareBugTest {
    private static final SoftwareBug CAUSE = new SoftwareBug();
    private static final String THREADS =
            "gunicorn --worker-class gthread --max-requests 10 shop:app";

    @Test
    void speaksOfAVersionThatIsKnownForSuchFailures() {
        assertThat(told(CAUSE.judge(gunicorn("21.2.0", THREADS).build())))
                .contains("gunicorn 21.2.0 resets connections of its gthread workers")
                .contains("https://github.com/benoitc/gunicorn/issues/3038");
    }

    @Test
    void comesBehindWhatExplainsItWithoutABug() {
        List<Finding> findings = diagnose(gunicorn("21.2.0", THREADS)).findings();

        assertThat(findings.getFirst().cause()).isEqualTo("worker-recycle-race");
        assertThat(findings).anyMatch(f -> f.cause().equals("software-bug"));
    }

    @Test
    void speaksOfPassengersSocket() {
        assertThat(told(CAUSE.judge(passenger("5.0.8").build())))
                .contains("Passenger 5.0.8 makes its agent's socket inaccessible")
                .contains("upgrade Passenger to 5.0.9 or later");
    }

    @Test
    void staysSilentOnOtherVersions() {
        assertThat(CAUSE.judge(gunicorn("23.0.0", THREADS).build()))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(CAUSE.judge(passenger("5.0.9").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnFailuresOfAnotherKind() {
        assertThat(CAUSE.judge(gunicorn("21.2.0", "gunicorn --max-requests 10 shop:app").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(CAUSE.judge(gunicorn("21.2.0", THREADS).trouble(Trouble.TIMEOUT).build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder gunicorn(String version, String command) {
        return log(
                on("GET / HTTP/1.1")
                        .seen(table(listener(PEER, 950)), "sockets", "")
                        .seen(
                                process(950, "gunicorn", command, Duration.ofDays(1), ""),
                                "processes",
                                ""),
                950,
                List.of(
                        at(NOW.minusSeconds(600), "Starting gunicorn " + version),
                        at(NOW.minusSeconds(60), "Autorestarting worker after current request."),
                        at(NOW.minusSeconds(1), "Autorestarting worker after current request.")));
    }

    private static MatterBuilder passenger(String version) {
        return new MatterBuilder()
                .peer("unix:/tmp/passenger.FD57G8h/agents.s/server")
                .logged(
                        "connect-failed-eacces",
                        "connect() to unix:/tmp/passenger.FD57G8h/agents.s/server failed (13: Permission denied)",
                        13,
                        "connecting to upstream")
                .seen(
                        siteWith(
                                setting(
                                        5,
                                        "passenger_root",
                                        "/usr/lib/ruby/gems/passenger-" + version)),
                        "configuration",
                        "");
    }

    private static dev.gatemend.model.NginxConfiguration siteWith(
            dev.gatemend.model.Setting setting) {
        var plain = Closed.configured(Settings.NONE);
        var site = plain.sites().getFirst();
        return new dev.gatemend.model.NginxConfiguration(
                plain.path(),
                plain.prefix(),
                plain.version(),
                plain.files(),
                plain.main(),
                List.of(
                        new dev.gatemend.model.Site(
                                false,
                                site.names(),
                                site.listens(),
                                site.locations(),
                                Settings.of(List.of(setting)),
                                site.position())),
                plain.upstreams(),
                plain.logs(),
                plain.formats(),
                plain.problems());
    }
}
