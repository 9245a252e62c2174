package dev.gatemend.cli;

import dev.gatemend.host.NamedConfiguration;
import dev.gatemend.host.logs.RotatedName;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.nginx.log.AccessLogFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The formats that {@code --format} and {@code --config} come to; none: they are inferred. */
final class LogFormats {
    private static final String ESCAPE = "escape=";

    private LogFormats() {}

    /**
     * @param format of {@code --format}: a name, or a text with a variable in it; empty for none
     * @param configuration of {@code --config}
     * @param names of the logs
     * @throws UsageException when no format has that name
     */
    static List<LogFormat> of(String format, Optional<Path> configuration, List<String> names) {
        if (format.indexOf('$') >= 0) {
            return List.of(written(format));
        }
        Optional<NginxConfiguration> read = configuration.map(NamedConfiguration::read);
        if (!format.isEmpty()) {
            return List.of(named(format, read));
        }
        return read.map(c -> ofLogs(c, names)).orElse(List.of());
    }

    /** As behind the name in a {@code log_format}: perhaps an escape first. */
    private static LogFormat written(String text) {
        int blank = text.indexOf(' ');
        if (!text.startsWith(ESCAPE) || blank < 0) {
            return new LogFormat("of --format", text, LogFormat.Escape.DEFAULT);
        }
        LogFormat.Escape escape =
                switch (text.substring(ESCAPE.length(), blank)) {
                    case "json" -> LogFormat.Escape.JSON;
                    case "none" -> LogFormat.Escape.NONE;
                    default -> LogFormat.Escape.DEFAULT;
                };
        return new LogFormat("of --format", text.substring(blank + 1), escape);
    }

    private static LogFormat named(String name, Optional<NginxConfiguration> configuration) {
        List<LogFormat> known =
                configuration
                        .map(NginxConfiguration::formats)
                        .orElse(List.of(AccessLogFormat.COMBINED));
        return known.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException(unknown(name, known, configuration)));
    }

    private static String unknown(
            String name, List<LogFormat> known, Optional<NginxConfiguration> configuration) {
        List<String> names = known.stream().map(LogFormat::name).distinct().toList();
        return configuration
                .map(
                        c ->
                                "--format %s: %s has no such log_format%s"
                                        .formatted(
                                                name,
                                                c.path(),
                                                Likeness.suggestion(name, names)
                                                        .orElse("; it has " + Words.list(names))))
                .orElse(
                        "--format %s: name the nginx.conf that defines it with --config, or write its text in quotes"
                                .formatted(name));
    }

    /** Those of the access_logs that are given, or of all where the files were moved or renamed. */
    private static List<LogFormat> ofLogs(NginxConfiguration configuration, List<String> names) {
        Set<String> used = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        for (LogSetting log : configuration.logs()) {
            if (!log.error()) {
                all.add(log.format());
                log.file()
                        .filter(path -> names.stream().anyMatch(name -> isOf(path, name)))
                        .ifPresent(_ -> used.add(log.format()));
            }
        }
        Set<String> wanted = used.isEmpty() ? all : used;
        List<LogFormat> formats = new ArrayList<>();
        configuration.formats().stream()
                .filter(format -> wanted.contains(format.name()))
                .forEach(formats::add);
        return formats;
    }

    /** A log, or what it was rotated to. */
    private static boolean isOf(String log, String name) {
        return RotatedName.logOf(LookOptions.path(name)).equals(Path.of(log));
    }
}
