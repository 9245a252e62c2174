package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Tls.PEER;
import static dev.gatemend.diagnosis.Tls.failed;
import static dev.gatemend.diagnosis.Tls.handshake;
import static dev.gatemend.diagnosis.Tls.line;
import static dev.gatemend.diagnosis.Tls.refusal;
import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Verdicts;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PeerProbe;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsClientCertTest {
    private static final TlsClientCert CAUSE = new TlsClientCert();
    private static final String FAILURE = "sslv3 alert handshake failure:SSL alert number 40";

    @Test
    void speaksWhenThePeerRequiresACertificateAfterTheHandshake() {
        Finding first =
                first(
                        line(
                                "SSL_read() failed (SSL: error:0A00045C:SSL routines::tlsv13 alert certificate required:SSL alert number 116)"));

        assertThat(first.cause()).isEqualTo("tls-client-cert");
        assertThat(first.probability()).isGreaterThan(0.9);
    }

    /** The kernel resets the connection where the peer has not read the request. */
    @Test
    void takesTheResetsThatComeOfItAsItsOwn() {
        List<Diagnosis> problems =
                Verdicts.all(
                        new MatterBuilder()
                                .peer(PEER)
                                .logged(
                                        "ssl-handshake-any",
                                        "SSL_read() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48)",
                                        0,
                                        "reading response header from upstream")
                                .logged(
                                        "connect-failed-epipe",
                                        "connect() failed (32: Broken pipe)",
                                        32,
                                        "connecting to upstream"));

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().findings().getFirst().cause()).isEqualTo("tls-client-cert");
    }

    @Test
    void leavesResetsAloneWhereNoAlertCameBehindAHandshake() {
        List<Diagnosis> problems =
                Verdicts.all(
                        failed(FAILURE)
                                .logged(
                                        "connect-failed-epipe",
                                        "connect() failed (32: Broken pipe)",
                                        32,
                                        "connecting to upstream"));

        assertThat(problems).hasSize(2);
    }

    @Test
    void speaksOfACertificateThatIsNotTrusted() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        failed(
                                                        "tlsv1 alert unknown ca:SSL alert number 48",
                                                        setting(
                                                                13,
                                                                "proxy_ssl_certificate",
                                                                "/etc/ssl/nginx.pem"))
                                                .build())))
                .contains(PEER + " does not accept the client certificate that nginx shows")
                .contains("proxy_ssl_certificate /etc/ssl/nginx.pem");
    }

    @Test
    void beforeTls13ADemandInAHandshakeDecides() {
        Finding first =
                first(
                        failed(FAILURE)
                                .seen(
                                        refusal(
                                                "",
                                                "the peer sent TLS alert 40 ("
                                                        + PeerProbe.ASKS_FOR_CERTIFICATE
                                                        + ")"),
                                        "probes",
                                        ""));

        assertThat(first.cause()).isEqualTo("tls-client-cert");
        assertThat(first.probability()).isGreaterThan(0.7);
        assertThat(first.title()).contains("demands a client certificate, and nginx shows none");
    }

    @Test
    void isRuledOutWhenAHandshakeSucceedsWithoutDemand() {
        assertThat(
                        CAUSE.judge(
                                failed(FAILURE)
                                        .seen(handshake("shop.internal", "TLSv1.3"), "probes", "")
                                        .build()))
                .isEqualTo(
                        Judgement.ruledOut("a handshake succeeds in which the peer asks for none"));
    }

    @Test
    void staysSilentWhenNginxRejectsThePeersCertificate() {
        assertThat(
                        CAUSE.judge(
                                line("upstream SSL certificate verify error: (10:certificate has expired)")
                                        .build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    private static Finding first(MatterBuilder matter) {
        return new Diagnostician(Causes.all())
                .diagnose(matter.snapshot())
                .getFirst()
                .findings()
                .getFirst();
    }
}
