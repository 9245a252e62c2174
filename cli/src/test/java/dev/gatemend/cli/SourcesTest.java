package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.gatemend.lab.Scenarios;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules about the sources as text, which no compiler knows. */
class SourcesTest {
    private static final Path TOP = Path.of("..");
    private static final int LONGEST_FILE = 350;
    private static final int LONGEST_FUNCTION = 60;

    /** Long because they are lists, not because they are clever: directives, acts. */
    private static final Set<String> CATALOGUES = Set.of("DemoActs.java", "DirectiveTable.java");

    /** Where any failure at all has to become an answer, and why. */
    private static final Map<String, String> MAY_CATCH_ANYTHING =
            Map.of(
                    "DnsQuestion.java", "dnsjava throws unchecked at a malformed answer",
                    "Examinations.java", "an examination's own fault must not end the watching",
                    "NativeCalls.java", "a method handle declares Throwable; it is thrown on",
                    "PeerConnection.java", "closes the channel and throws on",
                    "Probing.java", "one peer's fault must not cost the other peers' probes",
                    "Program.java", "a command's own fault becomes one line and an exit code",
                    "Turn.java", "one observer's fault must not cost the others' answers",
                    "UrlRequest.java", "the URL is the user's, and its fault an observation");

    private static final Pattern CATCHES_ANYTHING =
            Pattern.compile(
                    "\\bcatch \\((?:[\\w.]+ \\| )*(?:Exception|RuntimeException|Throwable|Error)\\b");

    private static final Pattern LOOSE_END =
            Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    @Test
    void filesAreShort() throws IOException {
        assertThat(mainSources())
                .filteredOn(file -> !CATALOGUES.contains(name(file)))
                .filteredOn(file -> lines(file).size() > LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void functionsAreShort() throws IOException {
        assertThat(
                        longFunctions(
                                mainSources().stream()
                                        .filter(file -> !CATALOGUES.contains(name(file)))
                                        .toList()))
                .isEmpty();
    }

    @Test
    void nobodyCatchesAnythingWhatever() throws IOException {
        assertThat(mainSources())
                .filteredOn(file -> !MAY_CATCH_ANYTHING.containsKey(name(file)))
                .filteredOn(file -> CATCHES_ANYTHING.matcher(String.join("\n", lines(file))).find())
                .isEmpty();
    }

    @Test
    void theFunctionMeasureSeesALongFunction(@org.junit.jupiter.api.io.TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("Long.java");
        Files.writeString(
                file,
                "class Long {\n    void run() {\n" + "        x();\n".repeat(60) + "    }\n}\n");

        assertThat(longFunctions(List.of(file))).hasSize(1);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Set<Path> packages =
                new java.util.TreeSet<>(mainSources().stream().map(file -> parent(file)).toList());

        assertThat(packages)
                .allSatisfy(
                        directory ->
                                assertThat(directory.resolve("package-info.java"))
                                        .content()
                                        .startsWith("/**")
                                        .contains("@NullMarked"));
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        assertThat(javaFiles())
                .filteredOn(file -> lines(file).stream().anyMatch(l -> LOOSE_END.matcher(l).find()))
                .isEmpty();
    }

    /** What judges and what reads must not know the bench: a rule fitted to a test is no rule. */
    @Test
    void nobodyButTheBenchKnowsTheBench() throws IOException {
        Pattern bench =
                Pattern.compile(
                        "gatemend-lab|gatemend-demo|docs\\.example|bench\\b",
                        Pattern.CASE_INSENSITIVE);

        assertThat(mainSources())
                .filteredOn(
                        file -> file.toString().matches("\\.\\./(nginx|host|diagnosis|watch)/.*"))
                .filteredOn(file -> lines(file).stream().anyMatch(l -> bench.matcher(l).find()))
                .isEmpty();
    }

    /** Ids and hosts of scenarios: no rule about the world could need one of them. */
    @Test
    void nobodyButTheBenchKnowsAScenario() throws IOException {
        Set<String> names = namesOfScenarios();
        assertThat(names).as("an id and a host").contains("app-hung/stopped", "shop.example");
        assertThat(names).hasSizeGreaterThan(50);

        assertThat(mainSources())
                .filteredOn(
                        file -> file.toString().matches("\\.\\./(nginx|host|diagnosis|watch)/.*"))
                .allSatisfy(
                        file ->
                                assertThat(names)
                                        .filteredOn(String.join("\n", lines(file))::contains)
                                        .isEmpty());
    }

    private static Set<String> namesOfScenarios() throws IOException {
        Set<String> names = new java.util.TreeSet<>();
        Scenarios.all().forEach(scenario -> names.add(scenario.id()));
        Pattern host = Pattern.compile("\\b[a-z0-9-]+\\.example\\b");
        try (Stream<Path> files = Files.walk(TOP.resolve("lab/src/main"))) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(java|yaml)")).toList()) {
                host.matcher(String.join("\n", lines(file)))
                        .results()
                        .forEach(found -> names.add(found.group()));
            }
        }
        return names;
    }

    private static List<String> longFunctions(List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new FunctionLengths(unit, positions, found).scan(unit, null);
            }
        }
        return found;
    }

    /** Collects the functions that are too long, with where they stand. */
    private static final class FunctionLengths extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        FunctionLengths(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long first = line(positions.getStartPosition(unit, method));
            long last = line(positions.getEndPosition(unit, method));
            if (last - first + 1 > LONGEST_FUNCTION) {
                found.add(
                        "%s:%d has %d lines"
                                .formatted(
                                        unit.getSourceFile().getName(), first, last - first + 1));
            }
            return super.visitMethod(method, null);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }

    private static List<Path> mainSources() throws IOException {
        List<Path> files =
                javaFiles().stream().filter(f -> f.toString().contains("/src/main/java/")).toList();
        assertThat(files).as("the sources were found").hasSizeGreaterThan(150);
        return files;
    }

    private static List<Path> javaFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String room : List.of("model", "nginx", "host", "diagnosis", "watch", "lab", "cli")) {
            try (Stream<Path> tree = Files.walk(TOP.resolve(room).resolve("src"))) {
                tree.filter(f -> f.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Path parent(Path file) {
        return java.util.Objects.requireNonNull(file.getParent());
    }
}
