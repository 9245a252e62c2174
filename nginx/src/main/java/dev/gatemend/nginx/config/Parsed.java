package dev.gatemend.nginx.config;

import dev.gatemend.model.ConfigurationProblem;
import java.util.Optional;

/**
 * A file as far as nginx would read it.
 *
 * @param tree of the whole file, or of what stands before the problem
 * @param problem nginx's first refusal, with its place
 */
public record Parsed(ConfigurationTree tree, Optional<ConfigurationProblem> problem) {
    /** nginx's syntax has nothing against the file. */
    public boolean accepted() {
        return problem.isEmpty();
    }
}
