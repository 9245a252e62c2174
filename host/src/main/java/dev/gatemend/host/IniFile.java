package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Sections of {@code key = value} lines, as php-fpm.conf and supervisord.conf have them, with the
 * files they include. Of the two dialects the common part: comments by {@code ;} and {@code #},
 * quotes around values, lines that go on when they are indented.
 */
final class IniFile {
    private static final int MOST_FILES = 200;
    private static final int MOST_BYTES = 256 << 10;

    private final Path root;
    private final List<Section> sections = new ArrayList<>();
    private String key = "";

    /**
     * A section.
     *
     * @param file as a process with this root names it
     */
    record Section(String name, String file, Map<String, String> values) {
        Optional<String> value(String key) {
            return Optional.ofNullable(values.get(key)).filter(v -> !v.isEmpty());
        }
    }

    private IniFile(Path root) {
        this.root = root;
    }

    /**
     * The sections of a file and of what it includes, in the order read.
     *
     * @param file absolute, below root
     * @throws IOException when the first file cannot be read
     */
    static List<Section> read(Path root, String file) throws IOException {
        IniFile ini = new IniFile(root);
        Deque<String> waiting = new ArrayDeque<>(List.of(file));
        for (int i = 0; i < MOST_FILES && !waiting.isEmpty(); i++) {
            String next = waiting.removeFirst();
            try {
                ini.take(next, waiting);
            } catch (IOException e) {
                if (i == 0) {
                    throw e;
                }
            }
        }
        return ini.sections;
    }

    private void take(String file, Deque<String> waiting) throws IOException {
        Path path = root.resolve(file.substring(1));
        if (!Files.isRegularFile(path)) {
            throw new IOException(file + " is not a regular file");
        }
        int before = sections.size();
        begin("", file);
        SmallFile.read(path, MOST_BYTES).lines().forEach(this::take);
        for (Section section : sections.subList(before, sections.size())) {
            String key = section.name().equals("include") ? "files" : "include";
            section.value(key).ifPresent(globs -> include(globs, file, waiting));
        }
    }

    private void begin(String name, String file) {
        sections.add(new Section(name, file, new LinkedHashMap<>()));
        key = "";
    }

    private void take(String line) {
        String text = withoutComment(line).strip();
        int equals = text.indexOf('=');
        boolean goesOn =
                !key.isEmpty() && !line.isEmpty() && Character.isWhitespace(line.charAt(0));
        Section section = sections.getLast();
        if (text.startsWith("[") && text.endsWith("]")) {
            begin(text.substring(1, text.length() - 1).strip(), section.file());
        } else if (goesOn && !text.isEmpty()) {
            section.values().merge(key, text, (a, b) -> (a + " " + b).strip());
        } else if (equals > 0) {
            key = text.substring(0, equals).strip();
            section.values().merge(key, unquoted(text.substring(equals + 1).strip()), this::both);
        }
    }

    /** php-fpm takes several {@code include}s; of other keys the last counts. */
    private String both(String earlier, String later) {
        return key.equals("include") ? earlier + " " + later : later;
    }

    private void include(String globs, String file, Deque<String> waiting) {
        for (String glob : globs.split("\\s+", MOST_FILES)) {
            waiting.addAll(matching(absolute(glob, file)));
        }
    }

    private static String absolute(String glob, String file) {
        return glob.startsWith("/") ? glob : file.substring(0, file.lastIndexOf('/') + 1) + glob;
    }

    private static String withoutComment(String line) {
        if (line.startsWith(";") || line.startsWith("#")) {
            return "";
        }
        int comment = line.indexOf(" ;");
        return comment < 0 ? line : line.substring(0, comment);
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() > 1
                        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                        && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** Wildcards in the last element, as these programs' packages write them. */
    private List<String> matching(String glob) {
        int slash = glob.lastIndexOf('/');
        if (!glob.startsWith("/") || slash < 1) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        String directory = glob.substring(0, slash);
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(root.resolve(directory.substring(1)))) {
            PathMatcher wanted =
                    FileSystems.getDefault().getPathMatcher("glob:" + glob.substring(slash + 1));
            for (Path entry : entries) {
                if (files.size() < MOST_FILES && wanted.matches(entry.getFileName())) {
                    files.add(directory + "/" + entry.getFileName());
                }
            }
        } catch (IOException | DirectoryIteratorException | PatternSyntaxException e) {
            return List.of();
        }
        files.sort(null);
        return files;
    }
}
