package dev.gatemend.nginx.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code nginx -V} says was compiled in: the paths and the user that hold where the
 * configuration is silent.
 *
 * @param options configure options by name, without the dashes
 */
public record CompiledDefaults(Map<String, String> options) {
    /** Of an nginx built without any option (auto/options). */
    public static final CompiledDefaults NONE = new CompiledDefaults(Map.of());

    private static final Pattern OPTION =
            Pattern.compile("--([a-z0-9_-]{1,60})=('[^']{0,2000}'|\\S{1,2000})");

    public CompiledDefaults {
        options = Map.copyOf(options);
    }

    /** Reads the output of {@code nginx -V}. */
    public static CompiledDefaults parse(String output) {
        Map<String, String> options = new HashMap<>();
        Matcher matcher = OPTION.matcher(output);
        while (matcher.find()) {
            String value = matcher.group(2);
            options.put(
                    matcher.group(1),
                    value.startsWith("'") ? value.substring(1, value.length() - 1) : value);
        }
        return new CompiledDefaults(options);
    }

    /** {@code --error-log-path}, which may be {@code stderr}. */
    public String errorLog() {
        return options.getOrDefault("error-log-path", "logs/error.log");
    }

    /** {@code --http-log-path}. */
    public String accessLog() {
        return options.getOrDefault("http-log-path", "logs/access.log");
    }

    /** {@code --pid-path}. */
    public String pid() {
        return options.getOrDefault("pid-path", "logs/nginx.pid");
    }

    /** {@code --user}. */
    public String user() {
        return options.getOrDefault("user", "nobody");
    }

    /**
     * Where a module keeps its temporary files.
     *
     * @param module {@code proxy}, {@code fastcgi}, {@code uwsgi}, {@code scgi} or {@code
     *     client_body}
     */
    public String tempPath(String module) {
        String option = "http-" + module.replace('_', '-') + "-temp-path";
        return options.getOrDefault(option, module + "_temp");
    }
}
