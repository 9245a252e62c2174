package dev.gatemend.diagnosis;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Commands for people to copy. Names come from outside, so each word is quoted for a POSIX shell
 * where it must be.
 */
public final class Shell {
    private Shell() {}

    /**
     * The words as one command line; a word that holds anything beyond plain characters is put in
     * single quotes.
     */
    public static String command(String... words) {
        return Arrays.stream(words).map(Shell::quote).collect(Collectors.joining(" "));
    }

    /** One word, quoted if need be. */
    public static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
