package dev.gatemend.nginx.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites a PCRE where java.util.regex writes the same thing differently. */
final class PcreTranslation {
    /**
     * Recursion, conditions, branch reset, verbs, named references, \K, \G{n}: Java has none of
     * them.
     */
    private static final Pattern UNKNOWN_TO_JAVA =
            Pattern.compile("\\(\\?(?:R|\\d|[+-]\\d|&|\\||\\(|P[=>]|C|#)|\\(\\*|\\\\[KgkCRN]");

    private static final Pattern NAMED =
            Pattern.compile("\\?(?:P?<(?![=!])[^>]{1,64}>|'[^']{1,64}')");
    private static final Pattern QUANTIFIER = Pattern.compile("\\{\\d+(?:,\\d*)?}");
    private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)([a-z]+):]");

    private final String pcre;
    private final StringBuilder java = new StringBuilder();
    private int at;

    PcreTranslation(String pcre) {
        this.pcre = pcre;
    }

    /** The pattern in Java's writing; empty where there is none. */
    Optional<String> java() {
        if (UNKNOWN_TO_JAVA.matcher(pcre).find()) {
            return Optional.empty();
        }
        while (at < pcre.length()) {
            switch (pcre.charAt(at)) {
                case '\\' -> copy(2);
                case '(' -> group();
                case '[' -> bracket();
                case '{' -> brace();
                default -> copy(1);
            }
        }
        return Optional.of(java.toString());
    }

    private void copy(int length) {
        int end = Math.min(pcre.length(), at + length);
        java.append(pcre, at, end);
        at = end;
    }

    /**
     * A named group becomes a plain one: its name may hold an underscore, and nobody asks for it.
     */
    private void group() {
        copy(1);
        Matcher named = NAMED.matcher(pcre).region(at, pcre.length());
        if (named.lookingAt()) {
            at = named.end();
        }
    }

    /** A brace that is no quantifier stands for itself. */
    private void brace() {
        Matcher quantifier = QUANTIFIER.matcher(pcre).region(at, pcre.length());
        if (quantifier.lookingAt()) {
            copy(quantifier.end() - at);
        } else {
            java.append('\\');
            copy(1);
        }
    }

    /**
     * In Java's classes a bracket nests, {@code &&} intersects and a first bracket ends nothing.
     */
    private void bracket() {
        copy(1);
        if (at < pcre.length() && pcre.charAt(at) == '^') {
            copy(1);
        }
        if (at < pcre.length() && pcre.charAt(at) == ']') {
            java.append('\\');
            copy(1);
        }
        while (at < pcre.length() && pcre.charAt(at) != ']') {
            inBracket();
        }
        copy(1);
    }

    private void inBracket() {
        Matcher posix = POSIX.matcher(pcre).region(at, pcre.length());
        if (posix.lookingAt()) {
            String name = posix.group(2);
            java.append(posix.group(1).isEmpty() ? "\\p{" : "\\P{")
                    .append(javaClass(name))
                    .append('}');
            at = posix.end();
            return;
        }
        char c = pcre.charAt(at);
        if (c == '\\') {
            copy(2);
            return;
        }
        if (c == '[' || c == '&' || c == '#') {
            java.append('\\');
        }
        copy(1);
    }

    private static String javaClass(String posix) {
        return posix.equals("xdigit")
                ? "XDigit"
                : posix.substring(0, 1).toUpperCase(Locale.ROOT) + posix.substring(1);
    }
}
