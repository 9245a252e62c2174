package dev.gatemend.host;

import dev.gatemend.model.PeerProbe;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A TLS handshake as nginx would make it: what server name it sends, which versions it offers. */
final class TlsProbe {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]{1,40})");

    /** The alerts of RFC 8446, section 6, by the names the JDK gives them. */
    private static final Map<String, Integer> ALERTS =
            Map.ofEntries(
                    Map.entry("close_notify", 0),
                    Map.entry("unexpected_message", 10),
                    Map.entry("bad_record_mac", 20),
                    Map.entry("record_overflow", 22),
                    Map.entry("handshake_failure", 40),
                    Map.entry("bad_certificate", 42),
                    Map.entry("unsupported_certificate", 43),
                    Map.entry("certificate_revoked", 44),
                    Map.entry("certificate_expired", 45),
                    Map.entry("certificate_unknown", 46),
                    Map.entry("illegal_parameter", 47),
                    Map.entry("unknown_ca", 48),
                    Map.entry("access_denied", 49),
                    Map.entry("decode_error", 50),
                    Map.entry("decrypt_error", 51),
                    Map.entry("protocol_version", 70),
                    Map.entry("insufficient_security", 71),
                    Map.entry("internal_error", 80),
                    Map.entry("inappropriate_fallback", 86),
                    Map.entry("missing_extension", 109),
                    Map.entry("unsupported_extension", 110),
                    Map.entry("unrecognized_name", 112),
                    Map.entry("bad_certificate_status_response", 113),
                    Map.entry("unknown_psk_identity", 115),
                    Map.entry("certificate_required", 116),
                    Map.entry("no_application_protocol", 120));

    /** In a session's values: the peer asked for a client certificate. */
    private static final String DEMANDED = "dev.gatemend.demanded";

    /** Older versions are switched off in today's Java, as in today's OpenSSL. */
    private static final List<String> SPOKEN = List.of("TLSv1.2", "TLSv1.3");

    private TlsProbe() {}

    /**
     * Shakes hands over an open connection.
     *
     * @throws SSLException when TLS did not come to be, with a message for people
     */
    static SSLSocket handshake(Socket socket, ProbeTarget.Tls tls, int limitMillis)
            throws IOException {
        Demand demand = new Demand();
        SSLSocket secure =
                (SSLSocket) context(demand).getSocketFactory().createSocket(socket, "", 0, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setServerNames(
                tls.sent()
                        .<List<SNIServerName>>map(n -> List.of(new SNIHostName(n)))
                        .orElse(List.of()));
        parameters.setProtocols(protocols(tls.protocols()));
        secure.setSSLParameters(parameters);
        secure.setSoTimeout(limitMillis);
        try {
            secure.startHandshake();
            if (demand.made()) {
                secure.getSession().putValue(DEMANDED, true);
            }
            return secure;
        } catch (SSLException e) {
            String text = translate(e, tls);
            throw new SSLException(
                    demand.made() ? text + " (" + PeerProbe.ASKS_FOR_CERTIFICATE + ")" : text, e);
        }
    }

    /**
     * Version and certificate, {@code TLSv1.3, certificate CN=api.example until 2027-01-31}, and
     * whether the peer asked for one.
     */
    static String describe(SSLSocket secure) {
        return secure.getSession().getValue(DEMANDED) == null
                ? shown(secure)
                : shown(secure) + ", " + PeerProbe.ASKS_FOR_CERTIFICATE;
    }

    private static String shown(SSLSocket secure) {
        String version = secure.getSession().getProtocol();
        try {
            Certificate[] chain = secure.getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? version + ", " + describe(certificate)
                    : version;
        } catch (SSLException e) {
            return version;
        }
    }

    private static String describe(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        return "certificate "
                + (subject.length() > 200 ? subject.substring(0, 200) : subject)
                + " until "
                + certificate.getNotAfter().toInstant().toString().substring(0, 10);
    }

    private static String translate(SSLException failure, ProbeTarget.Tls tls) {
        String message = String.valueOf(failure.getMessage());
        Matcher alert = ALERT.matcher(message);
        String text = message;
        if (alert.find()) {
            Integer number = ALERTS.get(alert.group(1));
            text =
                    "the peer sent TLS alert "
                            + (number == null ? "" : number + " ")
                            + alert.group(1);
        } else if (message.contains("Unsupported or unrecognized SSL message")) {
            text = "the peer does not speak TLS: it answered the handshake with something else";
        } else if (message.contains("terminated the handshake")) {
            text = "the peer closed the connection during the handshake";
        }
        return tls.clientCertificate()
                ? text + " (nginx would show a client certificate, this probe did not)"
                : text;
    }

    private static String[] protocols(List<String> configured) throws IOException {
        String[] both = SPOKEN.stream().filter(configured::contains).toArray(String[]::new);
        if (both.length == 0) {
            throw new IOException(
                    "cannot shake hands as nginx would: Java no longer speaks "
                            + String.join(", ", configured));
        }
        return both;
    }

    private static SSLContext context(Demand demand) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {demand},
                    new TrustManager[] {new TrustAll()},
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    /**
     * Has no certificate to show, and knows whether it was asked for one. Used by one thread, that
     * of the handshake.
     */
    private static final class Demand extends X509ExtendedKeyManager {
        private boolean made;

        boolean made() {
            return made;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            made = true;
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
            return null;
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
            return null;
        }
    }

    /**
     * The question is whether a handshake comes to be; whether nginx would accept the certificate
     * is in nginx's log. Nothing is sent over the connection that a certificate should protect.
     */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
