package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table behind {@link Trouble#of}: families of message ids, most special first. */
final class TroubleOfMessage {
    /** Of those below error nothing fails; an emergency ends a start or a reload, no request. */
    private static final Set<String> NO_REQUESTS =
            Set.of("debug", "info", "notice", "warn", "emerg");

    /**
     * The resolver's own talk with a name server; the request that failed for it has a line of its
     * own.
     */
    private static final String RESOLVING = "resolving";

    private record Family(String prefix, Trouble trouble) {}

    private static final List<Family> FAMILIES =
            List.of(
                    new Family("no-live-upstreams", Trouble.NO_PEERS),
                    new Family("no-resolver-defined", Trouble.RESOLVE),
                    new Family("upstream-name-could-not-be-resolved", Trouble.RESOLVE),
                    new Family("zone-could-not-resolve", Trouble.RESOLVE),
                    new Family("upstream-timed-out-connecting", Trouble.CONNECT),
                    new Family("upstream-timed-out-ssl", Trouble.TLS),
                    new Family("upstream-timed-out", Trouble.TIMEOUT),
                    new Family("upstream-prematurely-closed", Trouble.CLOSED),
                    new Family("upstream-socket-failed", Trouble.LOCAL),
                    new Family("upstream-bind-failed", Trouble.LOCAL),
                    new Family("upstream-ssl", Trouble.TLS),
                    new Family("upstream-sent", Trouble.BAD_RESPONSE),
                    new Family("upstream-invalid-", Trouble.BAD_RESPONSE),
                    new Family("upstream-duplicate-header-fatal", Trouble.BAD_RESPONSE),
                    new Family("upstream-cl-and-te", Trouble.BAD_RESPONSE),
                    new Family("upstream-unknown-transfer", Trouble.BAD_RESPONSE),
                    new Family("upstream-no-valid-http", Trouble.BAD_RESPONSE),
                    new Family("fastcgi-bad-", Trouble.BAD_RESPONSE),
                    new Family("grpc-too-large-frame", Trouble.BAD_RESPONSE),
                    new Family("recv-etimedout", Trouble.TIMEOUT),
                    new Family("recv-econn", Trouble.CLOSED),
                    new Family("readv-econn", Trouble.CLOSED),
                    new Family("connect-", Trouble.CONNECT),
                    new Family("ssl-", Trouble.TLS),
                    new Family("worker-connections-not-enough", Trouble.LOCAL),
                    new Family("too-many-open-files-accept", Trouble.LOCAL),
                    new Family("socket-number-over-files", Trouble.LOCAL),
                    new Family("temp-", Trouble.LOCAL),
                    new Family("cache-file-open-failed", Trouble.LOCAL),
                    new Family("malloc-failed", Trouble.LOCAL));

    private TroubleOfMessage() {}

    static Optional<Trouble> of(ErrorEntry entry) {
        if (entry.level().filter(NO_REQUESTS::contains).isPresent()) {
            return Optional.empty();
        }
        if (entry.phase().filter(RESOLVING::equals).isPresent()) {
            return Optional.empty();
        }
        if (entry.id().filter("fastcgi-stderr"::equals).isPresent()) {
            return ofStderr(entry);
        }
        if (isBrokenLater(entry)) {
            return Optional.of(Trouble.CLOSED);
        }
        Optional<Trouble> family = entry.id().flatMap(TroubleOfMessage::ofId);
        return family.isPresent() || !entry.aboutUpstream() ? family : ofPhase(entry);
    }

    /**
     * No connect(2) fails so: nginx asks for the socket's error once more before it sends the
     * request, and names that connect() too (ngx_http_upstream_test_connect).
     */
    private static boolean isBrokenLater(ErrorEntry entry) {
        return entry.errno().isPresent()
                && entry.errno().getAsInt() == Errno.EPIPE
                && entry.message().startsWith("connect() ");
    }

    /** nginx logs all of an application's stderr as errors; only fatal ones end the request. */
    private static Optional<Trouble> ofStderr(ErrorEntry entry) {
        return ApplicationWords.endsRequest(entry.message())
                ? Optional.of(Trouble.UPSTREAM_STATUS)
                : Optional.empty();
    }

    private static Optional<Trouble> ofId(String id) {
        return FAMILIES.stream()
                .filter(f -> id.startsWith(f.prefix()))
                .map(Family::trouble)
                .findFirst();
    }

    /**
     * Socket calls on an established connection fail because the peer ended it; other text is about
     * what it sent.
     */
    private static Optional<Trouble> ofPhase(ErrorEntry entry) {
        String phase = entry.phase().orElse("");
        if (phase.startsWith("connecting")) {
            return Optional.of(Trouble.CONNECT);
        }
        if (phase.startsWith("SSL handshaking")) {
            return Optional.of(Trouble.TLS);
        }
        if (entry.errno().isPresent()) {
            return Optional.of(
                    entry.errno().getAsInt() == Errno.ETIMEDOUT ? Trouble.TIMEOUT : Trouble.CLOSED);
        }
        boolean aboutAnswer = phase.contains("upstream") || entry.upstream().isPresent();
        return aboutAnswer ? Optional.of(Trouble.BAD_RESPONSE) : Optional.empty();
    }
}
