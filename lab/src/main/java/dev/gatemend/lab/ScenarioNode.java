package dev.gatemend.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a scenario's file, whose mistakes are collected rather than thrown.
 *
 * @param mistakes of the whole file, each {@code file:line:col: what}
 */
record ScenarioNode(String file, Map<String, Node> values, List<String> mistakes) {
    /** Any value but a mapping is a mistake; {@code known} are all keys there may be. */
    static ScenarioNode of(String file, Node node, List<String> known, List<String> mistakes) {
        ScenarioNode read = new ScenarioNode(file, new LinkedHashMap<>(), mistakes);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> read.take(tuple, known));
        } else {
            read.mistake(node, "keys and values are expected here");
        }
        return read;
    }

    private void take(NodeTuple tuple, List<String> known) {
        String key = scalar(tuple.getKeyNode());
        if (!known.isEmpty() && !known.contains(key)) {
            String near =
                    known.stream()
                            .filter(k -> Spelling.distance(k, key) <= 2)
                            .findFirst()
                            .map(k -> "; did you mean \"" + k + "\"?")
                            .orElse("; known are " + String.join(", ", known));
            mistake(tuple.getKeyNode(), "unknown key \"" + key + "\"" + near);
        } else if (values.put(key, tuple.getValueNode()) != null) {
            mistake(tuple.getKeyNode(), "the key \"" + key + "\" is there twice");
        }
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The text of a key; empty when it is not there. */
    String text(String key) {
        return node(key).map(this::scalar).orElse("");
    }

    /** A number from 0 to 999. */
    int number(String key, int otherwise) {
        if (node(key).isEmpty()) {
            return otherwise;
        }
        String text = text(key);
        if (!text.matches("[0-9]{1,3}")) {
            mistake(node(key).get(), "a number from 0 to 999 is expected, not \"" + text + "\"");
            return otherwise;
        }
        return Integer.parseInt(text);
    }

    /** The texts of a list; empty when the key is not there. */
    List<Node> list(String key) {
        Optional<Node> node = node(key);
        if (node.isPresent() && !(node.get() instanceof SequenceNode)) {
            mistake(node.get(), "a list is expected, as in [one, two]");
        }
        return node.filter(SequenceNode.class::isInstance)
                .map(n -> ((SequenceNode) n).getValue())
                .orElse(List.of());
    }

    String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        mistake(node, "text is expected here");
        return "";
    }

    void mistake(Node node, String what) {
        String place =
                node.getStartMark()
                        .map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1))
                        .orElse("1:1");
        mistakes.add(file + ":" + place + ": " + what);
    }
}
