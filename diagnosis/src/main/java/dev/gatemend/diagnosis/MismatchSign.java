package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nginx's message says of a peer that speaks another protocol. nginx prints the first byte or
 * the first three as a number, which only makes sense when read as text.
 *
 * @param spoken what the bytes are, where they tell
 * @param strength how surely it is a mismatch and not a broken answer
 * @param translation the number in words
 */
public record MismatchSign(Optional<Spoken> spoken, Strength strength, String translation) {
    private static final Pattern FASTCGI_VERSION =
            Pattern.compile("unsupported FastCGI protocol version: (\\d{1,3})");
    private static final Pattern FRAME = Pattern.compile("too large http2 frame: (\\d{1,10})");
    private static final Pattern MEMCACHED =
            Pattern.compile("memcached sent invalid response: \"(.{0,200})", Pattern.DOTALL);
    private static final Pattern FRAGMENT =
            Pattern.compile("invalid header: \"(.{0,200})", Pattern.DOTALL);

    /** Reasons of OpenSSL for a first record that is none. */
    private static final Pattern NO_TLS =
            Pattern.compile(
                    "wrong version number|unknown protocol|packet length too long|https? request|https proxy request");

    /** The sign in a group's message, if there is one. */
    public static Optional<MismatchSign> of(ErrorGroup group) {
        String message = group.sample().message();
        return match(FASTCGI_VERSION, message)
                .map(number -> fastcgi(Integer.parseInt(number)))
                .or(() -> match(FRAME, message).flatMap(n -> frame(Long.parseLong(n))))
                .or(() -> match(MEMCACHED, message).map(MismatchSign::memcached))
                .or(() -> tls(group, message))
                .or(() -> fragment(group, message))
                .or(() -> byId(group));
    }

    private static Optional<String> match(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The first byte of an answer; FastCGI begins with 1. */
    private static MismatchSign fastcgi(int version) {
        return switch (version) {
            case 'H' -> sure(Spoken.HTTP, "72 is the letter H, as in HTTP/1.1");
            case 'S' ->
                    new MismatchSign(
                            Optional.empty(),
                            Strength.DECISIVE,
                            "83 is the letter S, as in 'Status:' of SCGI or 'SSH-'");
            case 21, 22 -> sure(Spoken.TLS, version + " is the type of a TLS record");
            case '-' -> sure(Spoken.REDIS, "45 is '-', with which Redis begins an error");
            case '<' -> sure(Spoken.HTTP, "60 is '<', as of an HTML page");
            case '2' -> sure(Spoken.MAIL_OR_FTP, "50 is '2', as in the greeting 220");
            default ->
                    new MismatchSign(
                            Optional.empty(),
                            Strength.STRONG,
                            printable(version)
                                    ? "%d is the character '%c': text, where FastCGI begins with the byte 1"
                                            .formatted(version, version)
                                    : "FastCGI begins with the byte 1, not " + version);
        };
    }

    /**
     * The length field of a frame header is its first three bytes (RFC 9113, 4.1), so the first
     * three letters of a text turn into a number.
     */
    private static Optional<MismatchSign> frame(long length) {
        if (length > 0xff_ffff) {
            return Optional.empty();
        }
        byte[] bytes = {(byte) (length >> 16), (byte) (length >> 8), (byte) length};
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.equals("HTT")) {
            return Optional.of(
                    sure(Spoken.HTTP, length + " is the text 'HTT' of HTTP/1.1 read as a length"));
        }
        if (text.startsWith("\u0015\u0003") || text.startsWith("\u0016\u0003")) {
            return Optional.of(sure(Spoken.TLS, length + " is the head of a TLS record"));
        }
        return text.chars().allMatch(MismatchSign::printable)
                ? Optional.of(
                        new MismatchSign(
                                Spoken.by(text),
                                Strength.DECISIVE,
                                "%d is the text '%s' read as a length".formatted(length, text)))
                : Optional.empty();
    }

    private static boolean printable(int character) {
        return character >= ' ' && character < 0x7f;
    }

    private static MismatchSign memcached(String answer) {
        return new MismatchSign(
                Spoken.by(answer),
                Spoken.by(answer).isPresent() ? Strength.DECISIVE : Strength.MODERATE,
                "memcached answers VALUE or END");
    }

    private static Optional<MismatchSign> tls(ErrorGroup group, String message) {
        boolean handshake =
                group.id().startsWith("ssl-handshake") || message.startsWith("SSL_do_handshake()");
        if (handshake && NO_TLS.matcher(message).find()) {
            // A TLS server sends such a first record only when it is broken itself.
            return Optional.of(
                    new MismatchSign(
                            Optional.empty(),
                            Strength.DECISIVE,
                            "the peer's first bytes are no TLS record: it speaks something else, mostly plain HTTP"));
        }
        return group.id().equals("upstream-prematurely-sent-response")
                ? Optional.of(
                        new MismatchSign(
                                Optional.empty(),
                                Strength.STRONG,
                                "the peer talked before the TLS handshake, as servers do that greet first (SSH, SMTP, databases)"))
                : Optional.empty();
    }

    /** The uwsgi and scgi modules take the first line of anything for a header. */
    private static Optional<MismatchSign> fragment(ErrorGroup group, String message) {
        boolean first = group.id().endsWith("-uwsgi") || group.id().endsWith("-scgi");
        return match(FRAGMENT, message)
                .filter(_ -> first)
                .flatMap(Spoken::by)
                .map(spoken -> sure(spoken, "that is how " + spoken.title() + " begins"));
    }

    private static Optional<MismatchSign> byId(ErrorGroup group) {
        // An HTTP server hardly ever leaves its status line out; other protocols always do.
        return group.id().equals("upstream-no-valid-http-header")
                ? Optional.of(
                        new MismatchSign(
                                Optional.empty(),
                                Strength.STRONG,
                                "the peer's answer does not begin with an HTTP status line"))
                : Optional.empty();
    }

    private static MismatchSign sure(Spoken spoken, String translation) {
        return new MismatchSign(Optional.of(spoken), Strength.DECISIVE, translation);
    }
}
