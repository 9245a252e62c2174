package dev.gatemend.nginx.config;

import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects every distinct log and every format, from whatever level. */
final class LogReader {
    private static final LogFormat COMBINED =
            new LogFormat(
                    "combined",
                    "$remote_addr - $remote_user [$time_local] \"$request\" $status"
                            + " $body_bytes_sent \"$http_referer\" \"$http_user_agent\"",
                    LogFormat.Escape.DEFAULT);

    private final String prefix;
    private final CompiledDefaults compiled;
    private final Map<String, LogSetting> logs = new LinkedHashMap<>();
    private final List<LogFormat> formats = new ArrayList<>(List.of(COMBINED));

    /**
     * @param prefix with a slash at its end; relative paths are joined to it
     */
    LogReader(String prefix, CompiledDefaults compiled) {
        this.prefix = prefix;
        this.compiled = compiled;
    }

    List<LogSetting> logs() {
        return List.copyOf(logs.values());
    }

    List<LogFormat> formats() {
        return List.copyOf(formats);
    }

    /**
     * Takes in an {@code error_log}, {@code access_log} or {@code log_format}; others are ignored.
     */
    void add(Directive directive) {
        switch (directive.word()) {
            case "error_log" -> {
                String level = directive.arguments().size() > 1 ? directive.argument(1) : "error";
                add(true, directive.argument(0), level, Optional.of(directive.position()));
            }
            case "access_log" -> addAccessLog(directive);
            case "log_format" -> addFormat(directive);
            default -> {}
        }
    }

    /** The error log that is used where none is written. */
    void addDefaultErrorLog() {
        add(true, compiled.errorLog(), "error", Optional.empty());
    }

    /** The access log that is used where none is written. */
    void addDefaultAccessLog() {
        add(false, compiled.accessLog(), "combined", Optional.empty());
    }

    private void addAccessLog(Directive directive) {
        if (directive.argument(0).equals("off")) {
            return;
        }
        String second = directive.argument(1);
        String format = second.isEmpty() || second.indexOf('=') >= 0 ? "combined" : second;
        add(false, directive.argument(0), format, Optional.of(directive.position()));
    }

    private void add(boolean error, String written, String format, Optional<Position> position) {
        LogDestination destination = destination(error, written);
        logs.putIfAbsent(
                error + " " + destination + " " + format,
                new LogSetting(error, destination, format, position));
    }

    private LogDestination destination(boolean error, String written) {
        if (error && written.equals("stderr")) {
            return new LogDestination.Stderr();
        }
        if (written.startsWith("syslog:")) {
            String options = written.substring("syslog:".length());
            String tag = option(options, "tag=");
            return new LogDestination.Syslog(
                    option(options, "server="), tag.isEmpty() ? "nginx" : tag);
        }
        boolean variable = !error && written.indexOf('$') >= 0;
        if (variable || (error && written.startsWith("memory:")) || written.isEmpty()) {
            return new LogDestination.Unreadable(written);
        }
        return new LogDestination.File(written.startsWith("/") ? written : prefix + written);
    }

    private static String option(String options, String name) {
        for (String option : options.split(",", -1)) {
            if (option.startsWith(name)) {
                return option.substring(name.length());
            }
        }
        return "";
    }

    private void addFormat(Directive directive) {
        List<String> words = directive.values();
        if (words.size() < 2) {
            return;
        }
        boolean escape = words.get(1).startsWith("escape=");
        String text = String.join("", words.subList(escape ? 2 : 1, words.size()));
        formats.add(new LogFormat(words.getFirst(), text, escape(words.get(1))));
    }

    private static LogFormat.Escape escape(String word) {
        return switch (word) {
            case "escape=json" -> LogFormat.Escape.JSON;
            case "escape=none" -> LogFormat.Escape.NONE;
            default -> LogFormat.Escape.DEFAULT;
        };
    }
}
