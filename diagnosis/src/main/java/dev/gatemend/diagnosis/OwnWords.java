package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * nginx's own reasons for an error status, written where no upstream had a part in it: {@code
 * limit_req}, {@code limit_conn} and {@code auth_request} answer without passing the request on
 * (ngx_http_limit_req_module.c, ngx_http_limit_conn_module.c, ngx_http_auth_request_module.c); a
 * {@code proxy_pass} whose variables come to no URL leads nowhere (ngx_http_proxy_module.c).
 */
final class OwnWords {
    /** The directive that sets the status of such an answer; none where it is always 500. */
    private static final Map<String, String> STATUS_DIRECTIVES =
            Map.of(
                    "limit-req", "limit_req_status",
                    "limit-conn", "limit_conn_status",
                    "auth-request-unexpected-status", "",
                    "invalid-url-prefix-runtime", "",
                    "internal-redirect-cycle", "",
                    "rewrite-cycle", "");

    private static final String LIMITED = "503";

    private OwnWords() {}

    /** What was logged of requests like these; the location is where they were served, if known. */
    static List<ErrorGroup> of(Scene scene, AccessGroup access, Optional<Location> location) {
        return scene.errors(access.nginx())
                .filter(g -> STATUS_DIRECTIVES.containsKey(g.id()))
                .filter(g -> !g.sample().message().contains("dry run"))
                .filter(g -> agree(g.site(), access.site()))
                .filter(g -> agree(g.location(), access.location()))
                .filter(g -> access.status() == status(g, location))
                .toList();
    }

    private static boolean agree(Optional<String> one, Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private static int status(ErrorGroup group, Optional<Location> location) {
        String directive = STATUS_DIRECTIVES.getOrDefault(group.id(), "");
        if (directive.isEmpty()) {
            return 500;
        }
        String status = location.flatMap(l -> l.settings().value(directive)).orElse(LIMITED);
        return status.matches("[45]\\d\\d") ? Integer.parseInt(status) : 503;
    }
}
