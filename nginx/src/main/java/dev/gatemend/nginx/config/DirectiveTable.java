package dev.gatemend.nginx.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every directive of nginx's own modules, and the names of other well-known modules' directives.
 */
final class DirectiveTable {
    static final DirectiveTable NGINX = new DirectiveTable();

    private final Map<String, List<DirectiveRule>> rules = new HashMap<>();
    private final Set<String> otherModules;

    private DirectiveTable() {
        for (String line : lines("directives.tsv")) {
            DirectiveRule rule = DirectiveRule.parse(line);
            rules.computeIfAbsent(rule.name(), _ -> new ArrayList<>()).add(rule);
        }
        otherModules = lines("other-modules.txt").stream().collect(Collectors.toUnmodifiableSet());
    }

    /** All meanings of a name; empty when none of nginx's own modules knows it. */
    List<DirectiveRule> rules(String name) {
        return rules.getOrDefault(name, List.of());
    }

    /**
     * The name of nginx's own that an unknown one is most likely a misspelling of: one letter
     * missing, added, changed or swapped.
     *
     * @param contexts it stands in: names that may stand there come first
     */
    Optional<String> misspelt(String name, int contexts) {
        if (name.length() < 4 || otherModules.contains(name)) {
            return Optional.empty();
        }
        String elsewhere = "";
        for (Map.Entry<String, List<DirectiveRule>> entry : rules.entrySet()) {
            if (Misspelling.isOneAway(name, entry.getKey())) {
                if (entry.getValue().stream().anyMatch(r -> (r.contexts() & contexts) != 0)) {
                    return Optional.of(entry.getKey());
                }
                elsewhere = entry.getKey();
            }
        }
        return elsewhere.isEmpty() ? Optional.empty() : Optional.of(elsewhere);
    }

    /** Rows of a table of this package, comments left out. */
    static List<String> lines(String resource) {
        try (InputStream in = DirectiveTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing from the jar: " + resource);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
