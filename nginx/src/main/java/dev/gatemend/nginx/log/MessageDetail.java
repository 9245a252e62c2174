package dev.gatemend.nginx.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What two entries of one message id may differ in so that they are not the same trouble: the name
 * that could not be resolved, and how bad what an application wrote on its standard error is.
 */
final class MessageDetail {
    /**
     * ngx_http_upstream.c, ngx_http_upstream_round_robin.c; names are at most 255 bytes (RFC 1035).
     */
    private static final Pattern NAME =
            Pattern.compile(
                    "to resolve (\\S{1,255})|(\\S{1,255}) could not be resolved|host not found in upstream \"([^\"]{1,261})\"");

    /** PHP's own levels, main/main.c, php_error_cb. */
    private static final Pattern PHP_LEVEL =
            Pattern.compile(
                    "PHP ((?:Core |Compile )?(?:Fatal error|Parse error|Recoverable fatal error|Error|Warning|Notice|Deprecated))\\b");

    private MessageDetail() {}

    /** The detail, or the empty string where the id says it all. */
    static String of(String id, String message) {
        if (id.equals("fastcgi-stderr")) {
            return found(PHP_LEVEL, message);
        }
        boolean named = id.contains("resolve") || id.contains("host-not-found");
        return named ? found(NAME, message) : "";
    }

    private static String found(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        if (!matcher.find()) {
            return "";
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return " " + matcher.group(group);
            }
        }
        return "";
    }
}
