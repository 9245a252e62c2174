package dev.gatemend.nginx.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The normalised path that nginx matches locations with: without query, percent signs decoded,
 * slashes merged, dots resolved (ngx_http_parse_complex_uri).
 */
final class RequestPath {
    /** More of a URL decides nothing: no location is written that long. */
    private static final int LONGEST = 4096;

    private RequestPath() {}

    static String of(String uri) {
        String path = withoutQuery(uri.length() > LONGEST ? uri.substring(0, LONGEST) : uri);
        if (!path.startsWith("/")) {
            path = absoluteForm(path);
        }
        if (isPlain(path)) {
            return path;
        }
        return resolved(decoded(path));
    }

    private static String withoutQuery(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '?' || uri.charAt(i) == '#') {
                return uri.substring(0, i);
            }
        }
        return uri;
    }

    /** {@code http://host/path}, as a client of a forward proxy asks. */
    private static String absoluteForm(String uri) {
        int scheme = uri.indexOf("://");
        int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    private static boolean isPlain(String path) {
        return path.indexOf('%') < 0 && !path.contains("//") && !path.contains("/.");
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String resolved(String path) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < path.length()) {
            int end = path.indexOf('/', at + 1);
            String segment = path.substring(at, end < 0 ? path.length() : end);
            boolean last = end < 0;
            switch (segment) {
                case "/" -> result.append(last ? "/" : "");
                case "/." -> result.append(last ? "/" : "");
                case "/.." -> {
                    result.setLength(Math.max(0, result.lastIndexOf("/")));
                    result.append(last ? "/" : "");
                }
                default -> result.append(segment);
            }
            at = last ? path.length() : end;
        }
        return result.isEmpty() ? "/" : result.toString();
    }
}
