package dev.gatemend.host;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Numbers as {@code /proc} and control groups write them. */
final class Numbers {
    private static final int MOST_DIGITS = 18;

    private Numbers() {}

    /** A whole number without a sign; empty for anything else, as {@code max}. */
    static OptionalLong of(String text) {
        boolean number =
                !text.isEmpty()
                        && text.length() <= MOST_DIGITS
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** The first word of a file. */
    static OptionalLong in(Path file) {
        return SmallFile.word(file)
                .map(text -> of(text.split("\\s", 2)[0]))
                .orElse(OptionalLong.empty());
    }

    /**
     * The number behind a name, in lines of both: {@code nr_throttled 12}, {@code MemFree: 7 kB}.
     */
    static OptionalLong behind(String text, String name) {
        return text.lines()
                .map(line -> line.split("[:\\s]+", 3))
                .filter(words -> words.length > 1 && words[0].equals(name))
                .map(words -> of(words[1]))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** {@code 12.34} in hundredths. */
    static OptionalLong hundredths(String text) {
        return text.matches("\\d{1,9}\\.\\d\\d") ? of(text.replace(".", "")) : of(text + "00");
    }
}
