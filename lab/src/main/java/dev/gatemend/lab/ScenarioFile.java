package dev.gatemend.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code scenario.yaml}: what a scenario is, in text an operator can write. */
final class ScenarioFile {
    private static final List<String> KEYS =
            List.of(
                    "story",
                    "needs",
                    "nginx",
                    "setup",
                    "break",
                    "traffic",
                    "undo",
                    "ask",
                    "truth",
                    "startsWell");
    private static final int LONGEST = 64 * 1024;

    private final String file;
    private final List<String> mistakes = new ArrayList<>();

    private ScenarioFile(String file) {
        this.file = file;
    }

    /**
     * Reads one.
     *
     * @param file its name, for messages
     * @param id {@code CAUSE/VARIANT}
     * @throws IOException with all mistakes, one a line, each {@code file:line:col: what}
     */
    static Scenario read(String file, String id, String text) throws IOException {
        ScenarioFile reader = new ScenarioFile(file);
        Scenario scenario = reader.scenario(id, reader.root(text));
        if (!reader.mistakes.isEmpty()) {
            throw new IOException(String.join("\n", reader.mistakes));
        }
        return scenario;
    }

    private Node root(String text) throws IOException {
        if (text.length() > LONGEST) {
            throw new IOException(file + ": longer than " + LONGEST + " characters");
        }
        try {
            return new Compose(LoadSettings.builder().setMaxAliasesForCollections(0).build())
                    .composeString(text)
                    .orElseThrow(() -> new IOException(file + ":1:1: the file is empty"));
        } catch (YamlEngineException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private Scenario scenario(String id, Node node) {
        ScenarioNode root = ScenarioNode.of(file, node, KEYS, mistakes);
        if (root.text("story").isBlank()) {
            root.mistake(node, "a line \"story\" is missing");
        }
        ScenarioNode truth = inner(root, "truth", List.of("peer", "innocent", "madeBy"));
        Scenario read =
                Scenario.of(id, root.text("story"))
                        .setUp(setUp(root, truth))
                        .breaks(script(root, "break"))
                        .traffic(script(root, "traffic"))
                        .undoes(script(root, "undo"));
        for (Need need : needs(root)) {
            read = read.needs(need);
        }
        Optional<Ask> ask = root.node("ask").map(_ -> ask(root));
        read = ask.isPresent() ? read.asks(ask.get()) : read;
        read = oneOf(truth, "madeBy", "nginx", "upstream") ? read.madeByUpstream() : read;
        return oneOf(root, "startsWell", "true", "false") ? read.brokenFromTheStart() : read;
    }

    private ScenarioNode inner(ScenarioNode root, String key, List<String> known) {
        return root.node(key)
                .map(node -> ScenarioNode.of(file, node, known, mistakes))
                .orElseGet(() -> new ScenarioNode(file, Map.of(), mistakes));
    }

    private static boolean oneOf(ScenarioNode in, String key, String usual, String other) {
        String value = in.text(key);
        if (in.node(key).isPresent() && !Set.of(usual, other).contains(value)) {
            in.mistake(in.node(key).get(), usual + " or " + other + " is expected");
        }
        return value.equals(other);
    }

    private static Set<Need> needs(ScenarioNode root) {
        EnumSet<Need> needs = EnumSet.noneOf(Need.class);
        for (Node node : root.list("needs")) {
            try {
                needs.add(Need.valueOf(root.scalar(node).toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException _) {
                root.mistake(node, "unknown need; known are " + EnumSet.allOf(Need.class));
            }
        }
        return needs;
    }

    private Ask ask(ScenarioNode root) {
        ScenarioNode ask =
                inner(root, "ask", List.of("site", "path", "healthy", "broken", "times"));
        return Ask.of(ask.text("site"), ask.text("path"), ask.number("broken", 502))
                .healthy(ask.number("healthy", 200))
                .times(ask.number("times", 5));
    }

    private static Step script(ScenarioNode root, String key) {
        return root.node(key).isEmpty() ? Step.NONE : new Script(key, root.text(key));
    }

    private Step setUp(ScenarioNode root, ScenarioNode truth) {
        ScenarioNode nginx = inner(root, "nginx", List.of("sites", "http"));
        Map<String, String> sites = texts(inner(nginx, "sites", List.of()));
        String http = nginx.text("http");
        String peer = truth.text("peer");
        List<String> innocent = truth.list("innocent").stream().map(truth::scalar).toList();
        Step script = script(root, "setup");
        return bench -> {
            bench.nginx().http("scenario", Placeholders.fill(bench, http));
            for (Map.Entry<String, String> site : sites.entrySet()) {
                bench.nginx().site(site.getKey(), Placeholders.fill(bench, site.getValue()));
            }
            if (!peer.isEmpty()) {
                bench.guilty(Placeholders.fill(bench, peer));
            }
            for (String word : innocent) {
                bench.innocent(Placeholders.fill(bench, word));
            }
            script.run(bench);
            bench.nginx().start();
        };
    }

    private static Map<String, String> texts(ScenarioNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.values().keySet().forEach(key -> texts.put(key, node.text(key)));
        return texts;
    }
}
