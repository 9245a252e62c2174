package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
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
import dev.gatemend.diagnosis.TlsWith;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nginx does not accept the certificate of the peer. */
public final class TlsVerifyFailed implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "tls-verify-failed",
                    Group.MISUNDERSTANDING,
                    Frequency.RARE,
                    "proxy_ssl_verify is on, and the peer's certificate fails it: chain, depth, expiry or name",
                    """
                    With proxy_ssl_verify on, nginx checks the peer's certificate against proxy_ssl_trusted_certificate (and \
                    nothing else: the system's authorities do not count), its dates, the depth of its chain and the name of \
                    proxy_ssl_name, by default the one in the pass. A certificate that was renewed by another authority, has \
                    expired, or bears another name ends each handshake, and with it each request, in 502.""",
                    "nginx's own verdict in the error log: a verify code, or the name that does not match.",
                    List.of(),
                    List.of(
                            "raising time-outs: nginx itself ends the handshake",
                            "restarting the application: it goes on to show the same certificate"));

    private static final Pattern CODE =
            Pattern.compile("verify error: \\((\\d{1,3}):([^)]{1,120})\\)");
    private static final Pattern NAME = Pattern.compile("does not match \"([^\"]{1,253})\"");

    /** X509_V_ERR_ of x509_vfy.h: not yet valid, expired. */
    private static final List<Integer> DATES = List.of(9, 10);

    private static final int CHAIN_TOO_LONG = 22;

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return TlsWith.of(matter)
                .filter(
                        tls ->
                                tls.mentions("SSL certificate verify error")
                                        || tls.mentions("SSL certificate does not match"))
                .map(TlsVerifyFailed::argue)
                .orElse(Judgement.notConcerned());
    }

    private static Judgement argue(TlsWith tls) {
        Matter matter = tls.matter();
        Argument argument =
                Argument.that(
                                "tls:" + matter.peerText(),
                                Excerpt.title(
                                        "nginx rejects the certificate of %s: %s"
                                                .formatted(peer(matter), reason(tls))))
                        // It is nginx's own verdict.
                        .because(DECISIVE, tls.sighting());
        for (String directive : List.of("verify", "trusted_certificate", "name")) {
            tls.written(directive)
                    .ifPresent(
                            s ->
                                    argument.because(
                                            WEAK,
                                            "configuration",
                                            Excerpt.of(s.toString(), 80),
                                            s.position().map(Position::fileAndLine).orElse("")));
        }
        tls.success()
                .ifPresent(
                        p ->
                                argument.because(
                                        WEAK,
                                        matter.scene().sighting(p, "it shows " + TlsWith.text(p))));
        argument.explain(
                "nginx spoke TLS with %s and ended it when it had seen the certificate: %s."
                        .formatted(peer(matter), reason(tls)));
        argument.now(
                "look at the certificate",
                Risk.LOW,
                new Remedy.Step(look(matter), "dates, names and chain"));
        argument.toStay(change(tls), Risk.LOW, Edit.of(matter, words(tls)));
        argument.wontHelp(
                "%s off: whoever gets between may then answer in its place"
                        .formatted(tls.directive("verify")));
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String peer(Matter matter) {
        return matter.peer().isPresent() ? matter.peerText() : "the peer";
    }

    private static String reason(TlsWith tls) {
        Matcher code = CODE.matcher(tls.failed().sample().message());
        Matcher name = NAME.matcher(tls.failed().sample().message());
        if (code.find()) {
            return "%s (%s)".formatted(code.group(2), code.group(1));
        }
        return name.find() ? "it is not made out to " + name.group(1) : "it does not pass";
    }

    private static int code(TlsWith tls) {
        Matcher code = CODE.matcher(tls.failed().sample().message());
        return code.find() ? Integer.parseInt(code.group(1)) : 0;
    }

    private static String change(TlsWith tls) {
        if (tls.mentions("does not match")) {
            return "check the name that the certificate bears";
        }
        return DATES.contains(code(tls))
                ? "renew it at the peer before it expires, and watch its date"
                : "trust the authority that made it";
    }

    private static String words(TlsWith tls) {
        if (tls.mentions("does not match")) {
            return "write %s NAME; with a name of the certificate (and %s on;)"
                    .formatted(tls.directive("name"), tls.directive("server_name"));
        }
        if (code(tls) == CHAIN_TOO_LONG) {
            return "write %s 2; (or as many authorities as are between)"
                    .formatted(tls.directive("verify_depth"));
        }
        return DATES.contains(code(tls))
                ? "install the new certificate at the peer and have it reload; correct the clock of either host if the dates are right"
                : "write %s FILE; with the certificate of that authority, in-between ones too"
                        .formatted(tls.directive("trusted_certificate"));
    }

    private static String look(Matter matter) {
        String connect = matter.tcpPeer().map(Object::toString).orElse("HOST:PORT");
        return "echo | "
                + Shell.command("openssl", "s_client", "-connect", connect, "-showcerts")
                + " 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName";
    }
}
