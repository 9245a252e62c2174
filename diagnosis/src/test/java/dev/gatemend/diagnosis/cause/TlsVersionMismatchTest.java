package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Tls.PEER;
import static dev.gatemend.diagnosis.Tls.failed;
import static dev.gatemend.diagnosis.Tls.handshake;
import static dev.gatemend.diagnosis.Tls.line;
import static dev.gatemend.diagnosis.Written.byDefault;
import static dev.gatemend.diagnosis.Written.setting;
import static dev.gatemend.diagnosis.Written.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

class TlsVersionMismatchTest {
    private static final TlsVersionMismatch CAUSE = new TlsVersionMismatch();
    private static final String VERSION = "tlsv1 alert protocol version:SSL alert number 70";
    private static final String FAILURE = "sslv3 alert handshake failure:SSL alert number 40";

    @Test
    void speaksWhenThePeerRefusesTheVersion() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        failed(
                                                        VERSION,
                                                        byDefault(
                                                                "proxy_ssl_protocols",
                                                                "TLSv1",
                                                                "TLSv1.1",
                                                                "TLSv1.2"))
                                                .build())))
                .contains("nginx and " + PEER + " have no TLS version or cipher in common")
                .contains(
                        "proxy_ssl_protocols is not written, so this nginx offers no more than TLSv1 TLSv1.1 TLSv1.2")
                .contains("write proxy_ssl_protocols TLSv1.2 TLSv1.3;")
                .contains("ssl_protocols: that is for nginx's clients");
    }

    @Test
    void oneLineIsEnough() {
        for (String reason :
                new String[] {VERSION, "unsupported protocol", "no protocols available"}) {
            Finding first = first(line("SSL_do_handshake() failed (SSL: error:0A::" + reason));

            assertThat(first.cause()).as(reason).isEqualTo("tls-version-mismatch");
            assertThat(first.probability()).as(reason).isGreaterThan(0.85);
        }
    }

    @Test
    void bringsAnOldPeerUpWhereOpensslItselfRefusesIt() {
        assertThat(told(CAUSE.judge(failed("legacy sigalg disallowed or unsupported").build())))
                .contains("bring the peer up to TLS 1.2 or 1.3")
                .contains("proxy_ssl_ciphers DEFAULT:@SECLEVEL=0;");
    }

    @Test
    void blamesTheCiphersWhenAHandshakeWithOthersSucceeds() {
        Finding first =
                first(
                        failed(FAILURE, setting(13, "proxy_ssl_ciphers", "ECDHE-RSA-AES128-SHA"))
                                .seen(handshake("", "TLSv1.2"), "probes", ""));

        assertThat(first.cause()).isEqualTo("tls-version-mismatch");
        assertThat(first.probability()).isGreaterThan(0.8);
    }

    @Test
    void isRuledOutWhenThePeerAgreesToWhatNginxOffers() {
        assertThat(
                        CAUSE.judge(
                                failed(FAILURE)
                                        .seen(handshake("", "TLSv1.2"), "probes", "")
                                        .build()))
                .isInstanceOf(Judgement.RuledOut.class);
    }

    @Test
    void staysSilentOnNamesAndCertificates() {
        for (String reason :
                new String[] {
                    "tlsv1 unrecognized name:SSL alert number 112",
                    "tlsv13 alert certificate required:SSL alert number 116",
                    "wrong version number"
                }) {
            assertThat(CAUSE.judge(failed(reason).build()))
                    .as(reason)
                    .isInstanceOf(Judgement.NotConcerned.class);
        }
    }

    private static Finding first(MatterBuilder matter) {
        return new Diagnostician(Causes.all())
                .diagnose(matter.snapshot())
                .getFirst()
                .findings()
                .getFirst();
    }
}
