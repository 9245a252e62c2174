package dev.gatemend.model;

/**
 * The directive that hands a request over.
 *
 * @param kind which module
 * @param scheme {@code http}, {@code https}, {@code grpc}, {@code grpcs}, {@code uwsgi}, {@code
 *     suwsgi}; otherwise the kind's name
 * @param written the argument as it stands in the file
 * @param target what it names
 * @param position where it stands
 */
public record Pass(
        PassKind kind, String scheme, String written, PassTarget target, Position position) {
    /** True when nginx speaks TLS to the peer. */
    public boolean secure() {
        return scheme.equals("https") || scheme.equals("grpcs") || scheme.equals("suwsgi");
    }
}
