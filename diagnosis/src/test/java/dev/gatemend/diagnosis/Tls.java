package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;

import dev.gatemend.model.Address;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Setting;
import java.time.Duration;
import java.util.Optional;

/** Failed handshakes of nginx, and handshakes that were tried since. */
public final class Tls {
    public static final String PEER = "203.0.113.9:443";

    private Tls() {}

    /** nginx's pass to {@link #PEER} by https, and what OpenSSL said. */
    public static MatterBuilder failed(String reason, Setting... settings) {
        return line("SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::" + reason + ")")
                .seen(Written.pass("https", PEER, settings), "configuration", "nginx.conf");
    }

    /** A line of the error log alone; of the configuration nothing is known. */
    public static MatterBuilder line(String message) {
        return new MatterBuilder()
                .trouble(Trouble.TLS)
                .peer(PEER)
                .logged("ssl-handshake-any", message, 0, "SSL handshaking to upstream");
    }

    public static PeerProbe handshake(String serverName, String detail) {
        return probe(serverName, new ProbeOutcome.Connected(detail));
    }

    public static PeerProbe refusal(String serverName, String text) {
        return probe(serverName, new ProbeOutcome.TlsFailed(text));
    }

    private static PeerProbe probe(String serverName, ProbeOutcome outcome) {
        return new PeerProbe(
                Address.parse(PEER, 443).orElseThrow(),
                NETWORK,
                PeerProbe.Kind.TLS,
                outcome,
                Duration.ofMillis(20),
                Optional.of(serverName).filter(n -> !n.isEmpty()));
    }
}
