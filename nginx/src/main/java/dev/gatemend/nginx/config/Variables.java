package dev.gatemend.nginx.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What variables can come to, as far as the configuration tells: {@code map}, {@code geo} and
 * {@code split_clients} anywhere, {@code set} where it runs before the pass.
 */
final class Variables {
    /** More values than this say only that it can be anything. */
    static final int MOST_ALTERNATIVES = 256;

    private static final int DEEPEST = 8;
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");
    private static final Set<String> MAP_PARAMETERS =
            Set.of(
                    "hostnames",
                    "volatile",
                    "include",
                    "ranges",
                    "proxy",
                    "proxy_recursive",
                    "delete");

    private final Map<String, List<String>> mapped = new HashMap<>();

    /** Takes in a {@code map}, {@code geo} or {@code split_clients} block. */
    void add(Directive block) {
        if (block.arguments().isEmpty()) {
            return;
        }
        String variable = block.arguments().getLast().value();
        Set<String> values = new LinkedHashSet<>();
        for (Directive line : block.block()) {
            boolean parameter = line.arguments().isEmpty() || MAP_PARAMETERS.contains(line.word());
            if (!parameter && values.size() < MOST_ALTERNATIVES) {
                values.add(line.argument(0));
            }
        }
        mapped.computeIfAbsent(bare(variable), _ -> new ArrayList<>()).addAll(values);
    }

    /**
     * Where a pass stands.
     *
     * @param inner directives of its location, and of the {@code if} around it last
     * @param server directives of the server
     * @param serverName the first name; empty when there is none
     */
    record Scope(List<List<Directive>> inner, List<Directive> server, String serverName) {
        Scope {
            inner = List.copyOf(inner);
        }
    }

    /**
     * An expression with its variables replaced. What is left to a request still stands in it as
     * <code>$&#123;name&#125;</code> or {@code $name}.
     */
    List<String> alternatives(String expression, Scope scope) {
        Set<String> found = new LinkedHashSet<>();
        expand(expression, 0, scope, 0, found);
        return List.copyOf(found);
    }

    /** Names of the variables in a text, with their dollar sign. */
    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            names.add("$" + name(matcher));
        }
        return names;
    }

    private void expand(String text, int from, Scope scope, int depth, Set<String> found) {
        Matcher matcher = VARIABLE.matcher(text);
        if (found.size() >= MOST_ALTERNATIVES) {
            return;
        }
        if (!matcher.find(from) || depth > DEEPEST) {
            found.add(text);
            return;
        }
        List<String> values = values(name(matcher), scope);
        if (values.isEmpty()) { // only a request knows
            expand(text, matcher.end(), scope, depth, found);
        }
        for (String value : values) {
            String replaced =
                    text.substring(0, matcher.start()) + value + text.substring(matcher.end());
            expand(replaced, matcher.start(), scope, depth + 1, found);
        }
    }

    private List<String> values(String name, Scope scope) {
        Set<String> values = new LinkedHashSet<>();
        for (List<Directive> block : scope.inner().reversed()) {
            if (set(block, name, values)) {
                return List.copyOf(values);
            }
        }
        if (!set(scope.server(), name, values) && values.isEmpty()) {
            setAnywhere(scope.server(), name, values);
        }
        if (!values.isEmpty()) {
            return List.copyOf(values);
        }
        if (name.equals("server_name") && !scope.serverName().isEmpty()) {
            return List.of(scope.serverName());
        }
        return mapped.getOrDefault(name, List.of());
    }

    /**
     * Adds what {@code set} gives in a block: the last that runs always, and those of an {@code if}
     * behind it.
     *
     * @return whether one runs always, so that outer ones do not matter
     */
    private static boolean set(List<Directive> block, String name, Set<String> values) {
        Set<String> own = new LinkedHashSet<>();
        boolean always = false;
        for (Directive directive : block) {
            if (directive.word().equals("set") && bare(directive.argument(0)).equals(name)) {
                own.clear();
                own.add(directive.argument(1));
                always = true;
            } else if (directive.word().equals("if")) {
                set(directive.block(), name, own);
            }
        }
        values.addAll(own);
        return always;
    }

    /** Another location may have set it before an internal redirect. */
    private static void setAnywhere(List<Directive> block, String name, Set<String> values) {
        for (Directive directive : block) {
            if (directive.word().equals("location")) {
                set(directive.block(), name, values);
                setAnywhere(directive.block(), name, values);
            }
        }
    }

    private static String bare(String variable) {
        return variable.startsWith("$") ? variable.substring(1) : variable;
    }

    private static String name(Matcher matcher) {
        return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }
}
