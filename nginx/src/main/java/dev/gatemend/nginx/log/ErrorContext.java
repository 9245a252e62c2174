package dev.gatemend.nginx.log;

import java.util.List;
import java.util.Optional;

/**
 * The fields behind a message. nginx writes them in a fixed order and escapes nothing:
 *
 * <pre>
 * , client: C, server: S, request: "R", subrequest: "U", upstream: "X", host: "H", referrer: "F"
 * </pre>
 *
 * <p>A client chooses R, H and F, mostly U, and the URI within X, and so can write text that looks
 * like any field. What can be told apart, and why:
 *
 * <ul>
 *   <li><b>Where R ends.</b> nginx takes a request line only when {@code HTTP/d.d} is its last
 *       word: in every version, a blank followed by {@code H} inside the URI must begin the
 *       protocol, and after the protocol only blanks may follow (ngx_http_parse_request_line). So R
 *       ends at the first quote that follows {@code HTTP/d.d} and is followed by a field or by the
 *       end, and nothing forged within R can be in front of that. Without a protocol it is
 *       HTTP/0.9, or a line that was refused; the latter is read to its last quote, for its action
 *       says that no header and no peer can follow. What stays open: releases before 1.21.1 took
 *       blanks in an HTTP/2 path, and an {@code error_page 400} that leads to a proxied location.
 *   <li><b>Where X begins.</b> Directly behind R or U. X begins with a scheme and peer that nginx
 *       chose; what is forged in its URI comes later and cannot reach the peer. A {@code upstream:}
 *       inside F or H stands behind the real one, or behind {@code host:}, and is never looked at.
 *   <li><b>Where U ends.</b> U is the decoded URI for slices and background cache updates, so a
 *       request with an encoded quote can put {@code ", upstream: "} there. When R holds {@code
 *       %22} and more than one such text follows, it cannot be told: no upstream is reported.
 *   <li><b>H and F</b> are only cut at the next field; they are the client's word anyway.
 *   <li><b>Where the context begins.</b> At {@code , client: ADDRESS, server: }. When the message
 *       holds no quote, it holds no text of a client, and the first such place is the real one.
 *       When it does ({@code open() "/var/www/..."}, FastCGI's stderr), a forged one can come first
 *       as well as last, and with two of them nothing can be told: the fields are left empty and
 *       the entry keeps its message.
 *   <li><b>Whole lines</b>: a path with an encoded newline, or an application's stderr, puts a line
 *       of the client's choice at the beginning of a line of the log. {@link ErrorLogReader}
 *       swallows it when the entry around it is still open; a client who also closes that entry
 *       well cannot be told from nginx by the text alone. Nothing may be done to a host on the word
 *       of a log only.
 * </ul>
 *
 * @param start index of the context in the text; its length when there is none
 * @param stream the line ends with the byte counts of the stream module
 * @param cut the text ends within a field or a field's name
 */
record ErrorContext(
        int start,
        Optional<String> client,
        Optional<String> server,
        Optional<String> request,
        Optional<String> subrequest,
        Optional<String> upstream,
        Optional<String> host,
        Optional<String> referrer,
        boolean stream,
        boolean cut) {
    private static final String CLIENT = ", client: ";
    private static final String UDP_CLIENT = ", udp client: ";
    private static final String SERVER = ", server: ";
    private static final String REQUEST = ", request: \"";
    private static final String SUBREQUEST = ", subrequest: \"";
    private static final String UPSTREAM = ", upstream: \"";
    private static final String HOST = ", host: \"";
    private static final String REFERRER = ", referrer: \"";
    private static final String BYTES = ", bytes from/to client:";
    private static final String RESOLVING = " while resolving, resolver: ";
    private static final List<String> AFTER_SERVER = List.of(REQUEST, UPSTREAM, HOST, BYTES);
    private static final List<String> AFTER_REQUEST = List.of(SUBREQUEST, UPSTREAM, HOST, REFERRER);
    private static final List<String> AFTER_SUBREQUEST = List.of(UPSTREAM, HOST, REFERRER);
    private static final List<String> AFTER_UPSTREAM = List.of(HOST, REFERRER, BYTES);
    private static final List<String> AFTER_HOST = List.of(REFERRER);
    private static final String PROTOCOL = " HTTP/";

    /** An address is at most an IPv6 one with a zone. */
    private static final int LONGEST_ADDRESS = 64;

    /** Context of an entry whose message begins at the given index. */
    static ErrorContext of(String text, int messageStart) {
        int first = clientAt(text, messageStart);
        int resolving = text.indexOf(RESOLVING, messageStart);
        if (resolving >= 0 && (first < 0 || resolving < first)) {
            return without(resolving + " while resolving".length(), false);
        }
        if (first < 0) {
            return without(text.length(), false);
        }
        int quote = text.indexOf('"', messageStart);
        boolean holdsText = quote >= 0 && quote < first;
        if (holdsText && clientAt(text, first + 1) >= 0) {
            return without(first, false);
        }
        return new Reader(text, first, precedesRequest(text, messageStart, first)).read();
    }

    private static ErrorContext without(int start, boolean cut) {
        return new ErrorContext(
                start,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                cut);
    }

    private static boolean precedesRequest(String text, int from, int to) {
        int at = text.lastIndexOf(" while ", to);
        return at >= from && Phase.precedesRequest(text.substring(at + 7, to));
    }

    /** Next {@code , client: } with an address and a server behind it, or the end. */
    static int clientAt(String text, int from) {
        int at = text.indexOf(" client: ", from);
        while (at >= 0) {
            int start = text.startsWith(", udp", at - 5) ? at - 5 : at - 1;
            if (start >= from && text.charAt(start) == ',' && isClient(text, at + 9)) {
                return start;
            }
            at = text.indexOf(" client: ", at + 1);
        }
        return -1;
    }

    private static boolean isClient(String text, int from) {
        int end = addressEnd(text, from);
        if (end < 0) {
            return false;
        }
        String behind = text.substring(end, Math.min(text.length(), end + SERVER.length()));
        return behind.equals(SERVER)
                || (end + behind.length() == text.length() && SERVER.startsWith(behind));
    }

    private static int addressEnd(String text, int from) {
        if (text.startsWith("unix:", from)) {
            int comma = text.indexOf(',', from);
            return comma < 0 ? text.length() : comma;
        }
        int i = from;
        while (i < text.length() && isAddressCharacter(text.charAt(i))) {
            i++;
        }
        return i - from > LONGEST_ADDRESS || (i == from && i < text.length()) ? -1 : i;
    }

    private static boolean isAddressCharacter(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'f')
                || (c >= 'A' && c <= 'F')
                || c == '.'
                || c == ':'
                || c == '%';
    }

    /** True when one of the fields, or a cut beginning of one at the end, stands at the index. */
    private static boolean startsField(String text, int at, List<String> fields) {
        for (String field : fields) {
            if (text.startsWith(field, at) || endsIn(text, at, field)) {
                return true;
            }
        }
        return at >= text.length();
    }

    private static boolean endsIn(String text, int at, String field) {
        int left = text.length() - at;
        return left < field.length() && field.regionMatches(0, text, at, left);
    }

    private static final class Reader {
        private final String text;
        private final int start;
        private final boolean precedesRequest;
        private int at;
        private boolean cut;
        private boolean doubtful;

        Reader(String text, int start, boolean precedesRequest) {
            this.text = text;
            this.start = start;
            this.precedesRequest = precedesRequest;
        }

        ErrorContext read() {
            at = start + (text.startsWith(UDP_CLIENT, start) ? UDP_CLIENT : CLIENT).length();
            int end = addressEnd(text, at);
            Optional<String> client =
                    end > at ? Optional.of(text.substring(at, end)) : Optional.empty();
            at = end;
            Optional<String> server = server();
            Optional<String> request = request();
            Optional<String> subrequest = quoted(SUBREQUEST, AFTER_SUBREQUEST);
            doubtful |=
                    subrequest.isPresent()
                            && request.orElse("").contains("%22")
                            && repeated(UPSTREAM);
            Optional<String> upstream = quoted(UPSTREAM, AFTER_UPSTREAM);
            boolean stream = text.startsWith(BYTES, at);
            Optional<String> host = quoted(HOST, AFTER_HOST);
            Optional<String> referrer = quoted(REFERRER, List.of());
            cut |= !stream && at < text.length();
            return new ErrorContext(
                    start,
                    client,
                    server,
                    request,
                    subrequest,
                    doubtful || precedesRequest ? Optional.empty() : upstream,
                    host,
                    referrer,
                    stream,
                    cut);
        }

        private Optional<String> server() {
            if (!text.startsWith(SERVER, at)) {
                cut = true;
                at = text.length();
                return Optional.empty();
            }
            int from = at + SERVER.length();
            int end = from;
            while (end < text.length() && !startsField(text, end, AFTER_SERVER)) {
                int comma = text.indexOf(',', end + 1);
                end = comma < 0 ? text.length() : comma;
            }
            at = end;
            return end > from ? Optional.of(text.substring(from, end)) : Optional.empty();
        }

        private Optional<String> request() {
            if (!text.startsWith(REQUEST, at)) {
                return Optional.empty();
            }
            int from = at + REQUEST.length();
            return value(from, precedesRequest ? refusedEnd(from) : requestEnd(from));
        }

        /**
         * A refused request line is raw; with valid ones (the headers were refused) the protocol
         * ends it.
         */
        private int refusedEnd(int from) {
            int end = protocolEnd(from);
            return end >= 0
                    ? end
                    : text.endsWith("\"") && text.length() > from ? text.length() - 1 : -1;
        }

        private int requestEnd(int from) {
            int end = protocolEnd(from);
            if (end >= 0) {
                return end;
            }
            doubtful = repeated(UPSTREAM);
            return quoteBefore(from, AFTER_REQUEST);
        }

        private int protocolEnd(int from) {
            int p = text.indexOf(PROTOCOL, from);
            while (p >= 0) {
                int i = p + PROTOCOL.length();
                while (i < text.length()
                        && (Character.isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
                    i++;
                }
                while (i < text.length() && text.charAt(i) == ' ') {
                    i++;
                }
                if (i < text.length()
                        && text.charAt(i) == '"'
                        && startsField(text, i + 1, AFTER_REQUEST)) {
                    return i;
                }
                p = text.indexOf(PROTOCOL, p + 1);
            }
            return -1;
        }

        private boolean repeated(String field) {
            int first = text.indexOf(field, at);
            return first >= 0 && text.indexOf(field, first + 1) >= 0;
        }

        private Optional<String> quoted(String field, List<String> next) {
            if (!text.startsWith(field, at)) {
                return Optional.empty();
            }
            int from = at + field.length();
            return value(from, next.isEmpty() ? lastQuote(from) : quoteBefore(from, next));
        }

        private int lastQuote(int from) {
            return text.length() > from && text.endsWith("\"") ? text.length() - 1 : -1;
        }

        private int quoteBefore(int from, List<String> next) {
            int end = text.indexOf('"', from);
            while (end >= 0 && !startsField(text, end + 1, next)) {
                end = text.indexOf('"', end + 1);
            }
            return end;
        }

        private Optional<String> value(int from, int end) {
            cut |= end < 0;
            int to = end < 0 ? text.length() : end;
            at = end < 0 ? text.length() : end + 1;
            return Optional.of(text.substring(from, to));
        }
    }
}
