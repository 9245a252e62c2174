package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.unit;
import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.refused;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Fact;
import dev.gatemend.model.Finding;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Observation;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.model.Version;
import dev.gatemend.model.Window;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** nginx itself is down. */
class NginxNotRunningTest {
    private static final NginxInstallation EXPECTED =
            new NginxInstallation(
                    "/usr/sbin/nginx",
                    Optional.of(new Version(1, 22, 1)),
                    "/etc/nginx",
                    "/etc/nginx/nginx.conf",
                    Optional.of("nginx.service is enabled"));

    @Test
    void speaksWhenAnExpectedNginxHasNoMaster() {
        Diagnosis diagnosis =
                alone(EXPECTED, unit("nginx.service", "inactive", "dead", "/usr/sbin/nginx -g x"));

        Finding verdict = diagnosis.findings().getFirst();
        assertThat(verdict.cause()).isEqualTo("nginx-not-running");
        assertThat(verdict.probability()).isGreaterThan(0.95);
        assertThat(verdict.title()).isEqualTo("nginx is not running: nginx.service is inactive");
        assertThat(commands(verdict)).contains("sudo systemctl start nginx.service");
    }

    @Test
    void speaksOfTheConfigurationItWouldNotStartWith() {
        Diagnosis diagnosis =
                alone(
                        EXPECTED,
                        new ConfigurationVerdict(
                                "/etc/nginx/nginx.conf",
                                false,
                                List.of(
                                        "[emerg] unknown directive \"x\" in /etc/nginx/nginx.conf:3")));

        assertThat(
                        diagnosis.findings().stream()
                                .filter(f -> f.cause().equals("nginx-not-running"))
                                .map(Finding::explanation))
                .singleElement()
                .asString()
                .contains("unknown directive");
    }

    @Test
    void speaksOfAnNginxThatServedUntilAMomentAgo() {
        Diagnosis diagnosis = alone(UNEXPECTED, CONFIGURATION, accessLog(20));

        assertThat(diagnosis.findings().getFirst().cause()).isEqualTo("nginx-not-running");
        assertThat(diagnosis.toString()).contains("it wrote to its access log until 12:09:50");
    }

    @Test
    void staysSilentWhereNobodyExpectsItAndItWroteNothing() {
        assertThat(problems(UNEXPECTED, CONFIGURATION, accessLog(0))).isEmpty();
    }

    private static final NginxInstallation UNEXPECTED =
            new NginxInstallation(
                    EXPECTED.binary(),
                    EXPECTED.version(),
                    EXPECTED.prefix(),
                    EXPECTED.configuration(),
                    Optional.empty());

    private static final NginxConfiguration CONFIGURATION =
            new NginxConfiguration(
                    "/etc/nginx/nginx.conf",
                    "/etc/nginx",
                    new Version(1, 22, 1),
                    List.of(),
                    Settings.NONE,
                    List.of(),
                    List.of(),
                    List.of(
                            new LogSetting(
                                    false,
                                    new LogDestination.File("/var/log/nginx/access.log"),
                                    "combined",
                                    Optional.empty())),
                    List.of(),
                    List.of());

    private static LogScan accessLog(long lines) {
        return new LogScan(
                "/var/log/nginx/access.log",
                false,
                100,
                100,
                lines,
                0,
                lines,
                Optional.of(NOW.minusSeconds(10)));
    }

    @Test
    void speaksWhenEveryWorkerIsStopped() {
        Diagnosis diagnosis = alone(TWO_WORKERS, worker(813, 'T'), worker(814, 'T'));

        Finding verdict = diagnosis.findings().getFirst();
        assertThat(verdict.cause()).isEqualTo("nginx-not-running");
        assertThat(verdict.probability()).isGreaterThan(0.9);
        assertThat(verdict.title())
                .isEqualTo("every worker of nginx (PID 812) is stopped: nobody takes a request");
        assertThat(commands(verdict)).contains("sudo kill -CONT 813 814");
    }

    @Test
    void staysSilentWhileOneWorkerServes() {
        assertThat(problems(TWO_WORKERS, worker(813, 'T'), worker(814, 'S'))).isEmpty();
        assertThat(problems(TWO_WORKERS, worker(813, 'T'))).isEmpty();
    }

    @Test
    void speaksWhenAMasterHasNoWorker() {
        assertThat(alone(withWorkers(812), master(812, 60)).findings().getFirst().title())
                .isEqualTo("nginx (PID 812) has no worker: nobody takes a request");
    }

    @Test
    void staysSilentOfAMasterThatJustStartsOrHasASuccessor() {
        assertThat(problems(withWorkers(812), master(812, 1))).isEmpty();
        assertThat(
                        problems(
                                withWorkers(812),
                                master(812, 60),
                                withWorkers(820, 821),
                                master(820, 20),
                                worker(821, 'S')))
                .isEmpty();
    }

    private static final NginxMaster TWO_WORKERS = withWorkers(812, 813, 814);

    private static NginxMaster withWorkers(int master, Integer... workers) {
        return new NginxMaster(
                master,
                MASTER.binary(),
                MASTER.version(),
                MASTER.prefix(),
                MASTER.configuration(),
                MASTER.commandLine(),
                List.of(workers),
                MASTER.workerIdentity(),
                MASTER.namespaces(),
                MASTER.container(),
                MASTER.unit(),
                MASTER.workersSince());
    }

    private static ProcessState worker(int pid, char state) {
        return process(pid, "nginx", "nginx: worker process", state, NOW.minusSeconds(60), "");
    }

    private static ProcessState master(int pid, int age) {
        return process(pid, "nginx", "nginx: master process nginx", 'S', NOW.minusSeconds(age), "");
    }

    @Test
    void staysSilentWhenNginxRuns() {
        assertThat(probability(diagnose(refused()), "nginx-not-running")).isZero();
    }

    private static Diagnosis alone(Fact... facts) {
        return problems(facts).getFirst();
    }

    private static List<Diagnosis> problems(Fact... facts) {
        Snapshot snapshot =
                new Snapshot(
                        NOW,
                        "web1",
                        ZoneOffset.UTC,
                        Window.endingAt(NOW, Duration.ofMinutes(15)),
                        Stream.of(facts)
                                .map(f -> new Observation(f, new Source("processes", "ps"), NOW))
                                .toList());
        return new Diagnostician(Causes.all()).diagnose(snapshot);
    }
}
