package dev.gatemend.host.given;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message of nginx that stands in the middle of somebody's sentence. */
final class Mention {
    /** How nginx's messages about upstreams begin, or the head of an entry. */
    private static final Pattern BEGINNING =
            Pattern.compile(
                    "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[\\w+]|\\[(?:error|crit|emerg|alert)] \\d+#\\d+"
                            + "|connect\\(\\) (?:to \\S+ )?failed|(?:recv|send|writev|readv|sendfile)\\(\\) failed"
                            + "|SSL_(?:do_handshake|read|write|connect)\\(\\) failed"
                            + "|upstream (?:timed out|prematurely closed|sent |SSL certificate|server temporarily)"
                            + "|no live upstreams|no resolver defined|host not found in upstream"
                            + "|(?:an )?upstream response is buffered|client intended to send too large"
                            + "|\\d+ worker_connections are not enough|FastCGI sent in stderr"
                            + "|(?<!\\S)\\S{1,255} could not be resolved \\(");

    private static final Pattern QUOTE_BEHIND = Pattern.compile("^[\"'`*«(]");

    /** Clauses that a sentence may have behind what it quotes. */
    private static final int MOST_TRIED = 16;

    private Mention() {}

    /** The entry, without what the sentence has around it. */
    static Optional<ErrorEntry> in(String line) {
        Matcher matcher = BEGINNING.matcher(line);
        return matcher.find()
                ? known(line.substring(matcher.start()), before(line, matcher))
                : Optional.empty();
    }

    private static String before(String line, Matcher matcher) {
        return matcher.start() == 0 ? "" : line.substring(matcher.start() - 1, matcher.start());
    }

    private static Optional<ErrorEntry> known(String rest, String before) {
        boolean quoted = QUOTE_BEHIND.matcher(before).find();
        int end = quoted ? rest.indexOf(before.equals("(") ? ")" : before, 1) : -1;
        String inside = end > 0 ? rest.substring(0, end) : rest;
        // The sentence goes on behind what it quotes, so that less and less of it is tried.
        String tried = inside;
        for (int i = 0; i < MOST_TRIED && !tried.isEmpty(); i++, tried = shorter(tried)) {
            Optional<ErrorEntry> entry =
                    ErrorLogGrammar.parse(tried).filter(e -> e.id().isPresent());
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /** Up to the comma, semicolon, dash or full stop before. */
    private static String shorter(String text) {
        for (int i = text.length() - 1; i > 0; i--) {
            if (",;.:-".indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i).stripTrailing();
            }
        }
        return "";
    }
}
