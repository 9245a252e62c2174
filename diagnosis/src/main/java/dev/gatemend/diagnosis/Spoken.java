package dev.gatemend.diagnosis;

import java.util.Optional;
import java.util.regex.Pattern;

/** A protocol, told by the first bytes a server sends. The list is in order of how sure it is. */
public enum Spoken {
    /**
     * RFC 9112: {@code HTTP/1.1 200 OK}; some servers begin an error page without a status line.
     */
    HTTP("HTTP/1", "^(HTTP/\\d|<!DOCTYPE|<html)"),
    /** RFC 8446, 5.1: a record of type alert (21) or handshake (22), then version 3.x. */
    TLS("TLS", "^[\\x15\\x16]\\x03"),
    /** RFC 4253, 4.2. */
    SSH("SSH", "^SSH-"),
    /** RFC 9113, 6.5: the first frame of a server is SETTINGS (type 4) of stream 0. */
    HTTP2("HTTP/2", "^\\x00[\\x00-\\xff]{2}\\x04[\\x00\\x01]\\x00{4}"),
    /** FastCGI specification, 3.3: version 1 and the types STDOUT, STDERR and END_REQUEST. */
    FASTCGI("FastCGI", "^\\x01[\\x03\\x06\\x07]\\x00"),
    /** RFC 3875, 6: an answer by CGI header fields, as SCGI and uwsgi applications give. */
    SCGI("SCGI", "^Status: ?\\d{3}"),
    /** A packet of sequence 0 with protocol version 10, or an error packet in its place. */
    MYSQL("MySQL's protocol", "^[\\x00-\\xff]{2}\\x00\\x00[\\x0a\\xff]"),
    REDIS("Redis' protocol", "^-(ERR|NOAUTH|DENIED|MISCONF|LOADING) "),
    MEMCACHED("memcached's protocol", "^(ERROR|CLIENT_ERROR .*)\\r\\n"),
    /** RFC 5321 and RFC 959 greet alike. */
    MAIL_OR_FTP("SMTP or FTP", "^220[ -]"),
    POP3("POP3", "^\\+OK"),
    IMAP("IMAP", "^\\* (OK|PREAUTH|BYE)"),
    VNC("VNC", "^RFB \\d{3}"),
    UWSGI("uwsgi", "(?!)"),
    POSTGRES("PostgreSQL's protocol", "(?!)");

    private static final int LONGEST = 512;

    private final String title;
    private final Pattern begins;

    Spoken(String title, String begins) {
        this.title = title;
        this.begins = Pattern.compile(begins, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    }

    /** As it is called in a sentence. */
    public String title() {
        return title;
    }

    /**
     * The protocol that begins with these bytes.
     *
     * @param bytes one character a byte (ISO 8859-1); only the first 512 are looked at
     */
    public static Optional<Spoken> by(String bytes) {
        String first = bytes.substring(0, Math.min(bytes.length(), LONGEST));
        for (Spoken spoken : values()) {
            if (spoken.begins.matcher(first).find()) {
                return Optional.of(spoken);
            }
        }
        return Optional.empty();
    }

    /**
     * A server that speaks TLS may tell a plain HTTP client so in plain HTTP: nginx, Apache httpd
     * and Go's net/http each have a sentence for it.
     */
    public static boolean asksForTls(String bytes) {
        return bytes.contains("plain HTTP request was sent to HTTPS port")
                || bytes.contains("speaking plain HTTP to an SSL-enabled server port")
                || bytes.contains("Client sent an HTTP request to an HTTPS server");
    }
}
