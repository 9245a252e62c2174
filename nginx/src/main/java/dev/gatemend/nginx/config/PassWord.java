package dev.gatemend.nginx.config;

import dev.gatemend.model.PassKind;
import java.util.List;
import java.util.Optional;

/**
 * A directive that hands requests to an upstream of the http modules.
 *
 * @param defaultPort when the target names none; 0 where nginx insists on one
 */
record PassWord(PassKind kind, int defaultPort) {
    static final List<PassWord> ALL =
            List.of(
                    new PassWord(PassKind.PROXY, 80),
                    new PassWord(PassKind.FASTCGI, 0),
                    new PassWord(PassKind.UWSGI, 0),
                    new PassWord(PassKind.SCGI, 0),
                    new PassWord(PassKind.GRPC, 80),
                    new PassWord(PassKind.MEMCACHED, 0));

    static Optional<PassWord> of(String directive) {
        if (!directive.endsWith("_pass")) {
            return Optional.empty();
        }
        return ALL.stream().filter(pass -> pass.directive().equals(directive)).findFirst();
    }

    String directive() {
        return kind.directive();
    }
}
