package dev.gatemend.nginx.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the answers of a {@link RequestPlace}, whose question is costly and mostly the same.
 */
final class PlaceMemo {
    /** Different paths of a site that is scanned are without end; the memo starts anew then. */
    private static final int MOST = 4_096;

    private final RequestPlace place;
    private final Map<Question, Optional<RequestPlace.Place>> answers = new HashMap<>();

    PlaceMemo(RequestPlace place) {
        this.place = place;
    }

    private record Question(Optional<String> serverName, Optional<String> host, String path) {}

    Optional<RequestPlace.Place> of(
            Optional<String> serverName, Optional<String> host, String uri) {
        int arguments = uri.indexOf('?');
        Question question =
                new Question(serverName, host, arguments < 0 ? uri : uri.substring(0, arguments));
        Optional<RequestPlace.Place> known = answers.get(question);
        if (known != null) {
            return known;
        }
        if (answers.size() >= MOST) {
            answers.clear();
        }
        Optional<RequestPlace.Place> found = place.of(serverName, host, uri);
        answers.put(question, found);
        return found;
    }
}
