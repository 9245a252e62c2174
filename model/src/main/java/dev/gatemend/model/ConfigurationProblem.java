package dev.gatemend.model;

/**
 * Why nginx would refuse a configuration, or why we could not follow it.
 *
 * @param fatal nginx refuses to start or reload with it
 * @param message nginx's own words where it has some, with a suggestion where we have one
 */
public record ConfigurationProblem(Position position, boolean fatal, String message) {
    /** {@code file:line:column: message}. */
    @Override
    public String toString() {
        return position + ": " + message;
    }
}
