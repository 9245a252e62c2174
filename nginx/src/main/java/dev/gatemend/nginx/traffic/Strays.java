package dev.gatemend.nginx.traffic;

import dev.gatemend.model.ErrorEntry;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import dev.gatemend.nginx.log.LinePrefix;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lines of an access log that have none of its formats: a container's output holds both of nginx's
 * logs, and collectors put words of their own before each line. Not thread-safe.
 */
final class Strays {
    private static final int LONGEST = 8 << 10;

    private final Consumer<ErrorEntry> entries;

    /**
     * @param entries takes those of an error log
     */
    Strays(Consumer<ErrorEntry> entries) {
        this.entries = entries;
    }

    /** The line as nginx wrote it. */
    static byte[] withoutPrefix(byte[] buffer, int from, int to) {
        if (to - from > LONGEST) {
            return Arrays.copyOfRange(buffer, from, to);
        }
        String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        String stripped = LinePrefix.strip(text);
        return stripped.length() == text.length()
                ? Arrays.copyOfRange(buffer, from, to)
                : stripped.getBytes(StandardCharsets.UTF_8);
    }

    /** Hands the line on if it is an entry of an error log. */
    boolean isEntry(byte[] line) {
        if (line.length > LONGEST) {
            return false;
        }
        Optional<ErrorEntry> entry =
                ErrorLogGrammar.parse(new String(line, StandardCharsets.UTF_8))
                        .filter(e -> e.time().isPresent() && e.level().isPresent());
        entry.ifPresent(entries);
        return entry.isPresent();
    }
}
