package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nginx speaks to a peer: told by the pass that leads there, else by the scheme nginx wrote
 * before the address in its log.
 *
 * @param scheme {@code http}, {@code https}, {@code grpc}, {@code grpcs}, {@code fastcgi}, {@code
 *     uwsgi}, {@code suwsgi}, {@code scgi}, {@code memcached}
 * @param pass where it is written, if the configuration is at hand
 */
public record Wire(String scheme, Optional<Pass> pass) {
    private static final Pattern SCHEME =
            Pattern.compile("(https?|grpcs?|fastcgi|s?uwsgi|scgi|memcached)://");

    /** Empty when neither configuration nor log tells, and for the stream module. */
    public static Optional<Wire> of(Matter matter) {
        Optional<String> logged =
                matter.errors().stream().flatMap(group -> scheme(group).stream()).findFirst();
        Optional<Pass> pass =
                matter.locations()
                        .flatMap(l -> l.pass().stream())
                        .filter(p -> p.kind() != PassKind.STREAM)
                        .filter(p -> logged.filter(s -> !s.equals(p.scheme())).isEmpty())
                        .findFirst();
        // The log shows what the running nginx did; the files may be newer.
        return logged.or(() -> pass.map(Pass::scheme)).map(scheme -> new Wire(scheme, pass));
    }

    private static Optional<String> scheme(ErrorGroup group) {
        return group.sample()
                .upstream()
                .map(SCHEME::matcher)
                .filter(Matcher::lookingAt)
                .map(matcher -> matcher.group(1));
    }

    /** The module that speaks it. */
    public PassKind kind() {
        return switch (scheme) {
            case "grpc", "grpcs" -> PassKind.GRPC;
            case "fastcgi" -> PassKind.FASTCGI;
            case "uwsgi", "suwsgi" -> PassKind.UWSGI;
            case "scgi" -> PassKind.SCGI;
            case "memcached" -> PassKind.MEMCACHED;
            default -> PassKind.PROXY;
        };
    }

    /** nginx begins with a TLS handshake. */
    public boolean secure() {
        return scheme.equals("https") || scheme.equals("grpcs") || scheme.equals("suwsgi");
    }

    /** {@code file:line} of the pass, or the empty string. */
    public String place() {
        return pass.map(p -> p.position().fileAndLine()).orElse("");
    }
}
