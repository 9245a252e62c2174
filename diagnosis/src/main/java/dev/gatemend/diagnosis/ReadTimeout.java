package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.Position;
import dev.gatemend.model.Setting;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The time-out of nginx that ended a request.
 *
 * @param directive of the module in use, {@code proxy_read_timeout}
 * @param value in effect, {@code 60s}
 * @param where {@code file:line}; empty for nginx's default or where no configuration was seen
 * @param place the location it belongs to, {@code location / (file:line)}; empty when unknown
 * @param stranger a time-out of another module that is set at the same place and does nothing there
 */
public record ReadTimeout(
        String directive,
        String value,
        Optional<String> where,
        Optional<String> place,
        Optional<Setting> stranger) {
    /** ngx_http_proxy_module and its siblings; ngx_stream_proxy_module has 10m. */
    private static final String DEFAULT = "60s";

    private static final String STREAM_DEFAULT = "10m";

    public static ReadTimeout of(Matter matter) {
        PassKind kind = kind(matter);
        boolean sending =
                matter.message("upstream-timed-out-sending").isPresent() && kind != PassKind.STREAM;
        String directive =
                kind == PassKind.STREAM
                        ? "proxy_timeout"
                        : kind.directivePrefix() + (sending ? "_send_timeout" : "_read_timeout");
        Optional<Setting> setting = matter.setting(directive);
        return new ReadTimeout(
                directive,
                setting.map(Setting::value)
                        .orElse(kind == PassKind.STREAM ? STREAM_DEFAULT : DEFAULT),
                setting.flatMap(Setting::position).map(Position::fileAndLine),
                matter.location().map(ReadTimeout::place),
                stranger(matter, kind));
    }

    private static String place(Location location) {
        String written = location.match().written();
        return "location %s (%s)".formatted(written, location.position().fileAndLine());
    }

    /** Of the pass, else of the scheme that nginx writes before the peer's address. */
    private static PassKind kind(Matter matter) {
        return matter.pass()
                .map(Pass::kind)
                .or(
                        () ->
                                matter.errors().stream()
                                        .findFirst()
                                        .map(ErrorGroup::sample)
                                        .flatMap(e -> e.upstream())
                                        .flatMap(ReadTimeout::ofScheme))
                .orElse(PassKind.PROXY);
    }

    private static Optional<PassKind> ofScheme(String upstream) {
        int end = upstream.indexOf("://");
        String scheme = end > 0 ? upstream.substring(0, end) : "";
        String plain =
                switch (scheme) {
                    case "http", "https" -> "proxy";
                    case "grpcs" -> "grpc";
                    case "suwsgi" -> "uwsgi";
                    default -> scheme;
                };
        return Arrays.stream(PassKind.values())
                .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(plain))
                .findFirst();
    }

    private static Optional<Setting> stranger(Matter matter, PassKind kind) {
        return matter.location().stream()
                .flatMap(
                        l ->
                                Arrays.stream(PassKind.values())
                                        .filter(
                                                k ->
                                                        !k.directivePrefix()
                                                                .equals(kind.directivePrefix()))
                                        .flatMap(
                                                k ->
                                                        l
                                                                .settings()
                                                                .get(
                                                                        k.directivePrefix()
                                                                                + "_read_timeout")
                                                                .stream()))
                .filter(s -> !s.isDefault())
                .findFirst();
    }

    /** {@code proxy_read_timeout 60s (nginx's default)} or with file and line. */
    public String inEffect() {
        return "%s %s (%s)".formatted(directive, value, where.orElse("nginx's default"));
    }
}
