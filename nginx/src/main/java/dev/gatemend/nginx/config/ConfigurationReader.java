package dev.gatemend.nginx.config;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Position;
import dev.gatemend.model.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a whole configuration, from nginx.conf on, into what a master serves with it. */
public final class ConfigurationReader {
    /** How nginx names the place of what {@code -g} says. */
    private static final String COMMAND_LINE = "command line";

    private ConfigurationReader() {}

    /**
     * Reads a configuration. Never fails: what is wrong with it is in {@link
     * NginxConfiguration#problems()}, the first fatal one is what nginx would report, and the view
     * holds all that could be read.
     *
     * @param files to read from
     * @param path of nginx.conf, absolute; includes are relative to its directory
     * @param prefix that paths of logs and the like are relative to
     * @param version whose directives exist and whose defaults hold
     * @param globalDirectives of {@code -g}
     * @param compiled of {@code -V}
     */
    public static NginxConfiguration read(
            ConfigurationFiles files,
            String path,
            String prefix,
            Version version,
            Optional<String> globalDirectives,
            CompiledDefaults compiled) {
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        IncludeFollower includes = new IncludeFollower(files, directory);
        Walk walk = new Walk(Optional.of(version), includes);
        Set<String> seen = new HashSet<>();
        List<Directive> main = new ArrayList<>();
        globalDirectives.ifPresent(
                text -> main.addAll(walk.file(global(text), Context.MAIN.bit(), seen)));
        Position start = new Position(path, 1, 1);
        main.addAll(includes.walk(path, start, walk, Context.MAIN.bit(), seen));
        String slashed = prefix.endsWith("/") ? prefix : prefix + "/";
        EffectiveView view = new EffectiveView(main, slashed, version, compiled);
        return new NginxConfiguration(
                path,
                prefix,
                version,
                includes.read(),
                view.main(),
                view.sites(),
                view.upstreams(),
                view.logs(),
                view.formats(),
                walk.problems());
    }

    private static Parsed global(String text) {
        return ConfigurationParser.syntax(COMMAND_LINE, text.getBytes(StandardCharsets.UTF_8));
    }
}
