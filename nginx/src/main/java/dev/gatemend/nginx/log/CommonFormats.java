package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import java.util.List;

/** Formats that many hosts have, under the names that people know them by. */
public final class CommonFormats {
    private static final String BEGINNING =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent";

    /** Of ingress-nginx, as its documentation has it (log-format-upstream). */
    public static final LogFormat INGRESS =
            format(
                    "ingress",
                    BEGINNING
                            + " \"$http_referer\" \"$http_user_agent\" $request_length"
                            + " $request_time [$proxy_upstream_name]"
                            + " [$proxy_alternative_upstream_name] $upstream_addr"
                            + " $upstream_response_length $upstream_response_time $upstream_status"
                            + " $req_id");

    /** The beginning of combined, with whatever somebody added behind it. */
    public static final LogFormat ANY = format("combined and more", BEGINNING + "$behind");

    private CommonFormats() {}

    /** Those that a line fits wholly or not at all. */
    public static List<LogFormat> exact() {
        return List.of(AccessLogFormat.COMBINED, INGRESS);
    }

    private static LogFormat format(String name, String text) {
        return new LogFormat(name, text, LogFormat.Escape.DEFAULT);
    }
}
