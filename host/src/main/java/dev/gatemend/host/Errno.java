package dev.gatemend.host;

import java.util.Map;

/** The numbers behind the texts of strerror(3) that the JDK hands on instead of them (Linux). */
final class Errno {
    private static final Map<String, Integer> NUMBERS =
            Map.ofEntries(
                    Map.entry("Operation not permitted", 1),
                    Map.entry("No such file or directory", 2),
                    Map.entry("Resource temporarily unavailable", 11),
                    Map.entry("Permission denied", 13),
                    Map.entry("Not a directory", 20),
                    Map.entry("Invalid argument", 22),
                    Map.entry("Too many levels of symbolic links", 40),
                    Map.entry("Protocol wrong type for socket", 91),
                    Map.entry("Address family not supported by protocol", 97),
                    Map.entry("Cannot assign requested address", 99),
                    Map.entry("Network is down", 100),
                    Map.entry("Network is unreachable", 101),
                    Map.entry("Software caused connection abort", 103),
                    Map.entry("Connection reset", 104),
                    Map.entry("Connection timed out", 110),
                    Map.entry("Connection refused", 111),
                    Map.entry("Host is down", 112),
                    Map.entry("No route to host", 113));

    private Errno() {}

    /** The number of the longest known text in a message; 0 for none. */
    static int in(String message) {
        return NUMBERS.entrySet().stream()
                .filter(e -> message.contains(e.getKey()))
                .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
                .map(Map.Entry::getValue)
                .orElse(0);
    }
}
