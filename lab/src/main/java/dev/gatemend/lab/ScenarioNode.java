package dev.gatemend.lab;

import dev.gatemend.diagnosis.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of a scenario's file, or of one of its values; what is wrong with them is collected. */
record ScenarioNode(Map<String, Node> values, Mistakes mistakes) {
    /** Two, though the words are short: there are few to confuse. */
    private static final int SLIPS = 2;

    /**
     * Reads keys and values.
     *
     * @param known all keys there may be; empty when any may
     */
    static ScenarioNode of(Node node, List<String> known, Mistakes mistakes) {
        ScenarioNode read = new ScenarioNode(new LinkedHashMap<>(), mistakes);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> read.take(tuple, known));
        } else {
            mistakes.at(node, "lines of \"key: value\" are expected here");
        }
        return read;
    }

    private void take(NodeTuple tuple, List<String> known) {
        String key = scalar(tuple.getKeyNode());
        if (!known.isEmpty() && !known.contains(key)) {
            mistakes.at(tuple.getKeyNode(), "unknown key \"" + key + "\"" + suggestion(key, known));
        } else if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
            mistakes.at(tuple.getKeyNode(), "the key \"" + key + "\" is there twice; join the two");
        }
    }

    /** How to go on from a word that is not known. */
    static String suggestion(String word, List<String> known) {
        return Spelling.nearest(word, known.stream(), SLIPS)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("; known are " + String.join(", ", known));
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Something is wrong with the value of a key, if it is there. */
    void mistake(String key, String what) {
        node(key).ifPresent(node -> mistakes.at(node, what));
    }

    /** The keys below a key; none when it is not there. */
    ScenarioNode inner(String key, List<String> known) {
        return node(key)
                .map(node -> of(node, known, mistakes))
                .orElseGet(() -> new ScenarioNode(Map.of(), mistakes));
    }

    /** The text of a key; empty when it is not there. */
    String text(String key) {
        return node(key).map(this::scalar).orElse("");
    }

    /** A whole number; {@code otherwise} when it is not there. */
    int number(String key, int otherwise, int most) {
        if (node(key).isEmpty()) {
            return otherwise;
        }
        String text = text(key);
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
            mistake(key, "\"%s\" has to be a number from 0 to %d".formatted(key, most));
            return otherwise;
        }
        return Integer.parseInt(text);
    }

    /** The values of a list; empty when the key is not there. */
    List<Node> list(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof SequenceNode)) {
            mistakes.at(node.get(), "\"%s\" has to be a list, as in [one, two]".formatted(key));
        }
        return node.filter(SequenceNode.class::isInstance)
                .map(n -> ((SequenceNode) n).getValue())
                .orElse(List.of());
    }

    /** The texts of a list. */
    List<String> texts(String key) {
        return list(key).stream().map(this::scalar).toList();
    }

    String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        mistakes.at(node, "a text is expected here; text of several lines begins with |");
        return "";
    }
}
