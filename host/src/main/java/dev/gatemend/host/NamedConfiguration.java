package dev.gatemend.host;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.CompiledDefaults;
import dev.gatemend.nginx.config.ConfigurationReader;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A configuration that somebody names, with what it includes, as it stands on the disk. No nginx is
 * asked or needed: what an nginx has compiled in stays unknown, and paths that are relative to its
 * prefix are read as relative to the file.
 */
public final class NamedConfiguration {
    /** The newest release that is known: its directives are all of them. */
    private static final Version NEWEST = new Version(1, 31, 5);

    private NamedConfiguration() {}

    /**
     * Never fails: what is wrong with it is among its problems.
     *
     * @param file absolute
     */
    public static NginxConfiguration read(Path file) {
        Path directory = Optional.ofNullable(file.getParent()).orElse(file);
        return ConfigurationReader.read(
                new RootedFiles(Path.of("/")),
                file.toString(),
                directory.toString(),
                NEWEST,
                Optional.empty(),
                CompiledDefaults.NONE);
    }
}
