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
import java.util.List;
import java.util.Optional;

/** The peer serves several names over TLS, and nginx does not say which one it wants. */
public final class TlsSniMissing implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "tls-sni-missing",
                    Group.MISUNDERSTANDING,
                    Frequency.COMMON,
                    "The TLS peer needs a server name (SNI); none or a wrong one is sent",
                    """
                    proxy_ssl_server_name is off unless switched on, so nginx names no server in its handshake. Peers with many \
                    names (cloud front ends, ingresses, another nginx with ssl_reject_handshake) then do not know which \
                    certificate to show and end the handshake. A browser and curl send the name, so everything works past \
                    nginx. With an upstream block the name sent is that of the block unless proxy_ssl_name says another.""",
                    "Alert 40, 80 or 112, or a connection closed in the handshake; the same handshake succeeds with the name.",
                    List.of(),
                    List.of(
                            "proxy_ssl_verify off: the peer ends the handshake, not nginx",
                            "proxy_set_header Host: that is HTTP, and comes after the handshake"));

    private static final int HANDSHAKE_FAILURE = 40;
    private static final int INTERNAL_ERROR = 80;
    private static final int UNRECOGNIZED_NAME = 112;

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
     * 112 says it in so many words (RFC 6066, section 3). Front ends without a certificate to show
     * send 40, and some 80; the rest close without a word.
     */
    private static Optional<Strength> strength(TlsWith tls) {
        return switch (tls.alert()) {
            case UNRECOGNIZED_NAME -> Optional.of(DECISIVE);
            case HANDSHAKE_FAILURE, INTERNAL_ERROR -> Optional.of(MODERATE);
            default ->
                    tls.says("ssl-peer-closed-handshake") || tls.says("ssl-handshake-syscall")
                            ? Optional.of(WEAK)
                            : Optional.empty();
        };
    }

    private static Judgement judge(TlsWith tls, Strength strength) {
        return tls.succeeds(false) && strength != DECISIVE
                ? Judgement.ruledOut("a handshake without a server name succeeds")
                : argue(tls, strength);
    }

    private static Judgement argue(TlsWith tls, Strength strength) {
        boolean sent = tls.isOn("server_name");
        Argument argument =
                Argument.that("tls:" + tls.matter().peerText(), Excerpt.title(title(tls, sent)))
                        .because(strength, tls.sighting());
        weighSetting(tls, strength, sent, argument);
        Optional<PeerProbe> works = tls.handshake(true).filter(_ -> tls.succeeds(true));
        weighHandshakes(tls, works, argument);
        argument.explain(
                sent
                        ? "The name in the handshake is that of %s, by default the one in the pass; the peer has no certificate for it."
                                .formatted(tls.directive("name"))
                        : "%s is off unless it is switched on, so the peer has to guess whose certificate is meant."
                                .formatted(tls.directive("server_name")));
        remedies(tls, works.flatMap(PeerProbe::serverName), argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String title(TlsWith tls, boolean sent) {
        String peer = tls.matter().peer().isPresent() ? tls.matter().peerText() : "the peer";
        return sent
                ? peer + " does not know the server name that nginx sends"
                : tls.matter().pass().isPresent()
                        ? peer + " wants a server name (SNI), and nginx sends none"
                        : peer + " wants a server name (SNI) that nginx does not send";
    }

    private static void weighHandshakes(TlsWith tls, Optional<PeerProbe> works, Argument argument) {
        works.ifPresent(
                p ->
                        argument.because(
                                tls.fails(false) ? DECISIVE : MODERATE,
                                tls.matter()
                                        .scene()
                                        .sighting(
                                                p,
                                                "a handshake with the server name %s succeeds%s"
                                                        .formatted(
                                                                p.serverName().orElseThrow(),
                                                                tls.fails(false)
                                                                        ? ", and none without"
                                                                        : ""))));
        // The name in the pass may be the wrong one, so a failure with it does not exclude.
        tls.handshake(true)
                .filter(_ -> tls.fails(true))
                .ifPresent(
                        p ->
                                argument.against(
                                        MODERATE,
                                        tls.matter()
                                                .scene()
                                                .sighting(
                                                        p,
                                                        "a handshake with the server name %s fails as well"
                                                                .formatted(
                                                                        p.serverName()
                                                                                .orElseThrow()))));
    }

    private static void weighSetting(
            TlsWith tls, Strength strength, boolean sent, Argument argument) {
        String directive = tls.directive("server_name");
        if (tls.matter().pass().isEmpty()) {
            argument.missing("configuration", "whether " + directive + " is on");
        } else if (!sent) {
            // It is off in most configurations; it matters where the peer may serve many names.
            argument.because(
                    tls.isNamed() ? MODERATE : WEAK,
                    "configuration",
                    directive + " is off",
                    tls.place("server_name"));
        } else if (strength != DECISIVE) {
            argument.against(
                    STRONG, "configuration", directive + " is on", tls.place("server_name"));
        }
    }

    private static void remedies(TlsWith tls, Optional<String> works, Argument argument) {
        String name = works.orElse("NAME");
        argument.now(
                "send the name that the peer serves",
                Risk.LOW,
                Edit.of(
                        tls.matter(),
                        "beside the pass write %s on; and %s %s;"
                                .formatted(
                                        tls.directive("server_name"),
                                        tls.directive("name"),
                                        name)));
        argument.toStay(
                "write both wherever a pass with https leads to a host that others run", Risk.LOW);
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
                                                        peer.toString(),
                                                        "-servername",
                                                        name),
                                        "shows whether the handshake succeeds with the name"));
    }
}
