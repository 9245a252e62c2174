package dev.gatemend.nginx.config;

import dev.gatemend.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code ngx_conf_handler} refuses before a module sees the directive: a name nobody knows, a
 * directive in the wrong place, a missing terminator, a wrong number of arguments; then what the
 * slot functions refuse. A directive of a module we do not know passes.
 */
final class DirectiveCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Optional<Version> version;

    /**
     * @param version whose directives exist; empty to accept those of any version
     */
    DirectiveCheck(Optional<Version> version) {
        this.version = version;
    }

    /**
     * The outcome.
     *
     * @param complaint nginx's words; empty when it accepts the directive
     * @param inside contexts of the directives in its block
     */
    record Outcome(Optional<String> complaint, int inside) {
        private static Outcome refused(String words) {
            return new Outcome(Optional.of(words), Context.UNKNOWN.bit());
        }
    }

    /**
     * Checks one directive.
     *
     * @param contexts it may stand in; several when its file is looked at alone
     * @param seen names that stand before it in the same block; those allowed only once are added
     */
    Outcome check(Directive directive, int contexts, Set<String> seen) {
        boolean lines = contexts == Context.LINES.bit();
        if (lines && !directive.word().equals("include")) {
            return directive.opensBlock()
                    ? Outcome.refused("unexpected \"{\"")
                    : new Outcome(Optional.empty(), contexts);
        }
        if (Context.UNKNOWN.in(contexts) && contexts != Context.ANYWHERE) {
            return new Outcome(Optional.empty(), contexts);
        }
        List<DirectiveRule> known = DirectiveTable.NGINX.rules(directive.word());
        List<DirectiveRule> rules = existing(known);
        if (rules.isEmpty()) {
            return known.isEmpty()
                    ? checkUnknown(directive, contexts)
                    : tooNew(directive.word(), known);
        }
        return checkKnown(directive, rules, contexts, seen);
    }

    private List<DirectiveRule> existing(List<DirectiveRule> rules) {
        return version.isEmpty() || rules.stream().allMatch(r -> r.existsIn(version.get()))
                ? rules
                : rules.stream().filter(r -> r.existsIn(version.get())).toList();
    }

    private Outcome tooNew(String name, List<DirectiveRule> rules) {
        return Outcome.refused(
                "unknown directive \"%s\"; nginx has it since %s, this is %s"
                        .formatted(
                                name,
                                rules.getFirst().since().orElseThrow(),
                                version.orElseThrow()));
    }

    private static Outcome checkUnknown(Directive directive, int contexts) {
        String name = directive.word();
        if (name.endsWith("_by_lua_block")) {
            return checkLua(directive);
        }
        Outcome accepted = new Outcome(Optional.empty(), Context.UNKNOWN.bit());
        if (contexts == Context.ANYWHERE) { // perhaps lines of a map, or a block we do not know
            return accepted;
        }
        String words = "unknown directive \"" + name + "\"";
        if (name.startsWith("\uFEFF")) {
            return Outcome.refused(words + "; the file begins with a byte order mark, remove it");
        }
        Optional<String> meant = DirectiveTable.NGINX.misspelt(name, contexts);
        if (meant.isPresent()) {
            return Outcome.refused(words + "; did you mean \"" + meant.get() + "\"?");
        }
        return NAME.matcher(name).matches() ? accepted : Outcome.refused(words);
    }

    private static Outcome checkLua(Directive directive) {
        String name = directive.word();
        int arguments = name.equals("set_by_lua_block") ? 1 : 0;
        if (!directive.opensBlock()) {
            return Outcome.refused("directive \"" + name + "\" has no opening \"{\"");
        }
        return directive.arguments().size() == arguments
                ? new Outcome(Optional.empty(), Context.UNKNOWN.bit())
                : Outcome.refused("invalid number of arguments in \"" + name + "\" directive");
    }

    private Outcome checkKnown(
            Directive directive, List<DirectiveRule> rules, int contexts, Set<String> seen) {
        String complaint = "\"" + directive.word() + "\" directive is not allowed here";
        boolean refused = false;
        int inside = 0;
        for (DirectiveRule rule : rules) {
            if ((rule.contexts() & contexts) == 0) {
                continue;
            }
            Optional<String> wrong = complaint(directive, rule, seen);
            if (wrong.isEmpty()) {
                inside |= Context.inside(rule.module(), rule.name(), contexts);
            } else if (!refused) {
                refused = true;
                complaint = wrong.get();
            }
        }
        if (inside == 0) {
            return mayBeLine(directive, contexts)
                    ? new Outcome(Optional.empty(), Context.UNKNOWN.bit())
                    : Outcome.refused(complaint);
        }
        remember(directive, rules, contexts, seen);
        return new Outcome(Optional.empty(), inside);
    }

    /** A file looked at alone may be the included lines of a {@code map}. */
    private static boolean mayBeLine(Directive directive, int contexts) {
        return contexts == Context.ANYWHERE
                && !directive.opensBlock()
                && directive.arguments().size() == 1;
    }

    private static Optional<String> complaint(
            Directive directive, DirectiveRule rule, Set<String> seen) {
        String name = directive.word();
        if (directive.opensBlock() && !rule.block()) {
            return Optional.of("directive \"" + name + "\" is not terminated by \";\"");
        }
        if (!directive.opensBlock() && rule.block()) {
            return Optional.of("directive \"" + name + "\" has no opening \"{\"");
        }
        if (!rule.arguments().accept(directive.arguments().size())) {
            return Optional.of("invalid number of arguments in \"" + name + "\" directive");
        }
        if (rule.kind().onlyOnce() && seen.contains(name)) {
            return Optional.of("\"" + name + "\" directive is duplicate");
        }
        return rule.kind().complaint(name, directive.arguments());
    }

    private static void remember(
            Directive directive, List<DirectiveRule> rules, int contexts, Set<String> seen) {
        for (DirectiveRule rule : rules) {
            if (rule.kind().onlyOnce() && (rule.contexts() & contexts) != 0) {
                seen.add(directive.word());
                return;
            }
        }
    }
}
