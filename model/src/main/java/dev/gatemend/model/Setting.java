package dev.gatemend.model;

import java.util.List;
import java.util.Optional;

/**
 * A directive in effect somewhere: as written there, inherited from an outer level, or nginx's
 * default.
 *
 * @param name the directive's name
 * @param arguments its arguments, unquoted
 * @param position where it is written; empty for a default of that nginx version
 */
public record Setting(String name, List<String> arguments, Optional<Position> position) {
    public Setting {
        arguments = List.copyOf(arguments);
    }

    public boolean isDefault() {
        return position.isEmpty();
    }

    /** The first argument, or the empty string of a directive without any. */
    public String value() {
        return arguments.isEmpty() ? "" : arguments.getFirst();
    }

    /** As one would write it: {@code proxy_read_timeout 60s}. */
    @Override
    public String toString() {
        return arguments.isEmpty() ? name : name + " " + String.join(" ", arguments);
    }
}
