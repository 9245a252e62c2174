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
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.model.Finding;
import org.junit.jupiter.api.Test;

class TlsSniMissingTest {
    private static final TlsSniMissing CAUSE = new TlsSniMissing();
    private static final String UNKNOWN_NAME = "tlsv1 unrecognized name:SSL alert number 112";
    private static final String FAILURE = "sslv3 alert handshake failure:SSL alert number 40";

    @Test
    void speaksWhenThePeerDoesNotRecognizeTheName() {
        assertThat(told(CAUSE.judge(failed(UNKNOWN_NAME).build())))
                .contains(PEER + " wants a server name (SNI), and nginx sends none")
                .contains("proxy_ssl_server_name is off")
                .contains("proxy_ssl_server_name on; and proxy_ssl_name NAME;");
    }

    @Test
    void oneLineIsEnoughWhereTheAlertSaysIt() {
        Finding first =
                first(
                        line(
                                "SSL_do_handshake() failed (SSL: error:14094458:SSL routines:ssl3_read_bytes:tlsv1 unrecognized name:SSL alert number 112)"));

        assertThat(first.cause()).isEqualTo("tls-sni-missing");
        assertThat(first.probability()).isGreaterThan(0.9);
        assertThat(first.title()).contains("that nginx does not send");
    }

    @Test
    void alertFortyAloneIsASuspicionAndNoVerdict() {
        Finding first = first(line("SSL_do_handshake() failed (SSL: " + FAILURE + ")"));

        assertThat(first.cause()).isEqualTo("tls-sni-missing");
        assertThat(first.probability()).isBetween(0.3, 0.7);
    }

    @Test
    void isSureOfAlertFortyWhenTheHandshakeSucceedsWithTheName() {
        Finding first =
                first(
                        failed(FAILURE)
                                .seen(refusal("", "the peer sent TLS alert 40"), "probes", "")
                                .seen(handshake("shop.internal", "TLSv1.3"), "probes", ""));

        assertThat(first.cause()).isEqualTo("tls-sni-missing");
        assertThat(first.probability()).isGreaterThan(0.95);
        assertThat(first.remedies().getFirst().steps().getFirst().explanation())
                .contains("proxy_ssl_name shop.internal;");
    }

    @Test
    void namesTheWrongNameWhereOneIsSent() {
        assertThat(
                        told(
                                CAUSE.judge(
                                        failed(
                                                        UNKNOWN_NAME,
                                                        setting(13, "proxy_ssl_server_name", "on"))
                                                .build())))
                .contains("does not know the server name that nginx sends")
                .contains("by default the one in the pass");
    }

    @Test
    void isRuledOutWhenAHandshakeWithoutNameSucceeds() {
        assertThat(
                        CAUSE.judge(
                                failed(FAILURE)
                                        .seen(handshake("", "TLSv1.3"), "probes", "")
                                        .build()))
                .isEqualTo(Judgement.ruledOut("a handshake without a server name succeeds"));
    }

    @Test
    void staysSilentOnOtherAlertsAndOnPlainText() {
        assertThat(CAUSE.judge(failed("tlsv1 alert protocol version:SSL alert number 70").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
        assertThat(CAUSE.judge(failed("wrong version number").build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentOnTheWordsInAnotherTrouble() {
        assertThat(
                        CAUSE.judge(
                                new MatterBuilder()
                                        .trouble(Trouble.CLOSED)
                                        .peer(PEER)
                                        .logged(
                                                "upstream-prematurely-closed-header",
                                                "upstream prematurely closed connection",
                                                0,
                                                "reading response header from upstream")
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
