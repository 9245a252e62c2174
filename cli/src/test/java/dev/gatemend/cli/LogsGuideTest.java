package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/logs.md says is what the program does. */
class LogsGuideTest {
    private static final Path GUIDE = Path.of("../docs/logs.md");

    /** {@code `NAME`:} and then its content. */
    private static final Pattern FILE =
            Pattern.compile("`([a-z]+\\.(?:conf|log))`:\n\n```[a-z]*\n(.*?)```", Pattern.DOTALL);

    /** A command behind a prompt, and its output up to the end of the block. */
    private static final Pattern COMMAND =
            Pattern.compile("```\n\\$ gatemend (.+?)\n(.*?)```", Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        List<MatchResult> files = FILE.matcher(Files.readString(GUIDE)).results().toList();
        assertThat(files).hasSize(3);
        for (MatchResult file : files) {
            Files.writeString(directory.resolve(file.group(1)), file.group(2));
        }
    }

    @Test
    void everyExampleComesOutAsItIsWritten() throws IOException {
        Matcher example = COMMAND.matcher(Files.readString(GUIDE));
        int seen = 0;
        while (example.find()) {
            seen++;
            if (example.group(1).contains("--follow")) {
                continue;
            }
            Played played = Played.of(words(example.group(1)));
            assertThat(flowing(played.err() + played.out()))
                    .as(example.group(1))
                    .isEqualTo(flowing(example.group(2)));
        }
        assertThat(seen).isEqualTo(4);
    }

    /** The logs grow by their lines, one a round, entries first. */
    @Test
    void followingTellsWhatIsWritten() throws Exception {
        Matcher example = COMMAND.matcher(Files.readString(GUIDE));
        String told =
                example.results()
                        .filter(found -> found.group(1).contains("--follow"))
                        .map(found -> found.group(2))
                        .findFirst()
                        .orElseThrow();
        ScriptedPulse pulse = new ScriptedPulse(Instant.parse("2026-11-21T11:00:00Z"));
        for (String name : List.of("error.log", "access.log")) {
            Path file = directory.resolve(name);
            List<String> lines = Files.readAllLines(file);
            Files.writeString(file, "");
            for (String line : lines) {
                pulse.then(() -> Files.writeString(file, line + "\n", StandardOpenOption.APPEND));
            }
        }
        pulse.later(() -> {});

        String out =
                Followed.of(
                                pulse,
                                directory.resolve("access.log").toString(),
                                directory.resolve("error.log").toString(),
                                "--config",
                                directory.resolve("nginx.conf").toString())
                        .out();

        assertThat(out).startsWith(told + "\n2 of 5 requests failed (5xx): ");
    }

    @Test
    void namesEveryKeyOfTheDocument() throws IOException {
        String guide = Files.readString(GUIDE);
        String json = TrafficRendering.json(SampleTraffic.sample("logs-outage"), text -> text);

        assertThat(Pattern.compile("^  \"(\\w+)\" :", Pattern.MULTILINE).matcher(json).results())
                .map(key -> key.group(1))
                .filteredOn(key -> !Map.of("schema", 1, "bytes", 1).containsKey(key))
                .hasSizeGreaterThan(15)
                .allSatisfy(key -> assertThat(guide).contains("`" + key + "`"));
    }

    private String[] words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
                .map(
                        word ->
                                word.matches("[a-z]+\\.(conf|log)")
                                        ? directory.resolve(word).toString()
                                        : word)
                .toArray(String[]::new);
    }

    /** Lines break elsewhere where names are longer, as those of a temporary directory are. */
    private String flowing(String text) {
        return text.replace(directory + "/", "").replaceAll("\\s+", " ").strip();
    }
}
