package dev.gatemend.host;

import dev.gatemend.host.ProbeTarget.Wish;
import dev.gatemend.model.Address;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.PeerProbe.Kind;
import dev.gatemend.model.ProbeOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Probes one peer from inside the network of its nginx. It sends what a health check would: a
 * connect, a handshake, a {@code HEAD /}.
 */
final class Probing {
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration FIRST_BYTE = Duration.ofSeconds(3);
    private static final Duration GREETING = Duration.ofMillis(300);

    private final Look look;
    private final ProbeTarget target;
    private final long deadlineNanos;

    /**
     * @param deadlineNanos of {@link System#nanoTime()}: nothing waits longer
     */
    Probing(Look look, ProbeTarget target, long deadlineNanos) {
        this.look = look;
        this.target = target;
        this.deadlineNanos = deadlineNanos;
    }

    /** Probes; what it cannot find out it says. */
    void run() {
        try {
            if (!connects()) {
                return;
            }
            boolean spoken = target.tls().isPresent() && tls(target.tls().orElseThrow());
            if (target.tls().isEmpty() && target.wishes().contains(Wish.TLS)) {
                tls(ProbeTarget.Tls.PLAIN);
            }
            if (target.wishes().contains(Wish.BANNER)) {
                banner();
            }
            if (target.wishes().contains(Wish.HTTP)) {
                http(spoken ? target.tls() : Optional.empty());
            } else if (target.wishes().contains(Wish.UWSGI)) {
                uwsgi();
            }
        } catch (IOException | RuntimeException e) {
            look.couldNotLook(target.address() + ": " + e.getMessage());
        }
    }

    private boolean connects() throws IOException {
        long started = System.nanoTime();
        try (PeerConnection _ = open()) {
            add(Kind.CONNECT, new ProbeOutcome.Connected("connected"), started, Optional.empty());
            return true;
        } catch (PeerConnection.TimedOut e) {
            add(Kind.CONNECT, new ProbeOutcome.ConnectTimedOut(CONNECT), started, Optional.empty());
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            int errno = Errno.in(message);
            if (errno == 0) {
                throw e;
            }
            ProbeOutcome failed = new ProbeOutcome.ConnectFailed(errno, message);
            add(Kind.CONNECT, failed, started, Optional.empty());
        }
        return false;
    }

    /** Shakes hands as nginx would; with a server name too when it fails without. */
    private boolean tls(ProbeTarget.Tls tls) throws IOException {
        boolean spoken = handshake(tls);
        if (!spoken && tls.sent().isEmpty() && tls.known().isPresent()) {
            handshake(tls.sending(tls.known().orElseThrow()));
        }
        return spoken;
    }

    private boolean handshake(ProbeTarget.Tls tls) throws IOException {
        if (target.address() instanceof Address.Unix) {
            look.couldNotLook("no TLS handshake over " + target.address() + " is made");
            return false;
        }
        long started = System.nanoTime();
        Duration patience = patience(CONNECT.multipliedBy(2));
        try (PeerConnection connection = open();
                SSLSocket secure =
                        TlsProbe.handshake(connection.socket(), tls, (int) patience.toMillis())) {
            String detail = TlsProbe.describe(secure);
            add(Kind.TLS, new ProbeOutcome.Connected(detail), started, tls.sent());
            return true;
        } catch (SSLException e) {
            String text = String.valueOf(e.getMessage());
            add(Kind.TLS, new ProbeOutcome.TlsFailed(text), started, tls.sent());
        } catch (IOException e) {
            add(Kind.TLS, HttpHead.ofFailure(e, patience), started, tls.sent());
        }
        return false;
    }

    private void banner() throws IOException {
        long started = System.nanoTime();
        try (PeerConnection connection = open()) {
            ProbeOutcome outcome = HttpHead.greeting(plain(connection, GREETING), GREETING);
            add(Kind.BANNER, outcome, started, Optional.empty());
        }
    }

    /** As nginx asks; and for other hosts where that is refused, as name-based servers do. */
    private void http(Optional<ProbeTarget.Tls> tls) throws IOException {
        if (isRefusal(http(tls, Kind.HTTP, target.hostHeader()))) {
            for (String host : target.otherHosts()) {
                http(tls, Kind.OTHER_HOST, host);
            }
        }
    }

    private static boolean isRefusal(ProbeOutcome outcome) {
        return outcome instanceof ProbeOutcome.Closed
                || (outcome instanceof ProbeOutcome.Answered answered && answered.status() >= 400);
    }

    private ProbeOutcome http(Optional<ProbeTarget.Tls> tls, Kind kind, String host)
            throws IOException {
        byte[] request = HttpHead.request("HEAD", "/", host);
        long started = System.nanoTime();
        Duration patience = patience(FIRST_BYTE);
        try (PeerConnection connection = open()) {
            ProbeOutcome outcome;
            if (tls.isPresent()) {
                SSLSocket secure =
                        TlsProbe.handshake(
                                connection.socket(), tls.get(), (int) patience.toMillis());
                secure.getOutputStream().write(request);
                outcome = HttpHead.answer(HttpHead.of(secure.getInputStream()), patience);
            } else {
                outcome = ask(connection, request, patience);
            }
            boolean other = kind == Kind.OTHER_HOST;
            add(
                    kind,
                    outcome,
                    started,
                    other ? Optional.of(host) : tls.flatMap(ProbeTarget.Tls::sent));
            return outcome;
        }
    }

    private void uwsgi() throws IOException {
        long started = System.nanoTime();
        Duration patience = patience(FIRST_BYTE);
        try (PeerConnection connection = open()) {
            ProbeOutcome outcome = ask(connection, UwsgiRequest.head("localhost"), patience);
            add(Kind.HTTP, outcome, started, Optional.empty());
        }
    }

    private static ProbeOutcome ask(PeerConnection connection, byte[] request, Duration patience)
            throws IOException {
        try {
            connection.write(request, patience);
        } catch (IOException e) {
            return HttpHead.ofFailure(e, patience);
        }
        return HttpHead.answer(plain(connection, patience), patience);
    }

    private static HttpHead.Reader plain(PeerConnection connection, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return (into, from) ->
                connection.read(into, from, Duration.ofNanos(end - System.nanoTime()));
    }

    private PeerConnection open() throws IOException {
        return PeerConnection.open(target.address(), file(), CONNECT);
    }

    /** A unix socket as nginx's worker finds it; by its plain name where the two views are one. */
    private Path file() {
        if (!(target.address() instanceof Address.Unix unix)) {
            return Path.of("");
        }
        Optional<NginxMaster> master = target.from();
        long own = NamespaceIds.of(look.host(), "self", "mnt");
        boolean shared = master.map(m -> m.namespaces().mount() == own && own != 0).orElse(true);
        int pid = master.map(m -> m.workers().stream().findFirst().orElse(m.pid())).orElse(0);
        return shared ? Path.of(unix.path()) : look.host().seenBy(pid, unix.path());
    }

    private Duration patience(Duration most) {
        Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
        return left.compareTo(most) < 0 ? left.isPositive() ? left : Duration.ofMillis(1) : most;
    }

    private void add(
            Kind kind, ProbeOutcome outcome, long startedNanos, Optional<String> serverName) {
        look.add(
                new PeerProbe(
                        target.address(),
                        target.networkNamespace(),
                        kind,
                        outcome,
                        Duration.ofNanos(System.nanoTime() - startedNanos),
                        serverName),
                shown(kind));
    }

    private String shown(Kind kind) {
        String address = target.address().toString();
        String socket =
                target.address() instanceof Address.Unix unix
                        ? "--unix-socket " + unix.path() + " http://localhost/"
                        : "http://" + address + "/";
        return switch (kind) {
            case CONNECT, BANNER ->
                    target.address() instanceof Address.Tcp tcp
                            ? "nc -vz " + tcp.host() + " " + tcp.port()
                            : "nc -vzU " + ((Address.Unix) target.address()).path();
            case TLS -> "openssl s_client -connect " + address;
            case OTHER_HOST -> "curl -I -H 'Host: NAME' " + socket;
            case HTTP ->
                    target.wishes().contains(Wish.UWSGI)
                            ? "uwsgi_curl " + address + " /"
                            : "curl -I " + socket;
        };
    }
}
