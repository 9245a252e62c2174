package dev.gatemend.nginx.config;

import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.Position;

/** Carries nginx's refusal from the place it is found to the end of parsing. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ConfigurationProblem problem;

    RefusedException(Position position, String message) {
        super(message, null, false, false);
        this.problem = new ConfigurationProblem(position, true, message);
    }

    ConfigurationProblem problem() {
        return problem;
    }
}
