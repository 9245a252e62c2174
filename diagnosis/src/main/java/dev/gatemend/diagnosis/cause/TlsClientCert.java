package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.TlsWith;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The peer demands a client certificate, and nginx shows none or one it does not accept. */
public final class TlsClientCert implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "tls-client-cert",
                    Group.MISUNDERSTANDING,
                    Frequency.RARE,
                    "The peer demands a client certificate that nginx does not send",
                    """
                    A peer with mutual TLS asks nginx for a certificate (proxy_ssl_certificate). In TLS 1.3 it refuses only \
                    after nginx has sent the request, so the failure may show as an error while reading. One that was sent \
                    may be refused as well: expired, or made by an authority that the peer does not trust.""",
                    "Alert 116 'certificate required'; 42 to 46 and 48 speak of the certificate that was sent, or of none.",
                    List.of(),
                    List.of(
                            "proxy_ssl_verify off: it is nginx's certificate that is asked for, not the peer's",
                            "raising time-outs: the peer refuses at once"));

    private static final int CERTIFICATE_REQUIRED = 116;
    private static final int HANDSHAKE_FAILURE = 40;

    /** bad, unsupported, revoked, expired, unknown certificate; unknown authority. */
    private static final Set<Integer> ABOUT_CERTIFICATE = Set.of(42, 43, 44, 45, 46, 48);

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return TlsWith.of(matter)
                .flatMap(tls -> strength(tls).map(strength -> judge(tls, strength)))
                .orElse(Judgement.notConcerned());
    }

    /**
     * Before TLS 1.3 a server that gets no answer to its demand mostly just says 'handshake
     * failure'; that it demanded one, a handshake shows.
     */
    private static Optional<Strength> strength(TlsWith tls) {
        int alert = tls.alert();
        if (alert == CERTIFICATE_REQUIRED) {
            return Optional.of(DECISIVE);
        }
        if (ABOUT_CERTIFICATE.contains(alert)) {
            return Optional.of(STRONG);
        }
        boolean mayBe =
                alert == HANDSHAKE_FAILURE
                        || tls.says("ssl-peer-closed-handshake")
                        || tls.says("ssl-read-failed")
                        || tls.says("ssl-write-failed");
        return mayBe && (tls.demand().isPresent() || alert == HANDSHAKE_FAILURE)
                ? Optional.of(WEAK)
                : Optional.empty();
    }

    private static Judgement judge(TlsWith tls, Strength strength) {
        boolean undemanded = tls.success().isPresent() && tls.demand().isEmpty();
        return undemanded && strength == WEAK
                ? Judgement.ruledOut("a handshake succeeds in which the peer asks for none")
                : argue(tls, strength);
    }

    private static Judgement argue(TlsWith tls, Strength strength) {
        Matter matter = tls.matter();
        Optional<Setting> shown = tls.setting("certificate").filter(s -> !s.value().isEmpty());
        Argument argument =
                Argument.that("tls:" + matter.peerText(), Excerpt.title(title(tls, shown)))
                        .because(strength, tls.sighting());
        tls.demand()
                .ifPresent(
                        p ->
                                argument.because(
                                        // Some servers ask and take none for an answer.
                                        shown.isPresent() ? MODERATE : STRONG,
                                        matter.scene()
                                                .sighting(
                                                        p, "in a handshake, " + TlsWith.text(p))));
        if (matter.pass().isPresent()) {
            argument.because(
                    tls.demand().isPresent() ? MODERATE : WEAK,
                    "configuration",
                    shown.map(s -> Excerpt.of(s.toString(), 80))
                            .orElse("no " + tls.directive("certificate") + " is in effect"),
                    tls.place("certificate"));
        }
        argument.explain(
                "The peer asks who nginx is and refuses what it gets; whether nginx trusts the peer is another matter.");
        remedies(tls, shown.isPresent(), argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String title(TlsWith tls, Optional<Setting> shown) {
        String peer = tls.matter().peer().isPresent() ? tls.matter().peerText() : "the peer";
        if (shown.isPresent()) {
            return peer + " does not accept the client certificate that nginx shows";
        }
        return tls.matter().pass().isPresent()
                ? peer + " demands a client certificate, and nginx shows none"
                : peer + " demands a client certificate that nginx does not show";
    }

    private static void remedies(TlsWith tls, boolean shown, Argument argument) {
        argument.now(
                shown
                        ? "show one that the peer's authority made and that is valid"
                        : "show the certificate that the peer expects of nginx",
                Risk.LOW,
                Edit.of(
                        tls.matter(),
                        "beside the pass write %s FILE; and %s FILE;"
                                .formatted(
                                        tls.directive("certificate"),
                                        tls.directive("certificate_key"))));
        argument.toStay("renew it before it expires, and watch its date", Risk.LOW);
        tls.matter()
                .tcpPeer()
                .ifPresent(
                        peer ->
                                argument.next(
                                        "echo | "
                                                + Shell.command(
                                                        "openssl",
                                                        "s_client",
                                                        "-connect",
                                                        peer.toString()),
                                        "says 'Acceptable client certificate CA names' where one is asked for"));
    }
}
