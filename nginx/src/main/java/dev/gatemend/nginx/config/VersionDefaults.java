package dev.gatemend.nginx.config;

import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx's own values where the configuration says nothing, for one version. */
final class VersionDefaults {
    private static final List<String[]> ROWS =
            DirectiveTable.lines("defaults.tsv").stream().map(row -> row.split("\t", -1)).toList();

    private final Version version;
    private final CompiledDefaults compiled;

    VersionDefaults(Version version, CompiledDefaults compiled) {
        this.version = version;
        this.compiled = compiled;
    }

    /**
     * The defaults of a part.
     *
     * @param part {@code main}, {@code events}, {@code http}, {@code stream} or {@code upstream}
     */
    Settings of(String part) {
        List<Setting> settings = new ArrayList<>();
        for (String[] row : ROWS) {
            if (row[0].equals(part) && holds(row[3], row[4])) {
                List<String> arguments = List.of(filled(row[2]).split(" ", -1));
                settings.add(new Setting(row[1], arguments, Optional.empty()));
            }
        }
        return Settings.of(settings);
    }

    private boolean holds(String from, String to) {
        boolean begun = Version.find(from).map(v -> version.compareTo(v) >= 0).orElse(true);
        boolean ended = Version.find(to).map(v -> version.compareTo(v) >= 0).orElse(false);
        return begun && !ended;
    }

    private String filled(String arguments) {
        String filled = arguments;
        for (Map.Entry<String, String> value : compiledValues().entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    private Map<String, String> compiledValues() {
        return Map.of(
                "user", compiled.user(),
                "pid", compiled.pid(),
                "error_log", compiled.errorLog(),
                "access_log", compiled.accessLog(),
                "proxy_temp", compiled.tempPath("proxy"),
                "fastcgi_temp", compiled.tempPath("fastcgi"),
                "uwsgi_temp", compiled.tempPath("uwsgi"),
                "scgi_temp", compiled.tempPath("scgi"),
                "client_body_temp", compiled.tempPath("client_body"));
    }
}
