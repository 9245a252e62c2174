package dev.gatemend.host.bundle;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds secrets in text that leaves the host: cookies, authorization, tokens, passwords in URLs,
 * options and environments.
 */
public final class Secrets {
    private static final String GONE = "[redacted]";

    /** What stands for something taken out, with its number or without. */
    private static final Pattern NUMBERED = Pattern.compile("\\[(?:redacted|client)-\\d{1,9}]");

    /** A secret begins here, and not what stands for one. */
    private static final String UNTOUCHED = "(?!\\[redacted)";

    private static final String HEADER =
            "(?:(?:set-)?cookie|(?:proxy-)?authorization|x-api-key|x-auth-token)";

    /** Names of parameters, variables, options and JSON members whose value is a secret. */
    private static final String SECRET_NAME =
            "(?:[\\w.-]{0,60}?(?:password|passwd|passphrase|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key"
                    + "|credential|jwt|signature|session[_-]?id)[\\w.-]{0,20}|pwd|sid|sig|phpsessid|jsessionid)";

    private static final Pattern NAME = insensitive(HEADER + "|" + SECRET_NAME);

    private static final List<Pattern> RULES =
            Stream.of(
                            // Header fields: up to the end of the line or of the quoted string.
                            "\\b"
                                    + HEADER
                                    + "\\s{0,4}[:=]\\s{0,4}+"
                                    + UNTOUCHED
                                    + "(?<secret>[^\"'\\r\\n]{1,8000})",
                            // user:password@ of a URL.
                            "\\b[a-z][a-z0-9+.-]{0,20}://[^\\s/@:\"']{0,200}:"
                                    + UNTOUCHED
                                    + "(?<secret>[^\\s/@\"']{1,500})@",
                            // NAME=value and NAME: value, quoted or not; --password value.
                            "(?<![\\w.])"
                                    + SECRET_NAME
                                    + "[\"']?\\s{0,2}[=:]\\s{0,2}+[\"']?+"
                                    + UNTOUCHED
                                    + "(?<secret>[^\\s\"'&;,)}]{1,8000})",
                            "--?" + SECRET_NAME + "\\s{1,4}(?![-\\[])(?<secret>[^\\s\"']{1,8000})",
                            "\\b(?:bearer|basic)\\s{1,4}(?<secret>[a-z0-9._~+/=-]{8,8000})",
                            // Tokens known by their shape, wherever they stand.
                            "(?<secret>\\beyJ[a-z0-9_-]{8,4000}\\.[a-z0-9_-]{2,8000}(?:\\.[a-z0-9_-]{0,4000})?)",
                            "(?<secret>\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b)",
                            "(?<secret>\\b(?:ghp|gho|ghs|github_pat|glpat|xox[abp]|sk_live|rk_live)[_-][a-z0-9_-]{10,400})")
                    .map(Secrets::insensitive)
                    .toList();

    /** Every match of a rule holds one of these; looking for them is a hundred times cheaper. */
    private static final String[][] STEMS =
            byFirstLetter(
                    "akia asia authorization basic bearer cookie credential eyj gho ghp ghs github glpat jwt key pass pwd"
                            + " rk_live secret session sid sig sk_live token xox");

    private Secrets() {}

    /** The same text without its secrets; text without any is returned as it is. */
    public static String hide(String text) {
        String unnumbered =
                text.indexOf('[') < 0 ? text : NUMBERED.matcher(text).replaceAll("[redacted]");
        return replace(unnumbered, _ -> GONE);
    }

    /** The same text with something else for each secret. */
    static String replace(String text, UnaryOperator<String> instead) {
        if (!mayHoldSome(text)) {
            return text;
        }
        String result = text;
        for (Pattern rule : RULES) {
            result = replace(result, rule, instead);
        }
        return result;
    }

    /** The same text with something else for what a pattern calls {@code secret}. */
    static String replace(String text, Pattern pattern, UnaryOperator<String> instead) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        int from = 0;
        do {
            result.append(text, from, matcher.start("secret"));
            result.append(instead.apply(matcher.group("secret")));
            from = matcher.end("secret");
        } while (matcher.find());
        return result.append(text, from, text.length()).toString();
    }

    /** Whether what goes by this name is a secret, wherever it stands. */
    static boolean isNameOfOne(String name) {
        return name.length() <= 100 && NAME.matcher(name).matches();
    }

    private static boolean mayHoldSome(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == ':' ? text.startsWith("://", i) : beginsStem(text, i, letter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsStem(String text, int at, char letter) {
        int index = (letter | 0x20) - 'a';
        if (index < 0 || index >= STEMS.length) {
            return false;
        }
        for (String stem : STEMS[index]) {
            if (text.regionMatches(true, at, stem, 0, stem.length())) {
                return true;
            }
        }
        return false;
    }

    private static String[][] byFirstLetter(String stems) {
        String[][] table = new String[26][];
        for (int i = 0; i < table.length; i++) {
            char letter = (char) ('a' + i);
            table[i] =
                    Arrays.stream(stems.split(" ", -1))
                            .filter(stem -> stem.charAt(0) == letter)
                            .toArray(String[]::new);
        }
        return table;
    }

    private static Pattern insensitive(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
