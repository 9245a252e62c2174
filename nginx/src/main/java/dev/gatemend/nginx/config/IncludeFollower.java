package dev.gatemend.nginx.config;

import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.Position;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens what {@code include} names, relative to the directory of nginx.conf. nginx has no limits
 * here; ours keep a configuration that includes itself from running on.
 */
final class IncludeFollower implements Walk.Includes {
    /** Includes followed, one for every file they name. */
    static final int MOST_INCLUDES = 200_000;

    /** Files open inside each other. nginx keeps a descriptor open for each. */
    static final int DEEPEST = 100;

    /** Bytes of one file. */
    static final int LARGEST_FILE = 64 << 20;

    /** Bytes walked altogether, a file included twice counted twice. */
    static final long LARGEST_CONFIGURATION = 256L << 20;

    private final ConfigurationFiles files;
    private final Glob glob;
    private final String directory;
    private final Map<String, Parsed> parsed = new HashMap<>();
    private final Map<String, ConfigurationFile> read = new LinkedHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int followed;
    private long bytes;
    private boolean stopped;

    /**
     * @param directory of nginx.conf, with a slash at its end
     */
    IncludeFollower(ConfigurationFiles files, String directory) {
        this.files = files;
        this.glob = new Glob(files);
        this.directory = directory;
    }

    /** Every file read, in order. */
    List<ConfigurationFile> read() {
        return List.copyOf(read.values());
    }

    @Override
    public List<Directive> follow(Directive include, Walk walk, int contexts, Set<String> seen) {
        String name = include.argument(0);
        String path = name.startsWith("/") ? name : directory + name;
        List<String> paths = Glob.isPattern(path) ? glob.paths(path) : List.of(path);
        List<Directive> directives = new ArrayList<>();
        for (String file : paths) {
            if (mayFollow(file, include, walk)) {
                directives.addAll(walk(file, include.refusedAt(), walk, contexts, seen));
            }
        }
        return directives;
    }

    /** Walks one file; a problem with opening it is reported at {@code from}. */
    List<Directive> walk(String path, Position from, Walk walk, int contexts, Set<String> seen) {
        Optional<Parsed> file = open(path, from, walk);
        if (file.isEmpty() || exceeds(file.get().tree().source().length, from, walk)) {
            return List.of();
        }
        open.push(path);
        List<Directive> directives = walk.file(file.get(), contexts, seen);
        open.pop();
        return directives;
    }

    private boolean mayFollow(String path, Directive include, Walk walk) {
        if (stopped) {
            return false;
        }
        Position from = include.refusedAt();
        if (open.contains(path)) {
            report(walk, from, "\"" + path + "\" includes itself: " + String.join(" < ", open));
            return false;
        }
        if (open.size() >= DEEPEST) {
            report(walk, from, "includes nested deeper than " + DEEPEST + " files");
            return false;
        }
        if (++followed > MOST_INCLUDES) {
            stopped = true;
            report(walk, from, "more than " + MOST_INCLUDES + " includes, the rest is not read");
            return false;
        }
        return true;
    }

    private boolean exceeds(int length, Position from, Walk walk) {
        bytes += length;
        if (bytes > LARGEST_CONFIGURATION && !stopped) {
            stopped = true;
            String limit = (LARGEST_CONFIGURATION >> 20) + " MB";
            report(walk, from, "more than " + limit + " of configuration, the rest is not read");
        }
        return stopped;
    }

    private Optional<Parsed> open(String path, Position from, Walk walk) {
        Parsed known = parsed.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            Parsed file = ConfigurationParser.syntax(path, files.read(path, LARGEST_FILE));
            parsed.put(path, file);
            read.put(path, new ConfigurationFile(path, files.modified(path)));
            return Optional.of(file);
        } catch (NoSuchFileException _) {
            report(walk, from, "open() \"" + path + "\" failed (2: No such file or directory)");
        } catch (AccessDeniedException _) {
            String words = "\"" + path + "\" could not be read: permission denied; run with sudo";
            walk.report(new ConfigurationProblem(from, false, words));
        } catch (IOException e) {
            String words = "\"" + path + "\" could not be read: " + e.getMessage();
            walk.report(new ConfigurationProblem(from, false, words));
        }
        return Optional.empty();
    }

    private static void report(Walk walk, Position from, String words) {
        walk.report(new ConfigurationProblem(from, true, words));
    }
}
