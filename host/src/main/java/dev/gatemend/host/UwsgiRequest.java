package dev.gatemend.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code HEAD /} in the uwsgi protocol: a header of four bytes with the length of the variables,
 * then each name and value behind its length, all little-endian (uWSGI's Protocol page). The answer
 * is one of HTTP.
 */
final class UwsgiRequest {
    /** The variables are those of WSGI. */
    private static final byte WSGI = 0;

    private UwsgiRequest() {}

    /** The bytes of the request. */
    static byte[] head(String host) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("REQUEST_METHOD", "HEAD");
        variables.put("REQUEST_URI", "/");
        variables.put("PATH_INFO", "/");
        variables.put("QUERY_STRING", "");
        variables.put("SERVER_PROTOCOL", "HTTP/1.1");
        variables.put("SERVER_NAME", host);
        variables.put("SERVER_PORT", "80");
        variables.put("HTTP_HOST", host);
        variables.put("HTTP_USER_AGENT", HttpHead.AGENT);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        variables.forEach(
                (name, value) -> {
                    text(body, name);
                    text(body, value);
                });
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(WSGI);
        length(request, body.size());
        request.write(0);
        request.writeBytes(body.toByteArray());
        return request.toByteArray();
    }

    private static void text(ByteArrayOutputStream into, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        length(into, bytes.length);
        into.writeBytes(bytes);
    }

    private static void length(ByteArrayOutputStream into, int length) {
        into.write(length & 0xff);
        into.write(length >> 8);
    }
}
