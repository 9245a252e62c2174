package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Peer;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known of the TLS between nginx and a matter's peer: nginx's own words, the directives of
 * its pass, and handshakes that were tried.
 *
 * @param failed the entries that say how it failed
 */
public record TlsWith(Matter matter, ErrorGroup failed) {
    /**
     * As OpenSSL writes an alert that it received; the numbers are those of RFC 8446, section 6.
     */
    private static final Pattern NUMBER = Pattern.compile("SSL alert number (\\d{1,3})");

    /** The reasons OpenSSL writes before the number, for lines that were cut. */
    private static final Map<String, Integer> REASONS =
            Map.of(
                    "alert handshake failure", 40,
                    "alert bad certificate", 42,
                    "alert certificate expired", 45,
                    "alert certificate unknown", 46,
                    "alert unknown ca", 48,
                    "alert protocol version", 70,
                    "alert insufficient security", 71,
                    "alert internal error", 80,
                    "unrecognized name", 112,
                    "alert certificate required", 116);

    /** Empty when TLS is not the trouble. */
    public static Optional<TlsWith> of(Matter matter) {
        return matter.trouble() == Trouble.TLS
                ? Stream.concat(
                                matter.errors().stream().filter(g -> alert(g).isPresent()),
                                matter.errors().stream())
                        .findFirst()
                        .map(group -> new TlsWith(matter, group))
                : Optional.empty();
    }

    /** The alert that the peer sent; -1 when nginx tells of none. */
    public int alert() {
        return alert(failed).orElse(-1);
    }

    private static OptionalInt alert(ErrorGroup group) {
        String message = group.sample().message();
        Matcher number = NUMBER.matcher(message);
        return number.find()
                ? OptionalInt.of(Integer.parseInt(number.group(1)))
                : REASONS.entrySet().stream()
                        .filter(reason -> message.contains(reason.getKey()))
                        .mapToInt(Map.Entry::getValue)
                        .findFirst();
    }

    public boolean says(String id) {
        return failed.id().startsWith(id);
    }

    public boolean mentions(String words) {
        return failed.sample().message().contains(words);
    }

    public Sighting sighting() {
        return matter.logged(failed);
    }

    /** A directive of the pass in effect, by its name behind {@code proxy_ssl_}. */
    public Optional<Setting> setting(String name) {
        return matter.setting(directive(name));
    }

    /** The same, only if somebody wrote it. */
    public Optional<Setting> written(String name) {
        return setting(name).filter(s -> !s.isDefault());
    }

    /** {@code proxy_ssl_verify}, {@code grpc_ssl_verify}. */
    public String directive(String name) {
        return Wire.of(matter).map(Wire::kind).orElse(PassKind.PROXY).directivePrefix()
                + "_ssl_"
                + name;
    }

    /** Written, and not {@code off} or empty. */
    public boolean isOn(String name) {
        return setting(name)
                .filter(s -> !s.value().isEmpty() && !s.value().equals("off"))
                .isPresent();
    }

    /** {@code file:line} of a directive, else of the pass, else the empty string. */
    public String place(String name) {
        return setting(name)
                .flatMap(Setting::position)
                .or(() -> matter.pass().map(p -> p.position()))
                .map(Position::fileAndLine)
                .orElse("");
    }

    /** The pass leads to a host by its name, as to a cloud's front end, not to an address. */
    public boolean isNamed() {
        return matter.upstreams()
                .flatMap(u -> u.peers().stream())
                .map(Peer::address)
                .anyMatch(a -> a instanceof Address.Tcp tcp && !tcp.isLiteral());
    }

    /** Handshakes that were tried with the peer, in the order made. */
    public List<PeerProbe> handshakes() {
        return matter.peer().stream()
                .flatMap(matter.scene()::probes)
                .filter(p -> p.kind() == PeerProbe.Kind.TLS)
                .toList();
    }

    /**
     * The first handshake that was tried without a server name, or with one.
     *
     * @param named whether a name was sent
     */
    public Optional<PeerProbe> handshake(boolean named) {
        return handshakes().stream().filter(p -> p.serverName().isPresent() == named).findFirst();
    }

    /** A handshake that came to be. */
    public Optional<PeerProbe> success() {
        return handshakes().stream().filter(TlsWith::isDone).findFirst();
    }

    /** Such a handshake was tried and came to be. */
    public boolean succeeds(boolean named) {
        return handshake(named).filter(TlsWith::isDone).isPresent();
    }

    /** Such a handshake was tried and did not come to be. */
    public boolean fails(boolean named) {
        return handshake(named).filter(p -> !isDone(p)).isPresent();
    }

    private static boolean isDone(PeerProbe probe) {
        return probe.outcome() instanceof ProbeOutcome.Connected;
    }

    /** The handshake in which the peer asked for a client certificate. */
    public Optional<PeerProbe> demand() {
        return handshakes().stream()
                .filter(p -> text(p).contains(PeerProbe.ASKS_FOR_CERTIFICATE))
                .findFirst();
    }

    /** What a handshake showed, in words. */
    public static String text(PeerProbe probe) {
        return switch (probe.outcome()) {
            case ProbeOutcome.Connected connected -> connected.detail();
            case ProbeOutcome.TlsFailed failed -> failed.text();
            default -> "no handshake";
        };
    }
}
