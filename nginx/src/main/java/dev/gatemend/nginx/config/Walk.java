package dev.gatemend.nginx.config;

import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.Directive.Body;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through directives in the order nginx reads them: checks each, follows includes where they
 * stand and puts what they hold in their place. The first problem found is the one nginx reports.
 */
final class Walk {
    /** So many problems say enough; a binary file has one at every byte. */
    private static final int MOST_PROBLEMS = 100;

    private final DirectiveCheck check;
    private final Includes includes;
    private final List<ConfigurationProblem> problems = new ArrayList<>();

    Walk(Optional<Version> version, Includes includes) {
        this.check = new DirectiveCheck(version);
        this.includes = includes;
    }

    /** Opens what an include names. */
    interface Includes {
        /** Leaves an include alone: the file is looked at by itself. */
        Includes NOT_FOLLOWED = (include, _, _, _) -> List.of(include);

        /**
         * Walks the files it names in nginx's order and returns what takes the include's place.
         *
         * @param walk to walk each file with, and to report problems to
         */
        List<Directive> follow(Directive include, Walk walk, int contexts, Set<String> seen);
    }

    List<ConfigurationProblem> problems() {
        return problems;
    }

    void report(ConfigurationProblem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    /**
     * Walks a file's top level and returns its directives with includes replaced by their content.
     */
    List<Directive> file(Parsed parsed, int contexts, Set<String> seen) {
        List<Directive> directives = level(parsed.tree().directives(), contexts, seen);
        parsed.problem().ifPresent(this::report);
        return directives;
    }

    /** Parts without an include are handed on as they are: a large configuration is not copied. */
    @SuppressWarnings("ReferenceEquality")
    private List<Directive> level(List<Directive> directives, int contexts, Set<String> seen) {
        List<Directive> expanded = new ArrayList<>(directives.size());
        boolean same = true;
        for (Directive directive : directives) {
            DirectiveCheck.Outcome outcome = check.check(directive, contexts, seen);
            outcome.complaint()
                    .ifPresent(
                            words ->
                                    report(
                                            new ConfigurationProblem(
                                                    directive.refusedAt(), true, words)));
            if (isInclude(directive)) {
                expanded.addAll(includes.follow(directive, this, contexts, seen));
                same = false;
            } else {
                Directive inner = inner(directive, outcome.inside());
                same &= inner == directive;
                expanded.add(inner);
            }
        }
        return same ? directives : List.copyOf(expanded);
    }

    private static boolean isInclude(Directive directive) {
        return directive.word().equals("include")
                && directive.arguments().size() == 1
                && !directive.opensBlock();
    }

    @SuppressWarnings("ReferenceEquality")
    private Directive inner(Directive directive, int contexts) {
        if (!(directive.body() instanceof Body.Block block) || block.directives().isEmpty()) {
            return directive;
        }
        List<Directive> directives = level(block.directives(), contexts, new HashSet<>(0));
        return directives == block.directives()
                ? directive
                : new Directive(
                        directive.file(),
                        directive.name(),
                        directive.arguments(),
                        directive.terminator(),
                        new Body.Block(directives, block.close()));
    }
}
