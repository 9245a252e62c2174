package dev.gatemend.nginx.config;

import dev.gatemend.model.ConfigurationProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Parses one file by itself. Safe for any bytes: the answer is a tree or a problem, never less. */
public final class ConfigurationParser {
    private ConfigurationParser() {}

    /**
     * Parses a file and checks its directives as far as that is possible without knowing where the
     * file is included: names, terminators, numbers of arguments, what stands inside known blocks.
     * Includes are not followed. The file may use directives of any nginx version.
     *
     * @param file name for positions
     * @param bytes the content; kept, not copied
     */
    public static Parsed parse(String file, byte[] bytes) {
        Parsed parsed = syntax(file, bytes);
        Walk walk = new Walk(Optional.empty(), Walk.Includes.NOT_FOLLOWED);
        walk.file(parsed, Context.ANYWHERE, new HashSet<>());
        List<ConfigurationProblem> problems = walk.problems();
        return new Parsed(parsed.tree(), problems.stream().findFirst());
    }

    /** Parses only: words, blocks, terminators; no directive is known. */
    static Parsed syntax(String file, byte[] bytes) {
        TreeBuilder builder = new TreeBuilder(file, bytes);
        ConfigurationTree tree = new ConfigurationTree(file, bytes, builder.directives());
        return new Parsed(tree, builder.problem());
    }
}
