package dev.gatemend.host;

import dev.gatemend.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an nginx binary was built with: its version and the paths it falls back to ({@code nginx
 * -V}; nginx's {@code auto/options} for what is not given there).
 *
 * @param version empty when the binary could not be read
 * @param options of configure, without the leading dashes: {@code prefix} to {@code /etc/nginx}; a
 *     switch without value maps to the empty string
 */
public record NginxBuild(Optional<Version> version, Map<String, String> options) {
    private static final String VERSION = "nginx version: ";
    private static final String ARGUMENTS = "configure arguments:";

    /** A binary nothing is known of: nginx's own defaults. */
    public static final NginxBuild UNKNOWN = new NginxBuild(Optional.empty(), Map.of());

    public NginxBuild {
        options = Map.copyOf(options);
    }

    /** Reads what {@code nginx -V} prints. */
    public static NginxBuild parse(String printed) {
        return of(behind(VERSION, printed), behind(ARGUMENTS, printed));
    }

    /**
     * Reads the same out of the program's file, where both are literals ({@code
     * ngx_show_version_info}). Nothing is run: a binary of another user or of a container must not
     * be, least of all as root.
     *
     * @return without a version when the file is no nginx
     * @throws IOException when the file cannot be read
     */
    static NginxBuild scan(Path binary) throws IOException {
        Map<String, String> found = BinaryText.behind(List.of(VERSION, ARGUMENTS), binary);
        return of(found.getOrDefault(VERSION, ""), found.getOrDefault(ARGUMENTS, ""));
    }

    /**
     * {@code --prefix}; empty when built with {@code --prefix=!}, which means the working
     * directory.
     */
    public String prefix() {
        String prefix = options.getOrDefault("prefix", "");
        return prefix.isEmpty() ? "/usr/local/nginx" : prefix.equals("!") ? "" : prefix;
    }

    /** nginx.conf when {@code -c} names none; relative to the prefix unless absolute. */
    public String configuration() {
        return option("conf-path", "conf/nginx.conf");
    }

    /** The error log before and without any {@code error_log}; {@code stderr} is itself. */
    public String errorLog() {
        return option("error-log-path", "logs/error.log");
    }

    /** The access log of a server without any {@code access_log}. */
    public String accessLog() {
        return option("http-log-path", "logs/access.log");
    }

    /** The pid file without any {@code pid}. */
    public String pidFile() {
        return option("pid-path", "logs/nginx.pid");
    }

    /**
     * The directory a module keeps temporary files in without a directive.
     *
     * @param directive {@code client_body_temp_path}, {@code proxy_temp_path}, {@code
     *     fastcgi_temp_path}, {@code uwsgi_temp_path} or {@code scgi_temp_path}
     */
    public String temporary(String directive) {
        String module = directive.substring(0, directive.length() - "_temp_path".length());
        return option("http-" + module.replace('_', '-') + "-temp-path", module + "_temp");
    }

    private String option(String name, String otherwise) {
        String value = options.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static NginxBuild of(String version, String arguments) {
        Map<String, String> options = new HashMap<>();
        for (String word : words(firstLine(arguments))) {
            String[] parts = word.split("=", 2);
            if (word.startsWith("--")) {
                options.put(parts[0].substring(2), parts.length == 2 ? parts[1] : "");
            }
        }
        return new NginxBuild(Version.find(firstLine(version)), options);
    }

    private static String behind(String beginning, String printed) {
        int at = printed.indexOf(beginning);
        return at < 0 ? "" : printed.substring(at + beginning.length());
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Words apart by blanks, where configure put values with blanks into single quotes. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (text + " ").toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
            } else if (c != ' ' || quoted) {
                word.append(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        return words;
    }
}
