package dev.gatemend.host;

import java.util.Optional;

/**
 * Where an nginx reads and writes, by {@code ngx_process_options}: {@code -p} is relative to the
 * working directory, {@code -c} and the compiled-in path to the prefix.
 *
 * @param prefix without a slash at its end; absolute unless the working directory is unknown
 * @param configuration path of nginx.conf, absolute under the same condition
 */
record NginxPlaces(String prefix, String configuration) {
    /**
     * The places of a call of nginx.
     *
     * @param workingDirectory of the process when it was called, where it can be read
     */
    static NginxPlaces of(
            NginxBuild build,
            Optional<String> prefixGiven,
            Optional<String> configurationGiven,
            Optional<String> workingDirectory) {
        String written = prefixGiven.orElse(build.prefix());
        String prefix = workingDirectory.map(cwd -> join(cwd, written)).orElse(tidy(written));
        return new NginxPlaces(
                prefix, join(prefix, configurationGiven.orElse(build.configuration())));
    }

    /** As {@code ngx_get_full_name}: an absolute name stays as it is. */
    static String join(String directory, String name) {
        return tidy(name.startsWith("/") || directory.isEmpty() ? name : directory + "/" + name);
    }

    /**
     * Without {@code //}, {@code /./} and a slash at the end; {@code ..} may cross a link and
     * stays.
     */
    private static String tidy(String path) {
        String tidy = path.replaceAll("/(\\./|\\.$|/)+", "/").replaceAll("^(\\./)+", "");
        return tidy.length() > 1 && tidy.endsWith("/")
                ? tidy.substring(0, tidy.length() - 1)
                : tidy;
    }
}
