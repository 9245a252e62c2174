package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host name a message is about. */
public final class Names {
    /**
     * ngx_http_upstream.c: "no resolver defined to resolve %V", "%V could not be resolved (%i:
     * %s)".
     */
    private static final Pattern UNRESOLVED =
            Pattern.compile(
                    "no resolver defined to resolve (\\S{1,255})|(\\S{1,255}) could not be resolved \\(");

    /**
     * ngx_http_upstream_round_robin.c and ngx_http_upstream.c: {@code host not found in upstream
     * "app:80"}, with the URI where the pass has one.
     */
    private static final Pattern NOT_FOUND_AT_LOAD =
            Pattern.compile("host not found in upstream \"([^\":/]{1,255})[^\"]{0,1024}\"");

    private Names() {}

    /** The name nginx could not resolve at run time. */
    public static Optional<String> unresolved(ErrorGroup group) {
        Matcher matcher = UNRESOLVED.matcher(group.sample().message());
        return matcher.find()
                ? Optional.ofNullable(matcher.group(1))
                        .or(() -> Optional.ofNullable(matcher.group(2)))
                : Optional.empty();
    }

    /** The name nginx could not resolve when it read its configuration. */
    public static Optional<String> notFoundAtLoad(String message) {
        Matcher matcher = NOT_FOUND_AT_LOAD.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
