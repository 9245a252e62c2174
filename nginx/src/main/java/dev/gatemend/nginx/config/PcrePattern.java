package dev.gatemend.nginx.config;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A PCRE of a configuration, run by java.util.regex. Matching is bounded in time: a pattern that
 * backtracks without end does not match.
 */
final class PcrePattern {
    /** Characters looked at in one match; nginx's own limit (pcre match limit) is of this order. */
    private static final int BUDGET = 1_000_000;

    private final Pattern pattern;

    private PcrePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Empty where Java cannot say the same. */
    static Optional<PcrePattern> translate(String pcre, boolean ignoreCase) {
        try {
            int flags = Pattern.UNIX_LINES | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
            return new PcreTranslation(pcre)
                    .java()
                    .map(java -> new PcrePattern(Pattern.compile(java, flags)));
        } catch (PatternSyntaxException | StackOverflowError _) {
            return Optional.empty();
        }
    }

    /** Whether the pattern is found anywhere in the text. */
    boolean find(String text) {
        try {
            return pattern.matcher(new BoundedText(text)).find();
        } catch (BudgetException | StackOverflowError _) {
            return false;
        }
    }

    private static final class BudgetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BudgetException() {
            super("too much backtracking", null, false, false);
        }
    }

    /** Counts how often a match looks at it. */
    private static final class BoundedText implements CharSequence {
        private final String text;
        private int left = BUDGET;

        BoundedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new BudgetException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
