package dev.gatemend.nginx.log;

import dev.gatemend.model.ErrorEntry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of nginx's error log: the text of one entry becomes an {@link ErrorEntry}. Never
 * throws for any text; takes time linear in its length. Facts: ngx_log_error_core,
 * ngx_http_log_error_handler and ngx_stream_log_error of nginx 1.18 to 1.31.
 */
public final class ErrorLogGrammar {
    /** NGX_MAX_ERROR_STR is 2,048 with the newline; a line this long has lost its end. */
    static final int LONGEST_ENTRY = 2_047;

    private static final Pattern FILE_CALL = Pattern.compile("[\\w ]{1,40}(?:\\(\\) )?\"(?=/)");

    private ErrorLogGrammar() {}

    /**
     * Reads one entry, whatever a collector wrote before it.
     *
     * @param text a line, or several joined by newlines when the entry has them
     * @return empty when it is no line of nginx's error log. A line without any head is one when
     *     its message is in the catalogue or it has nginx's context fields
     */
    public static Optional<ErrorEntry> parse(String text) {
        return parse(text, 0);
    }

    /** The same with the number of continuation lines that the text holds. */
    static Optional<ErrorEntry> parse(String text, int continuation) {
        String entry = withoutEnd(LinePrefix.strip(text));
        ErrorHead head = ErrorHead.of(entry);
        if (entry.isEmpty() || (!head.present() && isJson(entry))) {
            return Optional.empty();
        }
        boolean shortened = entry.endsWith("…") || entry.endsWith("...");
        String whole =
                shortened
                        ? entry.substring(0, entry.length() - (entry.endsWith("…") ? 1 : 3))
                        : entry;
        ErrorEntry parsed = entry(head, whole, continuation, shortened);
        boolean recognised =
                head.present() || parsed.id().isPresent() || parsed.client().isPresent();
        return recognised ? Optional.of(parsed) : Optional.empty();
    }

    /**
     * An access line ends its request with a quote and a status; it never has an error's fields.
     */
    private static boolean isJson(String text) {
        return text.startsWith("{");
    }

    private static ErrorEntry entry(
            ErrorHead head, String text, int continuation, boolean shortened) {
        int start = head.end();
        ErrorContext context = ErrorContext.of(text, start);
        boolean toTheEnd = context.start() == text.length();
        ErrorMessage message = ErrorMessage.of(text.substring(start, context.start()), toTheEnd);
        boolean cut = shortened || context.cut() || message.cut() || isFull(text);
        boolean mixed = isMixed(message.whole());
        boolean upstreamNamed = context.upstream().isPresent();
        MessageClassifier.Line line =
                new MessageClassifier.Line(
                        message,
                        head.level(),
                        protocol(context),
                        upstreamNamed,
                        context.client().isPresent());
        Optional<MessageClassifier.Match> match = MessageClassifier.instance().classify(line);
        Optional<KnownMessage> known = match.map(MessageClassifier.Match::known);

        return new ErrorEntry(
                known.map(KnownMessage::id),
                !mixed && aboutUpstream(known, line),
                head.level(),
                head.time(),
                head.pid(),
                head.connection(),
                message.whole(),
                message.errno(),
                mixed ? Optional.empty() : message.phase(),
                context.client(),
                context.server(),
                context.request(),
                context.subrequest(),
                context.upstream(),
                context.host(),
                context.referrer(),
                continuation,
                cut || match.map(MessageClassifier.Match::cut).orElse(false));
    }

    /**
     * nginx writes the path of a file as the client sent it, decoded: with a newline or a quote in
     * it, whatever stands behind may be the client's words, an upstream's failure for one. What
     * FastCGI applications say spans lines, too, and is told by its beginning.
     */
    private static boolean isMixed(String message) {
        Matcher path = FILE_CALL.matcher(message);
        return path.lookingAt()
                && (message.indexOf('\n') >= 0
                        || message.indexOf('"', message.indexOf('"', path.end()) + 1) >= 0);
    }

    private static boolean aboutUpstream(
            Optional<KnownMessage> known, MessageClassifier.Line line) {
        if (line.at("debug")) {
            return false;
        }
        boolean phase = line.phase().map(Phase::concernsUpstream).orElse(false);
        boolean clientSide = known.isEmpty() && line.at("info");
        boolean byNature =
                known.map(KnownMessage::scope)
                        .map(
                                scope ->
                                        scope == KnownMessage.Scope.UPSTREAM
                                                || scope == KnownMessage.Scope.SOCKET)
                        .orElse(false);
        return byNature || ((line.upstreamNamed() || phase) && !clientSide);
    }

    /** The pass behind a line, by the scheme nginx wrote; empty when no peer is named. */
    private static Optional<String> protocol(ErrorContext context) {
        if (context.stream()) {
            return Optional.of("stream");
        }
        if (context.upstream().isEmpty()) {
            return Optional.empty();
        }
        String scheme = UpstreamText.scheme(context.upstream().get()).orElse("");
        return Optional.of(
                switch (scheme) {
                    case "http", "https" -> "proxy";
                    case "grpcs" -> "grpc";
                    case "suwsgi" -> "uwsgi";
                    case "" -> context.request().isPresent() ? "tunnel" : "stream";
                    default -> scheme;
                });
    }

    private static boolean isFull(String text) {
        return text.length() >= LONGEST_ENTRY / 4
                && text.getBytes(StandardCharsets.UTF_8).length >= LONGEST_ENTRY;
    }

    private static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
