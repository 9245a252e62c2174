package dev.gatemend.cli;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text that leaves the host: cookies, authorization, tokens, passwords in
 * URLs, options and environments. It works on what is shown, after the verdict.
 */
final class Redaction {
    private static final String GONE = "[redacted]";

    /** Names of parameters, variables, options and JSON members whose value is a secret. */
    private static final String SECRET_NAME =
            "(?:[\\w.-]{0,60}?(?:password|passwd|passphrase|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key"
                    + "|credential|jwt|signature|session[_-]?id)[\\w.-]{0,20}|pwd|sid|sig|phpsessid|jsessionid)";

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String regex, String replacement) {
            return new Rule(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), replacement);
        }
    }

    private static final List<Rule> RULES =
            List.of(
                    // Header fields: everything up to the end of the line or of the quoted string.
                    Rule.of(
                            "\\b((?:set-)?cookie|(?:proxy-)?authorization|x-api-key|x-auth-token)(\\s{0,4}[:=]\\s{0,4}+)(?!\\[redacted])[^\"'\\r\\n]{1,8000}",
                            "$1$2" + GONE),
                    // user:password@ of a URL.
                    Rule.of(
                            "\\b([a-z][a-z0-9+.-]{0,20}://[^\\s/@:\"']{0,200}):[^\\s/@\"']{1,500}@",
                            "$1:" + GONE + "@"),
                    // NAME=value and NAME: value, quoted or not; --password value.
                    Rule.of(
                            "(?<![\\w.])("
                                    + SECRET_NAME
                                    + "[\"']?\\s{0,2}[=:]\\s{0,2}+[\"']?+)(?!\\[redacted])[^\\s\"'&;,)}]{1,8000}",
                            "$1" + GONE),
                    Rule.of(
                            "(--?" + SECRET_NAME + "\\s{1,4})(?![-\\[])[^\\s\"']{1,8000}",
                            "$1" + GONE),
                    Rule.of("\\b(bearer|basic)\\s{1,4}[a-z0-9._~+/=-]{8,8000}", "$1 " + GONE),
                    // Tokens known by their shape, wherever they stand.
                    Rule.of(
                            "\\beyJ[a-z0-9_-]{8,4000}\\.[a-z0-9_-]{2,8000}(?:\\.[a-z0-9_-]{0,4000})?",
                            GONE),
                    Rule.of("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b", GONE),
                    Rule.of(
                            "\\b(?:ghp|gho|ghs|github_pat|glpat|xox[abp]|sk_live|rk_live)[_-][a-z0-9_-]{10,400}",
                            GONE));

    private Redaction() {}

    /** The same text without its secrets; text without any is returned as it is. */
    static String of(String text) {
        String result = text;
        for (Rule rule : RULES) {
            result = rule.pattern().matcher(result).replaceAll(rule.replacement());
        }
        return result;
    }
}
