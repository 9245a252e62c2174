package dev.gatemend.host;

import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files of an application that were changed within a period, those together that were changed one
 * after the other. Only what people and their tools write counts: code and settings, not the data,
 * caches and logs that applications write.
 *
 * @param at of the first
 * @param names of some, relative to the directory
 * @param count of all
 */
record ChangedFiles(Instant at, List<String> names, int count) {
    private static final int DEEPEST = 5;
    private static final int MOST_ENTRIES = 3_000;
    private static final int MOST_NAMES = 2;
    private static final int MOST = 3;

    /** A deploy writes its files without longer breaks. */
    private static final Duration BREAK = Duration.ofSeconds(20);

    private static final Pattern WRITTEN_BY_PEOPLE =
            Pattern.compile(
                    ".{1,200}\\.(?:py|rb|ru|js|mjs|cjs|ts|php|phtml|jar|war|class|pl|pm|psgi|ex|exs|lua|so|dll|wsgi|ini|ya?ml|toml"
                            + "|properties|conf|cfg|env|erb|jinja2?|twig)"
                            + "|\\.env(?:\\.\\w{1,30})?|(?:package|package-lock|composer|appsettings)\\.json|composer\\.lock"
                            + "|Gemfile(?:\\.lock)?|requirements\\.txt|Pipfile(?:\\.lock)?|poetry\\.lock|yarn\\.lock|Procfile");

    /** Filled by the application itself, by an interpreter or by an installer. */
    private static final Pattern NOT_LOOKED_INTO =
            Pattern.compile(
                    "\\.git|\\.svn|\\.hg|__pycache__|\\.?cache|logs?|tmp|temp|storage|sessions?|uploads?|media|data|db|var|run"
                            + "|templates_c|node_modules|vendor|\\.?venv|env|site-packages");

    /** A name and its time. */
    private record One(String name, Instant at) {}

    /** The newest last. */
    static List<ChangedFiles> in(Path directory, Window period) throws IOException {
        List<One> changed = new ArrayList<>();
        Files.walkFileTree(
                directory,
                EnumSet.noneOf(FileVisitOption.class),
                DEEPEST,
                new Walk(directory, period, changed));
        changed.sort(Comparator.comparing(One::at).thenComparing(One::name));
        return together(changed);
    }

    private static List<ChangedFiles> together(List<One> changed) {
        List<List<One>> groups = new ArrayList<>();
        for (One one : changed) {
            boolean more =
                    !groups.isEmpty()
                            && !one.at().isAfter(groups.getLast().getLast().at().plus(BREAK));
            if (!more) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(one);
        }
        return groups.stream()
                .skip(Math.max(0, groups.size() - MOST))
                .map(ChangedFiles::of)
                .toList();
    }

    private static ChangedFiles of(List<One> group) {
        return new ChangedFiles(
                group.getFirst().at(),
                group.stream().map(One::name).limit(MOST_NAMES).toList(),
                group.size());
    }

    /** {@code app.py, settings.py and 3 more}. */
    String words() {
        String some = String.join(", ", names);
        return count > names.size() ? "%s and %d more".formatted(some, count - names.size()) : some;
    }

    /** Goes through a directory without following links. */
    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path top;
        private final Window period;
        private final List<One> changed;
        private int entries;

        Walk(Path top, Window period, List<One> changed) {
            this.top = top;
            this.period = period;
            this.changed = changed;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean looked =
                    directory.equals(top)
                            || !NOT_LOOKED_INTO
                                    .matcher(directory.getFileName().toString())
                                    .matches();
            return looked ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (WRITTEN_BY_PEOPLE.matcher(file.getFileName().toString()).matches()
                    && attributes.isRegularFile()) {
                Touched.in(period, file, LinkOption.NOFOLLOW_LINKS)
                        .ifPresent(
                                t -> changed.add(new One(top.relativize(file).toString(), t.at())));
            }
            boolean enough = ++entries >= MOST_ENTRIES || Thread.currentThread().isInterrupted();
            return enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        /** What vanished or is closed to us is left out. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
