package dev.gatemend.diagnosis;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Words of which a regular expression needs one: where none of them stands in a line it cannot
 * match, and to look for them costs a fraction of trying it. Read from the expression itself; a
 * part that is not understood asks for nothing.
 */
final class Literals {
    /** Shorter ones stand in every other line. */
    private static final int SHORTEST = 2;

    private static final int MOST = 200;

    private final String regex;
    private int at;

    private Literals(String regex) {
        this.regex = regex;
    }

    /** In small letters; empty when the expression asks for none. */
    static Set<String> of(String regex) {
        Literals reading = new Literals(regex);
        Optional<Set<String>> needed = reading.alternatives();
        return reading.at < regex.length() ? Set.of() : needed.map(Set::copyOf).orElse(Set.of());
    }

    /**
     * Whether the expression may match.
     *
     * @param needed by it
     * @param line in small letters ({@link #small})
     */
    static boolean mayMatch(Set<String> needed, String line) {
        if (needed.isEmpty()) {
            return true;
        }
        for (String literal : needed) {
            if (line.contains(literal)) {
                return true;
            }
        }
        return false;
    }

    static String small(String line) {
        return line.toLowerCase(Locale.ROOT);
    }

    private static int shortest(Set<String> set) {
        int shortest = Integer.MAX_VALUE;
        for (String literal : set) {
            shortest = Math.min(shortest, literal.length());
        }
        return shortest;
    }

    /** One of each alternative; nothing where one of them asks for nothing. */
    private Optional<Set<String>> alternatives() {
        Set<String> all = new LinkedHashSet<>();
        boolean each = true;
        do {
            Optional<Set<String>> one = sequence();
            each &= one.isPresent();
            one.ifPresent(all::addAll);
        } while (take('|'));
        return each && all.size() <= MOST ? Optional.of(all) : Optional.empty();
    }

    /** The best of the parts that follow each other. */
    private Optional<Set<String>> sequence() {
        Optional<Set<String>> best = Optional.empty();
        StringBuilder run = new StringBuilder();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            int literal = literal();
            if (literal >= 0 && !isOptional()) {
                run.append(Character.toLowerCase((char) literal));
                if (!quantifier()) {
                    continue;
                }
            }
            best = better(best, ofRun(run));
            run.setLength(0);
            if (literal < 0) {
                Optional<Set<String>> part = part();
                best = isOptional() ? best : better(best, part);
            }
            quantifier();
        }
        return better(best, ofRun(run));
    }

    private static Optional<Set<String>> ofRun(StringBuilder run) {
        return run.length() < SHORTEST ? Optional.empty() : Optional.of(Set.of(run.toString()));
    }

    private static Optional<Set<String>> better(
            Optional<Set<String>> one, Optional<Set<String>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return shortest(other.get()) > shortest(one.get()) ? other : one;
    }

    /** A character that stands for itself, as ASCII has it; -1 where another part begins. */
    private int literal() {
        char c = regex.charAt(at);
        if (c == '\\' && at + 1 < regex.length()) {
            char escaped = regex.charAt(at + 1);
            if (Character.isLetterOrDigit(escaped)) {
                return -1;
            }
            at += 2;
            return escaped;
        }
        if ("\\.[](){}^$*+?".indexOf(c) >= 0 || c > '~') {
            return -1;
        }
        at++;
        return c;
    }

    /** A group, a class, an assertion or an escape. */
    private Optional<Set<String>> part() {
        char c = regex.charAt(at);
        if (c == '(') {
            return group();
        }
        if (c == '[') {
            skipClass();
        } else if (c == '\\') {
            skipEscape();
        } else {
            at++;
        }
        return Optional.empty();
    }

    private Optional<Set<String>> group() {
        at++;
        boolean assertion = false;
        if (take('?')) {
            assertion =
                    regex.startsWith("=", at)
                            || regex.startsWith("!", at)
                            || regex.startsWith("<", at);
            while (at < regex.length() && "imsx-<=!:>".indexOf(regex.charAt(at)) >= 0) {
                at++;
                if (":=!>".indexOf(regex.charAt(at - 1)) >= 0) {
                    break;
                }
            }
        }
        Optional<Set<String>> inside = alternatives();
        take(')');
        return assertion ? Optional.empty() : inside;
    }

    private void skipClass() {
        int depth = 0;
        do {
            char c = regex.charAt(at);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            at += c == '\\' ? 2 : 1;
        } while (depth > 0 && at < regex.length());
    }

    /** {@code \b}, {@code \x16}, {@code \}{@code u2502}, {@code \p{L}}. */
    private void skipEscape() {
        char kind = at + 1 < regex.length() ? regex.charAt(at + 1) : ' ';
        at += 2 + (kind == 'x' ? 2 : kind == 'u' ? 4 : 0);
        if ((kind == 'p' || kind == 'P') && at < regex.length() && regex.charAt(at) == '{') {
            at = regex.indexOf('}', at) + 1;
        }
    }

    private boolean take(char wanted) {
        boolean there = at < regex.length() && regex.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    /** What stands before may also be left out. */
    private boolean isOptional() {
        return at < regex.length()
                && ("?*".indexOf(regex.charAt(at)) >= 0 || regex.startsWith("{0", at));
    }

    /** Passes a quantifier, if there is one. */
    private boolean quantifier() {
        int from = at;
        if (at < regex.length() && "?*+".indexOf(regex.charAt(at)) >= 0) {
            at++;
        } else if (at < regex.length() && regex.charAt(at) == '{') {
            at = Math.max(at, regex.indexOf('}', at)) + 1;
        }
        if (at > from && at < regex.length() && "?+".indexOf(regex.charAt(at)) >= 0) {
            at++;
        }
        return at > from;
    }
}
