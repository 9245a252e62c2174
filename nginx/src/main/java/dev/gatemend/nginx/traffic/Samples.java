package dev.gatemend.nginx.traffic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The first lines of each kind. Not thread-safe; several may be put together. */
final class Samples {
    private static final int MOST = 3;
    private static final int LONGEST = 1_000;

    /** Why a line is worth looking at. */
    enum Kind {
        MADE_BY_NGINX("made by nginx"),
        MADE_BY_UPSTREAM("made by an upstream"),
        MADE_BY_UNKNOWN("made by whom the line does not tell"),
        RETRIED("failed attempts, answered in the end"),
        CUT("broken off behind the header"),
        DOES_NOT_FIT("does not fit");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** A line and its place: the log, the block, the line within it, from 0. */
    record Found(int log, int block, int line, String text) {
        static final Comparator<Found> ORDER =
                Comparator.comparingInt(Found::log)
                        .thenComparingInt(Found::block)
                        .thenComparingInt(Found::line);
    }

    private final Map<Kind, List<Found>> found = new EnumMap<>(Kind.class);

    /** Keeps the line if it is among the first that this one is offered; they come in order. */
    void offer(Kind kind, int log, int block, int line, byte[] buffer, int from, int to) {
        List<Found> kept = found.computeIfAbsent(kind, k -> new ArrayList<>());
        if (kept.size() < MOST) {
            int length = Math.min(to - from, LONGEST);
            String text = new String(buffer, from, length, StandardCharsets.UTF_8);
            kept.add(new Found(log, block, line, text));
        }
    }

    void add(Samples other) {
        other.found.forEach(
                (kind, lines) -> {
                    List<Found> all = new ArrayList<>(of(kind));
                    all.addAll(lines);
                    all.sort(Found.ORDER);
                    found.put(kind, new ArrayList<>(all.subList(0, Math.min(MOST, all.size()))));
                });
    }

    List<Found> of(Kind kind) {
        return found.getOrDefault(kind, List.of());
    }
}
