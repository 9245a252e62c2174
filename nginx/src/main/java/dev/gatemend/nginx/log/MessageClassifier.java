package dev.gatemend.nginx.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the catalogue's id of a message. Texts of several ids are told apart by errno, action,
 * protocol and level, in this order of weight: right protocol, same action, same errno, same level;
 * the earlier in the catalogue wins a tie. Safe for any thread.
 */
final class MessageClassifier {
    private static final MessageClassifier INSTANCE =
            new MessageClassifier(MessageCatalogue.instance());

    /**
     * Most lines of a log say one of a few things: what was found for a message is kept for the
     * next.
     */
    private static final int MOST_REMEMBERED = 1_024;

    private static final int LONGEST_REMEMBERED = 200;

    private final Map<Line, Optional<Match>> remembered = new ConcurrentHashMap<>();

    private final MessageIndex<Pattern> index = new MessageIndex<>();

    private MessageClassifier(MessageCatalogue catalogue) {
        int order = 0;
        for (KnownMessage message : catalogue.messages()) {
            Pattern pattern = Pattern.of(message, order++);
            index.add(pattern.core.beginning(), pattern);
        }
    }

    static MessageClassifier instance() {
        return INSTANCE;
    }

    /** What a line says beside its message. */
    record Line(
            ErrorMessage message,
            Optional<String> level,
            Optional<String> protocol,
            boolean upstreamNamed,
            boolean hasContext) {
        boolean at(String name) {
            return level.isPresent() && level.get().equals(name);
        }

        Optional<String> phase() {
            return message.phase();
        }
    }

    /**
     * A message and how it was found.
     *
     * @param cut only its beginning was there
     */
    record Match(KnownMessage known, boolean cut) {}

    /** The best fitting message; empty when none fits. */
    Optional<Match> classify(Line line) {
        if (line.at("debug")) {
            return Optional.empty();
        }
        if (line.message().whole().length() > LONGEST_REMEMBERED) {
            return search(line);
        }
        Optional<Match> known = remembered.get(line);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        Optional<Match> found = search(line);
        remembered.put(line, found);
        return found;
    }

    private Optional<Match> search(Line line) {
        String core = line.message().core();
        List<Pattern> candidates = index.candidates(core);
        Optional<Match> found =
                best(candidates, line, false).or(() -> best(index.withoutBeginning(), line, false));
        if (found.isPresent() || line.hasContext()) {
            return found;
        }
        // without context fields behind it the message may have lost its end
        candidates.addAll(index.completions(core));
        return best(candidates, line, true);
    }

    private static Optional<Match> best(List<Pattern> candidates, Line line, boolean cut) {
        int best = 0;
        int order = Integer.MAX_VALUE;
        Optional<Match> found = Optional.empty();
        for (Pattern pattern : candidates) {
            int score = pattern.score(line, cut);
            if (score > best || (score == best && score > 0 && pattern.order < order)) {
                best = score;
                order = pattern.order;
                found = Optional.of(new Match(pattern.known, cut));
            }
        }
        return found;
    }

    private record Pattern(
            KnownMessage known,
            int order,
            MessageTemplate core,
            Optional<MessageTemplate> ssl,
            OptionalInt code,
            Optional<String> phase) {
        static Pattern of(KnownMessage known, int order) {
            ErrorContext context = ErrorContext.of(known.message(), 0);
            ErrorMessage message =
                    ErrorMessage.of(known.message().substring(0, context.start()), false);
            return new Pattern(
                    known,
                    order,
                    MessageTemplate.of(message.core()),
                    message.ssl()
                            .filter(ssl -> !ssl.equals("%s"))
                            .map(ssl -> MessageTemplate.of("%s" + ssl + "%s")),
                    message.code(),
                    message.phase());
        }

        /** How well the line fits; 0 when it does not. */
        int score(Line line, boolean cut) {
            ErrorMessage message = line.message();
            boolean plain =
                    cut
                            ? core.beginsWith(message.core(), MessageIndex.SHORTEST_CUT)
                            : core.matches(message.core());
            boolean text = plain || core.matches(message.placed());
            if (!text || !mayMean(line) || (code.isPresent() && !code.equals(message.code()))) {
                return 0;
            }
            if (ssl.isPresent() && !ssl.get().matches(message.ssl().orElse(""))) {
                return 0;
            }
            return (protocolScore(line.protocol())
                                    + phaseScore(line.phase(), cut)
                                    + (code.isPresent() ? 3 : 0)
                                    + (ssl.isPresent() ? 3 : 0)
                                    + (core.beginning().isEmpty() ? 0 : 4)
                                    + levelScore(line))
                            * 10_000
                            / (plain ? 1 : 2)
                    + (cut ? 0 : core.weight());
        }

        private int protocolScore(Optional<String> protocol) {
            Set<String> mine = known.protocols();
            String wanted = protocol.orElse("");
            if (mine.contains(wanted)) {
                return 15;
            }
            if (mine.contains("any")) {
                return wanted.equals("stream") ? 8 : 14;
            }
            boolean http2 = mine.contains("proxy-h2") && wanted.equals("proxy");
            boolean open = protocol.isEmpty() && !(mine.size() == 1 && mine.contains("stream"));
            return http2 || open ? 12 : 1;
        }

        private int phaseScore(Optional<String> wanted, boolean cut) {
            if (phase.isEmpty() || (cut && wanted.isEmpty())) {
                return 5;
            }
            return phase.equals(wanted) ? 8 : 0;
        }

        private int levelScore(Line line) {
            return line.level().map(known.levels()::contains).orElse(false) ? 1 : 0;
        }

        /** See {@link KnownMessage.Scope}. */
        private boolean mayMean(Line line) {
            boolean early = line.phase().map(Phase::precedesRequest).orElse(false);
            return switch (known.scope()) {
                case UPSTREAM, PROCESS -> true;
                case CLIENT -> !early && (line.at("info") || !known.levels().contains("info"));
                case CONFIGURATION ->
                        line.level().isEmpty() || known.levels().contains(line.level().get());
                case FILE ->
                        line.level().isEmpty()
                                ? line.upstreamNamed()
                                : known.levels().contains(line.level().get());
                case SOCKET -> !early && isUpstreamSocket(line);
            };
        }

        /**
         * Socket errors of the client's connection have the same text and action as the upstream's,
         * but are logged at info, the upstream's at error or above.
         */
        private boolean isUpstreamSocket(Line line) {
            if (line.at("info") && !known.levels().contains("info")) {
                return false;
            }
            boolean phase = line.phase().map(Phase::concernsUpstream).orElse(false);
            return line.upstreamNamed() || phase || (!line.hasContext() && line.phase().isEmpty());
        }
    }
}
