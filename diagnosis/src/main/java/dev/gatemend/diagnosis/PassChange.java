package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Pass;
import dev.gatemend.model.ProcessState;
import java.util.Optional;

/** What to write in place of a pass whose protocol is not the peer's. */
public final class PassChange {
    private PassChange() {}

    /**
     * The edit in words.
     *
     * @param spoken what the peer speaks, as far as it is known
     */
    public static String words(Matter matter, Optional<Wire> wire, Optional<Spoken> spoken) {
        String where =
                wire.map(Wire::place)
                        .filter(p -> !p.isEmpty())
                        .map(p -> "in " + p + " ")
                        .orElse("");
        String address = matter.peer().map(Address::toString).orElse("ADDRESS");
        String change =
                spoken.map(s -> change(wire, s, address))
                        .orElse(
                                "write the pass of the protocol the peer speaks, or the right address");
        return where + change + wanted(matter, wire).map(w -> "; or " + w).orElse("");
    }

    private static String change(Optional<Wire> wire, Spoken spoken, String address) {
        return switch (spoken) {
            case HTTP -> "write: proxy_pass " + http(wire, "http", address) + ";";
            case TLS ->
                    wire.filter(w -> w.scheme().equals("grpc")).isPresent()
                            ? "write: grpc_pass grpcs://" + address + ";"
                            : "write: proxy_pass %s; proxy_ssl_server_name on;"
                                    .formatted(http(wire, "https", address));
            case HTTP2 ->
                    "write: grpc_pass grpc://" + address + "; (or the server's port for HTTP/1)";
            case FASTCGI ->
                    "write: fastcgi_pass %s; include fastcgi_params; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;"
                            .formatted(address);
            case UWSGI -> "write: uwsgi_pass " + address + "; include uwsgi_params;";
            case SCGI -> "write: scgi_pass " + address + "; include scgi_params;";
            case MEMCACHED -> "write: memcached_pass " + address + "; with $memcached_key set";
            case SSH, MYSQL, REDIS, MAIL_OR_FTP, POP3, IMAP, VNC, POSTGRES ->
                    "write the application's address: what listens on %s serves %s"
                            .formatted(address, spoken.title());
        };
    }

    /** The URL as written with another scheme, so that an upstream's name and a URI stay. */
    private static String http(Optional<Wire> wire, String scheme, String address) {
        return wire.flatMap(Wire::pass)
                .map(Pass::written)
                .filter(w -> w.startsWith("http://") || w.startsWith("https://"))
                .map(w -> scheme + w.substring(w.indexOf("://")))
                .orElseGet(
                        () ->
                                scheme
                                        + "://"
                                        + (address.startsWith("unix:") ? address + ":" : address));
    }

    /** Another listener of this host that speaks what the pass wants. */
    private static Optional<String> wanted(Matter matter, Optional<Wire> wire) {
        if (wire.filter(w -> w.scheme().equals("fastcgi")).isEmpty()) {
            return Optional.empty();
        }
        return matter.sockets().stream()
                .flatMap(t -> t.listeners().stream())
                .filter(l -> isFastcgi(matter, l))
                .map(Listener::address)
                .filter(a -> matter.peer().filter(a::equals).isEmpty())
                .findFirst()
                .map(a -> "fastcgi_pass %s; where FastCGI is spoken".formatted(a));
    }

    private static boolean isFastcgi(Matter matter, Listener listener) {
        Optional<ProcessState> owner = matter.scene().owner(listener);
        return owner.flatMap(Speech::spokenBy).filter(Spoken.FASTCGI::equals).isPresent();
    }
}
