package dev.gatemend.nginx.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Templates by the text they begin with, in a trie: a line is compared with the few that begin as
 * it does, not with seven hundred. The two dozen that begin with a value are tried only when no
 * other fits.
 */
final class MessageIndex<T> {
    /**
     * A cut message needs this much of its text to be known by; {@code connect() failed} has 16.
     */
    static final int SHORTEST_CUT = 14;

    private final Node<T> root = new Node<>();

    void add(String beginning, T value) {
        Node<T> node = root;
        for (int i = 0; i < beginning.length(); i++) {
            node = node.next.computeIfAbsent(beginning.charAt(i), c -> new Node<>());
            if (i + 1 == SHORTEST_CUT) {
                node.below.add(value);
            }
        }
        node.values.add(value);
    }

    /** Values whose beginning the text has, in no order. */
    List<T> candidates(String text) {
        List<T> found = new ArrayList<>();
        Node<T> node = text.isEmpty() ? null : root.next.get(text.charAt(0));
        for (int at = 1; node != null; at++) {
            found.addAll(node.values);
            node = at < text.length() ? node.next.get(text.charAt(at)) : null;
        }
        return found;
    }

    /** Values that any text may begin. */
    List<T> withoutBeginning() {
        return root.values;
    }

    /**
     * Values that a cut text may be the beginning of, or more than its beginning; none for a text
     * shorter than that.
     */
    List<T> completions(String text) {
        Node<T> node = root;
        for (int i = 0; i < SHORTEST_CUT && node != null; i++) {
            node = i < text.length() ? node.next.get(text.charAt(i)) : null;
        }
        return node == null ? List.of() : node.below;
    }

    private static final class Node<T> {
        private final Map<Character, Node<T>> next = new HashMap<>(2);
        private final List<T> values = new ArrayList<>(1);

        /**
         * Values of this node and all behind it; kept at the depth of {@link #SHORTEST_CUT} only.
         */
        private final List<T> below = new ArrayList<>(0);
    }
}
