package dev.gatemend.nginx.config;

import java.util.Set;

/**
 * Where a directive may stand. A set of contexts is a bit mask, so that a file whose place is not
 * known (an include looked at alone) can be in several at once.
 */
enum Context {
    MAIN(1 << 0, "core", "main"),
    EVENTS(1 << 1, "event", "events"),
    HTTP(1 << 2, "http", "http"),
    SERVER(1 << 3, "http", "server"),
    LOCATION(1 << 4, "http", "location"),
    UPSTREAM(1 << 5, "http", "upstream"),
    SERVER_IF(1 << 6, "http", "server-if"),
    IF(1 << 7, "http", "if"),
    LIMIT_EXCEPT(1 << 8, "http", "limit_except"),
    STREAM(1 << 9, "stream", "stream"),
    STREAM_SERVER(1 << 10, "stream", "server"),
    STREAM_UPSTREAM(1 << 11, "stream", "upstream"),
    MAIL(1 << 12, "mail", "mail"),
    MAIL_SERVER(1 << 13, "mail", "server"),
    /** Lines of a {@code map}, {@code geo}, {@code types}, {@code split_clients}: no directives. */
    LINES(1 << 14, "", ""),
    /** Inside a block of a module we do not know: anything may stand there. */
    UNKNOWN(1 << 15, "", "");

    /** Every context a file could be included in. */
    static final int ANYWHERE = ~0;

    private static final Set<String> LINE_BLOCKS =
            Set.of("map", "geo", "types", "split_clients", "charset_map");

    private final int bit;
    private final String module;
    private final String word;

    Context(int bit, String module, String word) {
        this.bit = bit;
        this.module = module;
        this.word = word;
    }

    int bit() {
        return bit;
    }

    boolean in(int contexts) {
        return (contexts & bit) != 0;
    }

    /** The mask of the contexts that the table's words name for a module. */
    static int mask(String module, String words) {
        if (words.equals("any")) {
            return ANYWHERE;
        }
        Set<String> wanted = Set.of(words.split(","));
        int mask = 0;
        for (Context context : values()) {
            if (context.module.equals(module) && wanted.contains(context.word)) {
                mask |= context.bit();
            }
        }
        return mask;
    }

    /**
     * The contexts inside a block.
     *
     * @param contexts the block stands in
     */
    static int inside(String module, String block, int contexts) {
        if (LINE_BLOCKS.contains(block)) {
            return LINES.bit();
        }
        return switch (module + " " + block) {
            case "core events" -> EVENTS.bit();
            case "core http" -> HTTP.bit();
            case "core stream" -> STREAM.bit();
            case "core mail" -> MAIL.bit();
            case "http server" -> SERVER.bit();
            case "http location" -> LOCATION.bit();
            case "http upstream" -> UPSTREAM.bit();
            case "http limit_except" -> LIMIT_EXCEPT.bit();
            case "http if" ->
                    (SERVER.in(contexts) ? SERVER_IF.bit() : 0)
                            | (LOCATION.in(contexts) ? IF.bit() : 0);
            case "stream server" -> STREAM_SERVER.bit();
            case "stream upstream" -> STREAM_UPSTREAM.bit();
            case "mail server" -> MAIL_SERVER.bit();
            default -> UNKNOWN.bit();
        };
    }
}
