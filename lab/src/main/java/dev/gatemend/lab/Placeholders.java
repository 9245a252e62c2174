package dev.gatemend.lab;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names a scenario uses for what each run has anew: its directory, its ports. */
final class Placeholders {
    private static final Pattern PORT = Pattern.compile("\\bPORT_([a-z]+)\\b");

    private Placeholders() {}

    /** The values of all the text mentions; a port mentioned is a port taken. */
    static Map<String, String> values(Bench bench, String text) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("DIR", bench.path("").toString());
        values.put("RUN", bench.path("run").toString());
        Matcher port = PORT.matcher(text);
        while (port.find()) {
            values.put(port.group(), Integer.toString(bench.port(port.group(1))));
        }
        return values;
    }

    /** Writes the values for <code>${NAME}</code>; nginx's own variables stay as they are. */
    static String fill(Bench bench, String text) throws IOException {
        String filled = text;
        for (Map.Entry<String, String> value : values(bench, text).entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
