package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Tls.PEER;
import static dev.gatemend.diagnosis.Tls.failed;
import static dev.gatemend.diagnosis.Tls.handshake;
import static dev.gatemend.diagnosis.Tls.line;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Written;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

class TlsVerifyFailedTest {
    private static final TlsVerifyFailed CAUSE = new TlsVerifyFailed();

    @Test
    void speaksWhenTheCertificateIsSelfSigned() {
        assertThat(told(CAUSE.judge(verdict("(18:self-signed certificate)").build())))
                .contains(
                        "nginx rejects the certificate of "
                                + PEER
                                + ": self-signed certificate (18)")
                .contains("proxy_ssl_trusted_certificate FILE;")
                .contains("whoever gets between may then answer in its place");
    }

    @Test
    void showsWhatWasShownAndSendsToThePeerWhenItHasExpired() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        verdict("(10:certificate has expired)")
                                                .seen(
                                                        handshake(
                                                                "",
                                                                "TLSv1.3, certificate CN=shop until 2026-11-20"),
                                                        "probes",
                                                        "")
                                                .build())))
                .contains("certificate has expired (10)")
                .contains("it shows TLSv1.3, certificate CN=shop until 2026-11-20")
                .contains("install the new certificate at the peer");
    }

    @Test
    void speaksWhenTheNameDoesNotMatch() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        line("upstream SSL certificate does not match \"backend\"")
                                                .build())))
                .contains("it is not made out to backend")
                .contains("proxy_ssl_name NAME;");
    }

    @Test
    void oneLineIsEnough() {
        Finding first =
                new Diagnostician(Causes.all())
                        .diagnose(
                                line("upstream SSL certificate verify error: (20:unable to get local issuer certificate)")
                                        .snapshot())
                        .getFirst()
                        .findings()
                        .getFirst();

        assertThat(first.cause()).isEqualTo("tls-verify-failed");
        assertThat(first.probability()).isGreaterThan(0.9);
    }

    @Test
    void staysSilentWhenThePeerRefuses() {
        assertThat(CAUSE.judge(failed("tlsv1 alert unknown ca:SSL alert number 48").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static MatterBuilder verdict(String reason) {
        return line("upstream SSL certificate verify error: " + reason)
                .seen(Written.pass("https", PEER), "configuration", "nginx.conf");
    }
}
