package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProbeOutcome;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.UrlAnswer;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Asks for a URL once, with {@code GET}: of the nginx of this host that listens on its port where
 * there is one, whatever the name resolves to, else of where the name points.
 */
record UrlRequest(Look look, URI url) {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    void run() {
        String host = Optional.ofNullable(url.getHost()).orElse("");
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (host.isEmpty() || !Set.of("http", "https").contains(scheme)) {
            look.couldNotLook("not a URL with http:// or https:// and a host: " + url);
            return;
        }
        int port = url.getPort() > 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        try {
            ask(host, address(host, port), scheme.equals("https"));
        } catch (IOException | RuntimeException e) {
            look.couldNotLook(url + ": " + e.getMessage());
        }
    }

    private void ask(String host, Address.Tcp address, boolean secure) throws IOException {
        long started = System.nanoTime();
        ProbeOutcome outcome;
        try (PeerConnection connection = PeerConnection.open(address, Path.of(""), CONNECT)) {
            outcome = secure ? overTls(connection, host) : plain(connection, host);
        } catch (PeerConnection.TimedOut e) {
            outcome = new ProbeOutcome.ConnectTimedOut(CONNECT);
        } catch (SSLException e) {
            outcome = new ProbeOutcome.TlsFailed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            int errno = Errno.in(String.valueOf(e.getMessage()));
            if (errno == 0) {
                throw e;
            }
            outcome = new ProbeOutcome.ConnectFailed(errno, String.valueOf(e.getMessage()));
        }
        look.add(
                new UrlAnswer(
                        url.toString(),
                        address,
                        outcome,
                        HttpHead.header(outcome, "Server"),
                        Duration.ofNanos(System.nanoTime() - started)),
                "curl -i --connect-to ::" + address + " " + url);
    }

    private ProbeOutcome plain(PeerConnection connection, String host) throws IOException {
        connection.write(request(host), PATIENCE);
        return HttpHead.answer((into, from) -> connection.read(into, from, PATIENCE), PATIENCE);
    }

    private ProbeOutcome overTls(PeerConnection connection, String host) throws IOException {
        boolean literal = new Address.Tcp(host, 0).isLiteral();
        ProbeTarget.Tls tls =
                literal ? ProbeTarget.Tls.PLAIN : ProbeTarget.Tls.PLAIN.sending(IDN.toASCII(host));
        SSLSocket secure = TlsProbe.handshake(connection.socket(), tls, (int) PATIENCE.toMillis());
        secure.getOutputStream().write(request(host));
        return HttpHead.answer(HttpHead.of(secure.getInputStream()), PATIENCE);
    }

    private byte[] request(String host) {
        String path = Optional.ofNullable(url.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
        String query = Optional.ofNullable(url.getRawQuery()).map(q -> "?" + q).orElse("");
        String name = url.getPort() > 0 ? host + ":" + url.getPort() : host;
        return HttpHead.request("GET", path + query, name);
    }

    /** Where our nginx listens on that port; else what the name resolves to. */
    private Address.Tcp address(String host, int port) throws IOException {
        Optional<Address.Tcp> own = listening(port);
        if (own.isPresent()) {
            return own.get();
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Address.Tcp(InetAddress.getByName(bare).getHostAddress(), port);
    }

    private Optional<Address.Tcp> listening(int port) {
        Set<Integer> nginx = new HashSet<>();
        Set<Long> networks = new HashSet<>();
        long ours = NamespaceIds.of(look.host(), "self", "net");
        for (NginxMaster master : look.facts(NginxMaster.class).toList()) {
            if (master.namespaces().network() == ours) {
                nginx.add(master.pid());
                nginx.addAll(master.workers());
                networks.add(ours);
            }
        }
        List<Address.Tcp> addresses =
                look.facts(SocketTable.class)
                        .filter(t -> networks.contains(t.networkNamespace()))
                        .flatMap(t -> t.listeners().stream())
                        .filter(l -> l.pids().stream().anyMatch(nginx::contains))
                        .map(Listener::address)
                        .filter(Address.Tcp.class::isInstance)
                        .map(Address.Tcp.class::cast)
                        .filter(a -> a.port() == port)
                        .toList();
        return addresses.stream()
                .map(UrlRequest::reachable)
                .sorted((a, b) -> Boolean.compare(a.isIpv6(), b.isIpv6()))
                .findFirst();
    }

    private static Address.Tcp reachable(Address.Tcp address) {
        return address.isWildcard()
                ? new Address.Tcp(address.isIpv6() ? "::1" : "127.0.0.1", address.port())
                : address;
    }
}
