package dev.gatemend.host;

import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.CompiledDefaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an nginx binary was built with: its version and the paths it falls back to ({@code nginx
 * -V}; nginx's {@code auto/options} for what is not given there).
 *
 * @param version empty when the binary could not be read
 * @param compiled its configure options
 */
public record NginxBuild(Optional<Version> version, CompiledDefaults compiled) {
    private static final String VERSION = "nginx version: ";
    private static final String ARGUMENTS = "configure arguments:";

    /** A binary nothing is known of: nginx's own defaults. */
    public static final NginxBuild UNKNOWN =
            new NginxBuild(Optional.empty(), CompiledDefaults.NONE);

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
        String prefix = option("prefix", "/usr/local/nginx");
        return prefix.equals("!") ? "" : prefix;
    }

    /** nginx.conf when {@code -c} names none; relative to the prefix unless absolute. */
    public String configuration() {
        return option("conf-path", "conf/nginx.conf");
    }

    private static NginxBuild of(String version, String arguments) {
        return new NginxBuild(
                Version.find(firstLine(version)), CompiledDefaults.parse(firstLine(arguments)));
    }

    private String option(String name, String otherwise) {
        String value = compiled.options().getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static String behind(String beginning, String printed) {
        int at = printed.indexOf(beginning);
        return at < 0 ? "" : printed.substring(at + beginning.length());
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
