package dev.gatemend.lab;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What differs from run to run, by name: directories and ports. {@code ${NAME}} in nginx's text,
 * {@code $NAME} in scripts. All are upper case, which nginx's own variables are not.
 */
final class Placeholders {
    private static final String BESIDE = "_PLUS_1";
    private static final Pattern PORT =
            Pattern.compile("\\b([A-Z]{1,20})_PORT(" + BESIDE + ")?\\b");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");
    private static final List<String> FIXED =
            List.of("DIR", "RUN", "HERE", "TEMP", "COMPOSED", "ERROR_LOG", "ACCESS_LOG");

    private Placeholders() {}

    /** The values of all the text mentions; a port mentioned is a port taken. */
    static Map<String, String> values(Bench bench, String text) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("DIR", bench.path("").toString());
        values.put("RUN", bench.path("run").toString());
        values.put("HERE", bench.path("scenario").toString());
        values.put("TEMP", bench.path("nginx/temp").toString());
        values.put("COMPOSED", bench.path("composed").toString());
        values.put("ERROR_LOG", bench.nginx().errorLog().toString());
        values.put("ACCESS_LOG", bench.nginx().accessLog().toString());
        Matcher port = PORT.matcher(text);
        while (port.find()) {
            String name = port.group(1).toLowerCase(Locale.ROOT);
            int number = port.group(2) == null ? bench.port(name) : bench.portBeside(name);
            values.put(port.group(), Integer.toString(number));
        }
        return values;
    }

    /** Writes the values for {@code ${NAME}}; nginx's own variables stay as they are. */
    static String fill(Bench bench, String text) throws IOException {
        Map<String, String> values = values(bench, text);
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        values.getOrDefault(found.group(1), found.group())));
    }

    /** Those of the text that mean nothing. */
    static Stream<String> unknown(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !FIXED.contains(name) && !PORT.matcher(name).matches());
    }

    /** How to go on from one that means nothing. */
    static String suggestion(String name) {
        return ScenarioNode.suggestion(
                name,
                Stream.concat(FIXED.stream(), Stream.of("APP_PORT", "APP_PORT_PLUS_1")).toList());
    }
}
