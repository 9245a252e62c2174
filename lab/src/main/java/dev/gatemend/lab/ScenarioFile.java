package dev.gatemend.lab;

import dev.gatemend.model.Maker;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code scenario.yaml}: what a scenario is, in text an operator can write. */
final class ScenarioFile {
    static final String NAME = "scenario.yaml";

    private static final List<String> SCRIPTS = List.of("setup", "break", "traffic", "undo");
    private static final List<String> NGINX = List.of("main", "events", "http", "sites");
    private static final List<String> OTHERS =
            List.of(
                    "story",
                    "composed",
                    "needs",
                    "nginx",
                    "network",
                    "host",
                    "ask",
                    "peer",
                    "made-by",
                    "also",
                    "repair",
                    "restart",
                    "untouched");
    static final List<String> KEYS =
            Stream.of(OTHERS, NGINX, SCRIPTS).flatMap(List::stream).toList();
    private static final List<String> ALSO = List.of("cause", "ask", "peer", "made-by");

    private final ScenarioFolder folder;
    private final Mistakes mistakes;
    private final Node whole;
    private final ScenarioNode root;

    private ScenarioFile(ScenarioFolder folder, Mistakes mistakes, Node whole) {
        this.folder = folder;
        this.mistakes = mistakes;
        this.whole = whole;
        this.root = ScenarioNode.of(whole, KEYS, mistakes);
    }

    /**
     * Reads one.
     *
     * @param text of the file
     * @throws Mistakes.ScenarioException with all mistakes, one a line, each {@code
     *     FILE:LINE:COLUMN: WHAT}
     */
    static Scenario read(ScenarioFolder folder, String text) throws IOException {
        Mistakes mistakes = new Mistakes(folder.title() + "/" + NAME);
        Optional<Node> whole = ScenarioSyntax.read(text, mistakes);
        mistakes.check();
        Scenario read = new ScenarioFile(folder, mistakes, whole.orElseThrow()).scenario();
        mistakes.check();
        return read;
    }

    private Scenario scenario() {
        checkWhatIsThere();
        checkPlaceholders();
        Scenario read =
                Scenario.of(folder.id(), root.text("story"))
                        .withNginx(versions())
                        .setUp(setUp())
                        .breaks(script("break"))
                        .traffic(script("traffic"))
                        .undoes(script("undo"))
                        .repairedBy(root.texts("repair"))
                        .alsoWith(also())
                        .mendedByRestarting(restart())
                        .composedOf(root.node("composed").map(root::scalar));
        for (Need need : needs()) {
            read = read.needs(need);
        }
        if (root.node("ask").isPresent()) {
            read = read.asks(RequestNode.read(root, folder.isControl()));
        }
        return maker(root) == Maker.UPSTREAM ? read.madeByUpstream() : read;
    }

    private void checkWhatIsThere() {
        required("story", "what happens, in one line");
        required("sites", "the inside of each server block, as in \"shop.example: |\"");
        if (folder.isControl()) {
            forbidden("break", "undo", "repair", "restart", "peer", "made-by", "also");
            return;
        }
        required("break", "what goes wrong, a script");
        required("undo", "how to take the fault away again, a script");
        required("repair", "what a right repair is, a list of sentences");
        if (root.node("ask").isEmpty() && root.node("traffic").isEmpty()) {
            mistakes.at(
                    whole, "\"ask\" or \"traffic\" is missing: the requests that show the fault");
        }
    }

    private void required(String key, String what) {
        if (root.node(key).isEmpty()) {
            mistakes.at(whole, "\"%s\" is missing: %s".formatted(key, what));
        }
    }

    private void forbidden(String... keys) {
        for (String key : keys) {
            root.node(key)
                    .ifPresent(
                            node ->
                                    mistakes.at(
                                            node,
                                            "in a control nothing is wrong; leave \"%s\" away"
                                                    .formatted(key)));
        }
    }

    private void checkPlaceholders() {
        NGINX.stream().limit(3).forEach(key -> root.node(key).ifPresent(this::checkPlaceholders));
        root.inner("sites", List.of()).values().values().forEach(this::checkPlaceholders);
        root.node("peer").ifPresent(this::checkPlaceholders);
        root.list("untouched").forEach(this::checkPlaceholders);
    }

    private void checkPlaceholders(Node text) {
        Placeholders.unknown(root.scalar(text))
                .map(name -> "\"${" + name + "}\"" + Placeholders.suggestion(name))
                .forEach(name -> mistakes.at(text, "unknown placeholder " + name));
    }

    private Set<Need> needs() {
        Set<Need> needs = new TreeSet<>();
        List<String> known = Stream.of(Need.values()).map(Need::toString).toList();
        for (Node node : root.list("needs")) {
            String name = root.scalar(node);
            if (known.contains(name)) {
                needs.add(Need.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
            } else {
                mistakes.at(
                        node,
                        "unknown need \"" + name + "\"" + ScenarioNode.suggestion(name, known));
            }
        }
        if (ownNetwork()) {
            needs.addAll(List.of(Need.ROOT, Need.NAMESPACE));
        }
        if (onSystemd()) {
            needs.addAll(List.of(Need.ROOT, Need.SYSTEMD));
        }
        SCRIPTS.forEach(key -> checkNeeds(key, needs));
        return needs;
    }

    private void checkNeeds(String script, Set<Need> needs) {
        ScriptWords.NEEDS.forEach(
                (word, need) -> {
                    boolean used =
                            Pattern.compile("(?m)^\\s*" + word + "\\s")
                                    .matcher(root.text(script))
                                    .find();
                    if (used && !needs.contains(need)) {
                        root.mistake(
                                script,
                                "\"%s\" uses %s; add %s to \"needs\""
                                        .formatted(script, word, need));
                    }
                });
    }

    private NginxVersions versions() {
        Optional<NginxVersions> read = NginxVersions.parse(root.text("nginx"));
        if (read.isEmpty()) {
            root.mistake(
                    "nginx", "\"nginx\" has to be as in from 1.23.0, or before 1.29.7, or both");
        }
        return read.orElse(NginxVersions.ANY);
    }

    /** It brings a network and an nginx along. */
    private boolean onSystemd() {
        boolean on = choice(root, "host", List.of("systemd")).equals("systemd");
        for (String key : List.of("network", "nginx")) {
            if (on && root.node(key).isPresent()) {
                root.mistake(key, "\"host: systemd\" has its own; leave \"" + key + "\" away");
            }
        }
        if (on && root.node("composed").isPresent()) {
            root.mistake(
                    "composed", "\"host: systemd\" is real in all parts; leave \"composed\" away");
        }
        return on;
    }

    /** The units whose restart alone mends it; empty when the file does not say. */
    private Optional<List<String>> restart() {
        if (root.node("restart").isPresent()
                && (!root.text("host").equals("systemd") || root.node("ask").isEmpty())) {
            root.mistake("restart", "\"restart\" goes with \"host: systemd\" and with \"ask\"");
        }
        for (Node node : root.list("restart")) {
            if (!root.scalar(node).matches("[a-z0-9@_.-]{1,200}\\.(?:service|socket)")) {
                mistakes.at(node, "a unit is expected here, as in shop.service or shop.socket");
            }
        }
        return root.node("restart").map(_ -> root.texts("restart"));
    }

    private boolean ownNetwork() {
        return choice(root, "network", List.of("host", "own")).equals("own");
    }

    private static String choice(ScenarioNode node, String key, List<String> known) {
        String value = node.text(key);
        if (node.node(key).isPresent() && !known.contains(value)) {
            node.mistake(key, "\"%s\" has to be %s".formatted(key, String.join(" or ", known)));
        }
        return value;
    }

    private List<Fault> also() {
        return root.list("also").stream().map(this::fault).toList();
    }

    private Fault fault(Node node) {
        ScenarioNode fault = ScenarioNode.of(node, ALSO, mistakes);
        for (String key : List.of("cause", "ask")) {
            if (fault.node(key).isEmpty()) {
                mistakes.at(node, "\"%s\" is missing: what else is broken".formatted(key));
            }
        }
        fault.node("peer").ifPresent(this::checkPlaceholders);
        return new Fault(
                fault.text("cause"),
                RequestNode.read(fault, false),
                maker(fault),
                fault.node("peer").map(fault::scalar));
    }

    private static Maker maker(ScenarioNode node) {
        return choice(node, "made-by", List.of("nginx", "upstream")).equals("upstream")
                ? Maker.UPSTREAM
                : Maker.NGINX;
    }

    private Step script(String key) {
        return root.node(key)
                .<Step>map(node -> ScenarioSyntax.script(key, node, root))
                .orElse(Step.NONE);
    }

    private Step setUp() {
        NginxText nginx =
                new NginxText(
                        root.text("main"),
                        root.text("events"),
                        root.text("http"),
                        sites(root.inner("sites", List.of())));
        String peer = root.text("peer");
        List<String> untouched = root.texts("untouched");
        List<Fault> also = also();
        boolean ownNetwork = ownNetwork();
        boolean onSystemd = root.text("host").equals("systemd");
        boolean composed = root.node("composed").isPresent();
        Step script = script("setup");
        return bench -> {
            folder.unpack(bench);
            if (composed) {
                bench.useComposed();
            }
            if (ownNetwork) {
                bench.useNamespace();
            }
            if (onSystemd) {
                bench.useSystemd();
            }
            nginx.into(bench);
            if (!peer.isEmpty()) {
                bench.guilty(Placeholders.fill(bench, peer));
            }
            for (String word : untouched) {
                bench.knows(bench.truth().withInnocent(Placeholders.fill(bench, word)));
            }
            for (Fault fault : also) {
                bench.knows(bench.truth().withOther(fault.filled(bench)));
            }
            script.run(bench);
            if (!bench.nginx().wasStarted()) {
                bench.nginx().start();
            }
        };
    }

    private static Map<String, String> sites(ScenarioNode node) {
        Map<String, String> sites = new LinkedHashMap<>();
        node.values().keySet().forEach(name -> sites.put(name, node.text(name)));
        return sites;
    }
}
