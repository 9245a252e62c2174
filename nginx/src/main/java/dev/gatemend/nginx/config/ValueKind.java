package dev.gatemend.nginx.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The slot functions of src/core/ngx_conf_file.c that read a directive's value, with what they
 * refuse.
 */
enum ValueKind {
    FLAG,
    NUM,
    SIZE,
    OFF,
    MSEC,
    SEC,
    BUFS,
    STR,
    ENUM,
    PATH,
    /** Read by the module itself, which refuses a second one in the same block. */
    ONCE,
    /** May stand several times, or is read by the module itself. */
    OTHER;

    static ValueKind of(String word) {
        return switch (word) {
            case "flag" -> FLAG;
            case "num" -> NUM;
            case "size" -> SIZE;
            case "off" -> OFF;
            case "msec" -> MSEC;
            case "sec" -> SEC;
            case "bufs" -> BUFS;
            case "str" -> STR;
            case "enum" -> ENUM;
            case "path" -> PATH;
            case "once" -> ONCE;
            default -> OTHER;
        };
    }

    /** A second one in the same block is refused. */
    boolean onlyOnce() {
        return this != OTHER;
    }

    /** nginx's complaint about the value of {@code name}, if it has one. */
    Optional<String> complaint(String name, List<Word> arguments) {
        String value = arguments.isEmpty() ? "" : arguments.getFirst().value();
        if (value.indexOf('$') >= 0) { // several became variable-aware in later versions
            return Optional.empty();
        }
        return switch (this) {
            case FLAG -> flagComplaint(name, value);
            case NUM ->
                    complaint(ConfigurationValues.number(value).isEmpty(), name, "invalid number");
            case SIZE, OFF ->
                    complaint(ConfigurationValues.size(value).isEmpty(), name, "invalid value");
            case MSEC ->
                    complaint(ConfigurationValues.duration(value).isEmpty(), name, "invalid value");
            case SEC ->
                    complaint(ConfigurationValues.seconds(value).isEmpty(), name, "invalid value");
            case BUFS -> complaint(!isBuffers(arguments), name, "invalid value");
            case STR, ENUM, PATH, ONCE, OTHER -> Optional.empty();
        };
    }

    private static boolean isBuffers(List<Word> arguments) {
        return arguments.size() == 2
                && ConfigurationValues.number(arguments.get(0).value()).orElse(0) > 0
                && ConfigurationValues.size(arguments.get(1).value()).orElse(0) > 0;
    }

    private static Optional<String> flagComplaint(String name, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.equals("on") || lower.equals("off")
                ? Optional.empty()
                : Optional.of(
                        "invalid value \""
                                + value
                                + "\" in \""
                                + name
                                + "\" directive, it must be \"on\" or \"off\"");
    }

    private static Optional<String> complaint(boolean wrong, String name, String words) {
        return wrong ? Optional.of("\"" + name + "\" directive " + words) : Optional.empty();
    }
}
