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
    private final Node<T> root = new Node<>();

    void add(String beginning, T value) {
        Node<T> node = root;
        for (int i = 0; i < beginning.length(); i++) {
            node = node.next.computeIfAbsent(beginning.charAt(i), c -> new Node<>());
        }
        node.values.add(value);
    }

    /** Values whose beginning the text has, the longest first; those without one come last. */
    List<T> candidates(String text) {
        List<T> found = new ArrayList<>();
        Node<T> node = root;
        int at = 0;
        while (node != null) {
            found.addAll(0, node.values);
            node = at < text.length() ? node.next.get(text.charAt(at++)) : null;
        }
        return found;
    }

    /** Values that a cut text can be the beginning of, in no order. */
    List<T> completions(String text) {
        Node<T> node = root;
        for (int i = 0; i < text.length() && node != null; i++) {
            node = node.next.get(text.charAt(i));
        }
        List<T> found = new ArrayList<>();
        if (node != null) {
            node.collect(found);
        }
        return found;
    }

    private static final class Node<T> {
        private final Map<Character, Node<T>> next = new HashMap<>(2);
        private final List<T> values = new ArrayList<>(1);

        /** As deep as the longest beginning in the catalogue, which is ours. */
        void collect(List<T> found) {
            found.addAll(values);
            next.values().forEach(node -> node.collect(found));
        }
    }
}
