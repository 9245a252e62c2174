package dev.gatemend.nginx.config;

import dev.gatemend.model.LocationMatch;
import java.util.List;

/** Reads the arguments of {@code location} as {@code ngx_http_core_location} does. */
final class LocationWords {
    private LocationWords() {}

    static LocationMatch match(List<String> words) {
        if (words.size() >= 2) {
            return modified(words.get(0), words.get(1));
        }
        String word = words.isEmpty() ? "" : words.getFirst();
        for (String modifier : List.of("=", "^~", "~*", "~")) {
            if (word.startsWith(modifier)) {
                return modified(modifier, word.substring(modifier.length()));
            }
        }
        return word.startsWith("@")
                ? new LocationMatch.Named(word.substring(1))
                : new LocationMatch.Prefix(word, false);
    }

    private static LocationMatch modified(String modifier, String path) {
        return switch (modifier) {
            case "=" -> new LocationMatch.Exact(path);
            case "^~" -> new LocationMatch.Prefix(path, true);
            case "~*" -> new LocationMatch.Regex(path, true);
            case "~" -> new LocationMatch.Regex(path, false);
            default -> new LocationMatch.Prefix(path, false);
        };
    }
}
