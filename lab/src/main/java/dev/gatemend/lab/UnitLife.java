package dev.gatemend.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What systemd says of a unit's life (org.freedesktop.systemd1(5)).
 *
 * @param name as in {@code shop.service}
 * @param activeSince when it last became active, in microseconds of the host's monotonic clock; 0
 *     when it never was
 * @param automaticRestarts how often its {@code Restart=} has started it again since somebody
 *     started it; 0 for a socket unit
 * @param mainProcess its pid there; 0 when there is none
 * @param pidFile as its PIDFile= says; blank without one
 * @param triggeredBy the socket units that start it, and others that do; usually none
 */
record UnitLife(
        String name,
        long activeSince,
        long automaticRestarts,
        long mainProcess,
        String pidFile,
        List<String> triggeredBy) {
    private static final String UNKNOWN = "0";

    UnitLife {
        triggeredBy = List.copyOf(triggeredBy);
    }

    /** All that are loaded. */
    static final List<String> COMMAND =
            List.of(
                    "systemctl",
                    "show",
                    "--property=Id,ActiveEnterTimestampMonotonic,NRestarts,MainPID,PIDFile,TriggeredBy",
                    "*.service",
                    "*.socket");

    /** What {@link #COMMAND} printed: a paragraph of {@code KEY=VALUE} for each. */
    static List<UnitLife> parse(String output) {
        List<UnitLife> lives = new ArrayList<>();
        for (String paragraph : output.split("\n\n+", -1)) {
            Map<String, String> values = new HashMap<>();
            paragraph
                    .lines()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> values.put(pair[0], pair[1]));
            if (values.containsKey("Id")) {
                lives.add(of(values));
            }
        }
        return lives;
    }

    private static UnitLife of(Map<String, String> values) {
        return new UnitLife(
                values.getOrDefault("Id", ""),
                number(values, "ActiveEnterTimestampMonotonic"),
                number(values, "NRestarts"),
                number(values, "MainPID"),
                values.getOrDefault("PIDFile", ""),
                words(values.getOrDefault("TriggeredBy", "")));
    }

    private static List<String> words(String value) {
        return Arrays.stream(value.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
    }

    private static long number(Map<String, String> values, String key) {
        String value = values.getOrDefault(key, UNKNOWN);
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }
}
