package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Location;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How one location talks to the peers of its pass: the names it sends, and TLS. */
record PassUse(Site site, Location location, Pass pass) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern AUTHORITY = Pattern.compile("^(?:\\w+://)?([^/]*)");

    /** It speaks HTTP/1, so that a {@code HEAD} is what a health check would send. */
    boolean http() {
        return pass.kind() == PassKind.PROXY;
    }

    /** It speaks uwsgi, in which {@code HEAD} is the same question. */
    boolean uwsgi() {
        return pass.kind() == PassKind.UWSGI && !pass.secure();
    }

    /** The {@code Host} it sends; the peer itself where only a request decides. */
    String hostHeader(Address peer) {
        String own =
                location.settings().all("proxy_set_header").stream()
                        .filter(s -> s.value().equalsIgnoreCase("Host") && s.arguments().size() > 1)
                        .map(s -> s.arguments().get(1))
                        .reduce((first, last) -> last)
                        .orElse("$proxy_host");
        return expand(own)
                .orElseGet(() -> peer instanceof Address.Tcp ? peer.toString() : "localhost");
    }

    /** Hosts that it could name as well: those of the site, the pass and the peer. */
    List<String> otherHosts(Address peer) {
        return Stream.of(siteName(), authority(), name(peer))
                .flatMap(Optional::stream)
                .map(PassUse::withoutPort)
                .filter(n -> !n.equals(withoutPort(hostHeader(peer))) && !isAddress(n))
                .distinct()
                .toList();
    }

    private static Optional<String> name(Address peer) {
        return peer instanceof Address.Tcp tcp ? Optional.of(tcp.host()) : Optional.empty();
    }

    Optional<ProbeTarget.Tls> tls() {
        boolean secure =
                pass.secure()
                        || (pass.kind() == PassKind.STREAM
                                && value("ssl").filter("on"::equals).isPresent());
        if (!secure) {
            return Optional.empty();
        }
        Optional<String> name =
                expand(value("ssl_name").orElse("$proxy_host")).map(PassUse::withoutPort);
        boolean sends = value("ssl_server_name").filter("on"::equals).isPresent();
        List<String> protocols =
                location.settings()
                        .get(pass.kind().directivePrefix() + "_ssl_protocols")
                        .map(Setting::arguments)
                        .orElse(List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"));
        // nginx sends no address as a server name (RFC 6066).
        Optional<String> usable = name.filter(n -> HOST.matcher(n).matches() && !isAddress(n));
        return Optional.of(
                new ProbeTarget.Tls(
                        usable.filter(_ -> sends),
                        usable,
                        protocols,
                        value("ssl_certificate").isPresent()));
    }

    private Optional<String> value(String suffix) {
        return location.settings().value(pass.kind().directivePrefix() + "_" + suffix);
    }

    /** A text without variables, or one of the variables that stand for a host. */
    private Optional<String> expand(String text) {
        return switch (text) {
            case "$host", "$http_host", "$server_name" -> siteName();
            case "$proxy_host", "$grpc_host" -> authority();
            default -> Optional.of(text).filter(t -> HOST.matcher(withoutPort(t)).matches());
        };
    }

    private Optional<String> siteName() {
        return site.names().stream()
                .filter(n -> HOST.matcher(n).matches() && !n.equals("_"))
                .map(n -> n.startsWith(".") ? n.substring(1) : n)
                .findFirst();
    }

    private Optional<String> authority() {
        Matcher matcher = AUTHORITY.matcher(pass.written());
        return matcher.find()
                ? Optional.of(matcher.group(1)).filter(a -> HOST.matcher(withoutPort(a)).matches())
                : Optional.empty();
    }

    private static String withoutPort(String text) {
        return text.replaceFirst(":\\d{1,5}$", "");
    }

    private static boolean isAddress(String name) {
        return new Address.Tcp(name, 0).isLiteral();
    }
}
