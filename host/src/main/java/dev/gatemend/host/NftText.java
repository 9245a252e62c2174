package dev.gatemend.host;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the rules in the text of {@code nft -a list ruleset}, to quote them as people know them.
 */
final class NftText {
    private static final Pattern TABLE = Pattern.compile("^table (\\S+ \\S+) \\{.*");
    private static final Pattern RULE = Pattern.compile("^\\s+(\\S.*\\S) # handle (\\d{1,18})$");
    private static final int LONGEST = 400;

    private NftText() {}

    /** By table and handle, {@code inet filter 12}. */
    static Map<String, String> byHandle(String text) {
        Map<String, String> rules = new HashMap<>();
        String table = "";
        for (String line : text.split("\n", -1)) {
            Matcher heading = TABLE.matcher(line);
            Matcher rule = RULE.matcher(line);
            if (heading.matches()) {
                table = heading.group(1);
            } else if (rule.matches() && !rule.group(1).endsWith("{")) {
                rules.put(table + " " + rule.group(2), cut(rule.group(1)));
            }
        }
        return rules;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    }
}
