package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Symptom;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidNginxConfigTest {
    private static final InvalidNginxConfig CAUSE = new InvalidNginxConfig();
    private static final String UNKNOWN =
            "nginx: [emerg] unknown directive \"proxy_pas\" in /etc/nginx/conf.d/shop.conf:12";

    @Test
    void speaksOfARefusedReloadAndOfTheWorkersThatStillServe() {
        Finding finding =
                new Diagnostician(Causes.all())
                        .diagnose(
                                standing(Symptom.Kind.CONFIG_REFUSED)
                                        .seen(verdict(UNKNOWN), "nginx", "nginx -t")
                                        .snapshot())
                        .getFirst()
                        .findings()
                        .getFirst();

        assertThat(finding.cause()).isEqualTo("invalid-nginx-config");
        assertThat(finding.title())
                .isEqualTo(
                        "nginx refuses /etc/nginx/conf.d/shop.conf:12: unknown directive \"proxy_pas\"");
        assertThat(finding.explanation())
                .contains("still answer")
                .contains("the next restart will fail");
        assertThat(finding.probability()).isGreaterThan(0.9);
    }

    @Test
    void speaksOfAFailedStart() {
        Judgement judgement =
                CAUSE.judge(
                        logged(
                                        "cannot load certificate \"/etc/ssl/x.pem\": BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory)")
                                .kind(Symptom.Kind.NOT_RUNNING)
                                .build());

        assertThat(told(judgement))
                .contains("nginx does not start with a configuration it refuses")
                .contains("the certificate or key is missing, unreadable or not PEM");
    }

    @Test
    void doubtsAnOldLineWhenNginxAcceptsTheFilesNow() {
        Judgement judgement =
                CAUSE.judge(
                        logged("unexpected \"}\" in /etc/nginx/nginx.conf:9")
                                .kind(Symptom.Kind.NOT_RUNNING)
                                .seen(
                                        new ConfigurationVerdict(
                                                "/etc/nginx/nginx.conf", true, List.of()),
                                        "nginx",
                                        "nginx -t")
                                .build());

        assertThat(told(judgement)).contains("AGAINST nginx accepts the files as they are now");
    }

    @Test
    void saysLittleOfAPortThatIsTaken() {
        Judgement judgement =
                CAUSE.judge(
                        logged("bind() to 0.0.0.0:80 failed (98: Address already in use)")
                                .kind(Symptom.Kind.NOT_RUNNING)
                                .build());

        assertThat(told(judgement)).contains("another process holds an address");
        assertThat(((Judgement.Possible) judgement).evidence().getFirst().weight()).isLessThan(2);
    }

    @Test
    void staysSilentOnNamesAndOnDirectories() {
        assertThat(
                        CAUSE.judge(
                                logged(
                                                "host not found in upstream \"app\" in /etc/nginx/nginx.conf:3")
                                        .kind(Symptom.Kind.NOT_RUNNING)
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(
                        CAUSE.judge(
                                logged(
                                                "mkdir() \"/var/lib/nginx/body\" failed (13: Permission denied)")
                                        .kind(Symptom.Kind.NOT_RUNNING)
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnFailingTraffic() {
        Judgement judgement =
                CAUSE.judge(
                        new MatterBuilder()
                                .peer("127.0.0.1:8000")
                                .seen(verdict(UNKNOWN), "nginx", "nginx -t")
                                .logged(
                                        "connect-failed-econnrefused",
                                        "connect() failed (111: Connection refused)",
                                        111,
                                        "connecting to upstream")
                                .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void speaksOfAReloadThatFoundAPortTaken() {
        assertThat(portTaken(MatterBuilder.MASTER.pid()))
                .extracting(d -> d.symptom().kind())
                .containsExactly(Symptom.Kind.CONFIG_REFUSED);
    }

    @Test
    void staysSilentWhereASecondNginxFoundThePortsTakenByTheFirst() {
        assertThat(portTaken(9000)).isEmpty();
    }

    /** The log of both says that a port was taken, the entry being of this process. */
    private static List<Diagnosis> portTaken(int pid) {
        ErrorEntry taken =
                Written.emergency(
                        pid,
                        "listen-bind-failed",
                        "bind() to 0.0.0.0:80 failed (98: Address already in use)");
        return new Diagnostician(Causes.all())
                .diagnose(
                        standing(Symptom.Kind.CONFIG_REFUSED)
                                .logged(
                                        taken,
                                        1,
                                        MatterBuilder.NOW.minusSeconds(90),
                                        MatterBuilder.NOW.minusSeconds(90))
                                .snapshot());
    }

    private static MatterBuilder standing(Symptom.Kind kind) {
        return new MatterBuilder()
                .kind(kind)
                .trouble(Trouble.STANDING)
                .seen(Written.pass("http", "127.0.0.1:8000"), "configuration", "nginx.conf");
    }

    private static MatterBuilder logged(String message) {
        return standing(Symptom.Kind.CONFIG_REFUSED)
                .logged(
                        Written.entry("", "emerg", message, 0, "", ""),
                        1,
                        MatterBuilder.NOW.minusSeconds(90),
                        MatterBuilder.NOW.minusSeconds(90));
    }

    private static ConfigurationVerdict verdict(String message) {
        return new ConfigurationVerdict("/etc/nginx/nginx.conf", false, List.of(message));
    }
}
