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
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;

/** nginx and the peer have no TLS version or cipher in common. */
public final class TlsVersionMismatch implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "tls-version-mismatch",
                    Group.MISUNDERSTANDING,
                    Frequency.RARE,
                    "No common TLS version or cipher",
                    """
                    An old backend speaks TLS 1.0 at most, which today's OpenSSL has switched off; or the peer wants TLS 1.3 \
                    and proxy_ssl_protocols stops at 1.2, as it does by itself before nginx 1.23.4; or both sides restrict their ciphers to different ones. The handshake \
                    ends before a certificate is looked at.""",
                    "Alert 70, 'unsupported protocol' or 'no protocols available'; for ciphers alert 40 or 71, which a missing server name gives as well.",
                    List.of(),
                    List.of(
                            "proxy_ssl_verify off: the certificate is not looked at yet",
                            "raising time-outs: the peer refuses at once"));

    private static final int HANDSHAKE_FAILURE = 40;
    private static final int PROTOCOL_VERSION = 70;
    private static final int INSUFFICIENT_SECURITY = 71;

    /** OpenSSL's reasons for giving up itself on what the peer offers. */
    private static final List<String> OWN_REASONS =
            List.of(
                    "unsupported protocol",
                    "no protocols available",
                    "no ciphers available",
                    "dh key too small",
                    "legacy renegotiation disabled",
                    "legacy sigalg disallowed",
                    "wrong cipher returned",
                    "wrong ssl version");

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

    private static Optional<Strength> strength(TlsWith tls) {
        int alert = tls.alert();
        if (alert == PROTOCOL_VERSION || OWN_REASONS.stream().anyMatch(tls::mentions)) {
            return Optional.of(DECISIVE);
        }
        if (alert == INSUFFICIENT_SECURITY) {
            return Optional.of(STRONG);
        }
        return alert == HANDSHAKE_FAILURE ? Optional.of(WEAK) : Optional.empty();
    }

    /**
     * A handshake of the observer's has nginx's versions and server name, and ciphers of its own.
     */
    private static Judgement judge(TlsWith tls, Strength strength) {
        boolean agreed = tls.success().filter(p -> !isNamedAlone(tls, p)).isPresent();
        if (!agreed || tls.written("ciphers").isPresent()) {
            return argue(tls, strength);
        }
        return strength == DECISIVE
                ? argue(tls, MODERATE)
                : Judgement.ruledOut("a handshake with the versions nginx offers succeeds");
    }

    /** It came to be only with a server name that nginx does not send. */
    private static boolean isNamedAlone(TlsWith tls, PeerProbe success) {
        return success.serverName().isPresent() && tls.fails(false);
    }

    private static Judgement argue(TlsWith tls, Strength strength) {
        Matter matter = tls.matter();
        String peer = matter.peer().isPresent() ? matter.peerText() : "the peer";
        Argument argument =
                Argument.that(
                                "tls:" + matter.peerText(),
                                Excerpt.title(
                                        "nginx and %s have no TLS version or cipher in common"
                                                .formatted(peer)))
                        .because(strength, tls.sighting());
        weighSettings(tls, strength, argument);
        argument.explain(
                "Each side names the versions and ciphers it accepts, and nothing is on both lists.");
        looks(matter, argument);
        remedies(tls, argument);
        argument.wontHelp(
                "ssl_protocols: that is for nginx's clients; towards the peer it is %s"
                        .formatted(tls.directive("protocols")));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    /** nginx's own versions stop at 1.2 before 1.23.4, which is news to most. */
    private static void weighSettings(TlsWith tls, Strength strength, Argument argument) {
        tls.setting("protocols")
                .filter(s -> !s.isDefault() || !s.arguments().contains("TLSv1.3"))
                .ifPresent(
                        s ->
                                argument.because(
                                        strength == WEAK ? WEAK : MODERATE,
                                        "configuration",
                                        s.isDefault()
                                                ? "%s is not written, so this nginx offers no more than %s"
                                                        .formatted(
                                                                s.name(),
                                                                String.join(" ", s.arguments()))
                                                : "nginx offers no more than '%s'"
                                                        .formatted(Excerpt.of(s.toString(), 80)),
                                        tls.place("protocols")));
        tls.written("ciphers").ifPresent(s -> weighCiphers(tls, s, argument));
    }

    /** The observer's handshake brings ciphers of its own: where it comes to be, nginx's lack. */
    private static void weighCiphers(TlsWith tls, Setting ciphers, Argument argument) {
        String list = Excerpt.of(ciphers.toString(), 80);
        argument.because(
                MODERATE,
                "configuration",
                "nginx offers no more than '%s'".formatted(list),
                tls.place("ciphers"));
        tls.success()
                .ifPresent(
                        p ->
                                argument.because(
                                        STRONG,
                                        tls.matter()
                                                .scene()
                                                .sighting(
                                                        p,
                                                        "a handshake with other ciphers succeeds")));
    }

    private static void remedies(TlsWith tls, Argument argument) {
        if (tls.alert() < 0) {
            argument.now("bring the peer up to TLS 1.2 or 1.3", Risk.MEDIUM);
            argument.now(
                    "until then allow for this peer alone what OpenSSL has given up",
                    Risk.MEDIUM,
                    Edit.of(
                            tls.matter(),
                            "beside the pass write %s DEFAULT:@SECLEVEL=0; and no %s"
                                    .formatted(
                                            tls.directive("ciphers"), tls.directive("protocols"))));
            return;
        }
        argument.now(
                "offer what the peer speaks",
                Risk.LOW,
                Edit.of(
                        tls.matter(),
                        "beside the pass write %s TLSv1.2 TLSv1.3; and let %s at its default"
                                .formatted(tls.directive("protocols"), tls.directive("ciphers"))));
        argument.toStay("bring the peer up to TLS 1.2 or 1.3", Risk.MEDIUM);
    }

    private static void looks(Matter matter, Argument argument) {
        matter.tcpPeer()
                .ifPresent(
                        peer -> {
                            for (String version : List.of("-tls1_2", "-tls1_3")) {
                                argument.next(
                                        "echo | "
                                                + Shell.command(
                                                        "openssl",
                                                        "s_client",
                                                        "-connect",
                                                        peer.toString(),
                                                        version),
                                        "shows whether the peer speaks this version");
                            }
                        });
    }
}
