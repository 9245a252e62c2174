package dev.gatemend.nginx.config;

import dev.gatemend.model.Address;
import dev.gatemend.model.PassKind;
import java.util.Locale;
import java.util.Optional;

/**
 * The target of a pass taken apart as nginx's modules do.
 *
 * @param scheme {@code http}, {@code grpcs}, {@code suwsgi} ...; the kind's name where none is
 *     written
 * @param authority host and port as written, {@code unix:/path}; what {@code upstream} names are
 *     compared with
 * @param defaultPort of the scheme; 0 where nginx insists on a written one
 */
record PassUrl(String scheme, String authority, int defaultPort) {
    /** Empty where nginx says "invalid URL prefix". */
    static Optional<PassUrl> parse(PassKind kind, String url) {
        int separator = url.indexOf("://");
        String scheme = separator < 0 ? "" : url.substring(0, separator).toLowerCase(Locale.ROOT);
        String rest = separator < 0 ? url : url.substring(separator + 3);
        return switch (kind) {
            case PROXY ->
                    switch (scheme) {
                        case "http" -> Optional.of(new PassUrl("http", authority(rest), 80));
                        case "https" -> Optional.of(new PassUrl("https", authority(rest), 443));
                        default -> Optional.empty();
                    };
            case GRPC ->
                    scheme.equals("grpcs")
                            ? Optional.of(new PassUrl("grpcs", authority(rest), 443))
                            : Optional.of(new PassUrl("grpc", authority(rest), 80));
            case UWSGI ->
                    Optional.of(
                            new PassUrl(
                                    scheme.equals("suwsgi") ? "suwsgi" : "uwsgi",
                                    authority(rest),
                                    0));
            case FASTCGI, SCGI, MEMCACHED, STREAM ->
                    Optional.of(new PassUrl(kind.toString(), authority(url), 0));
        };
    }

    /**
     * The address, when the authority is one; empty for a name without a port where one is needed.
     */
    Optional<Address> address() {
        if (authority.indexOf('$') >= 0) {
            return Optional.empty();
        }
        return Address.parse(authority, defaultPort);
    }

    private static String authority(String rest) {
        if (rest.startsWith("unix:")) {
            int colon = rest.indexOf(':', 5);
            return colon < 0 ? rest : rest.substring(0, colon);
        }
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        return rest.substring(0, end);
    }
}
