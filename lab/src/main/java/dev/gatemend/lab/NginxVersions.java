package dev.gatemend.lab;

import dev.gatemend.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions of nginx a scenario can be played with; what is a fault for one may be none for
 * another.
 *
 * @param from the first one
 * @param before the first one that is too new
 */
public record NginxVersions(Optional<Version> from, Optional<Version> before) {
    /** All of them. */
    static final NginxVersions ANY = new NginxVersions(Optional.empty(), Optional.empty());

    private static final String NUMBERS = "(\\d{1,4}\\.\\d{1,4}\\.\\d{1,4})";
    private static final Pattern WORDS =
            Pattern.compile("(?:from " + NUMBERS + ")?(?: ?before " + NUMBERS + ")?");

    /** Reads {@code from 1.23.0}, {@code before 1.29.7}, or both in this order. */
    static Optional<NginxVersions> parse(String text) {
        Matcher words = WORDS.matcher(text);
        return words.matches() && !text.isEmpty()
                ? Optional.of(new NginxVersions(version(words.group(1)), version(words.group(2))))
                : Optional.empty();
    }

    private static Optional<Version> version(@Nullable String text) {
        return text == null ? Optional.empty() : Version.find(text);
    }

    /** What speaks against this nginx; empty when nothing does. */
    Optional<String> against(Path nginx) throws InterruptedException {
        if (equals(ANY)) {
            return Optional.empty();
        }
        Optional<Version> version = versionOf(nginx);
        boolean fits =
                version.filter(v -> from.isEmpty() || v.compareTo(from.get()) >= 0)
                        .filter(v -> before.isEmpty() || v.compareTo(before.get()) < 0)
                        .isPresent();
        return fits
                ? Optional.empty()
                : Optional.of(
                        "nginx %s, and this is %s"
                                .formatted(this, version.map(Version::toString).orElse("unknown")));
    }

    /** What it says of itself; empty when it does not. */
    static Optional<Version> versionOf(Path nginx) throws InterruptedException {
        try {
            return Version.find(Command.run(List.of(nginx.toString(), "-v")));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** As it is read. */
    @Override
    public String toString() {
        return (from.map(v -> "from " + v).orElse("") + before.map(v -> " before " + v).orElse(""))
                .strip();
    }
}
