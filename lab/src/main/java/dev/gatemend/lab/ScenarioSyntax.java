package dev.gatemend.lab;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The YAML of {@code scenario.yaml}, before it is asked what it means. */
final class ScenarioSyntax {
    private static final int LONGEST = 64 * 1024;

    /** Three are needed. The composer recurses, and a file is somebody's. */
    private static final int DEEPEST = 10;

    private ScenarioSyntax() {}

    /** The document; empty when it is none, and the mistakes say why. */
    static Optional<Node> read(String text, Mistakes mistakes) {
        LoadSettings settings = LoadSettings.builder().build();
        if (text.length() > LONGEST) {
            mistakes.at(1, 1, "the file is longer than " + LONGEST + " characters; shorten it");
            return Optional.empty();
        }
        try {
            if (tooDeep(new Parse(settings).parseString(text), mistakes)) {
                return Optional.empty();
            }
            Optional<Node> whole = new Compose(settings).composeString(text);
            if (whole.isEmpty()) {
                mistakes.at(1, 1, "the file is empty; it begins with a line \"story: ...\"");
            }
            return whole;
        } catch (MarkedYamlEngineException e) {
            mistakes.at(
                    e.getProblemMark(), "not YAML: " + oneLine(e.getProblem()) + advice(text, e));
        } catch (YamlEngineException e) {
            mistakes.at(1, 1, "not YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static boolean tooDeep(Iterable<Event> events, Mistakes mistakes) {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : 0;
            depth -= event instanceof CollectionEndEvent ? 1 : 0;
            if (depth > DEEPEST) {
                mistakes.at(
                        event.getStartMark(), "nested too deeply; keys, lists and texts suffice");
                return true;
            }
        }
        return false;
    }

    /** The usual reason, by the character it stumbles over. */
    private static String advice(String text, MarkedYamlEngineException e) {
        int line = e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
        String there = text.lines().skip(line).findFirst().orElse("");
        if (there.contains("\t")) {
            return "; indent with blanks, not with tabs";
        }
        return "; a text with \": \", { or # in it goes into quotes, or below a |";
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    /** A script, with the line of the file it begins on. */
    static Script script(String key, Node node, ScenarioNode root) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        boolean literal =
                node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
        boolean several = line < node.getEndMark().map(mark -> mark.getLine() + 1).orElse(line);
        if (!literal && several) {
            root.mistakes()
                    .at(node, "a script of several lines goes below a |: \"" + key + ": |\"");
        }
        return new Script(key, literal ? line + 1 : line, root.scalar(node));
    }
}
