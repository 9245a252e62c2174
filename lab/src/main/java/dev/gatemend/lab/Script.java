package dev.gatemend.lab;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A step written as POSIX sh, run by {@code sh -eu} behind the functions of {@code bench.sh}. What
 * those functions ask for comes up the script's output, is done by the bench, and is answered on
 * its input: so what a script starts is noted, waited for and swept as everything else is.
 *
 * @param name of the step, for its log
 * @param text the script itself
 */
record Script(String name, String text) implements Step {
    private static final long LIMIT_SECONDS = 90;
    private static final int MOST_ARGUMENTS = 50;
    private static final int LONGEST_ARGUMENT = 64 * 1024;

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        Path words = bench.unpack("bench.sh");
        Path file = Files.writeString(bench.path(name + ".sh"), opening(words) + text);
        Path said = bench.path("output/" + name + ".log");
        Process process = bench.startScript(file, said, Placeholders.values(bench, text));
        Thread limit = Thread.ofVirtual().start(() -> endAfterLimit(process));
        try {
            obey(process, new ScriptWords(bench));
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(
                        "%s ended with status %d: %s"
                                .formatted(name, status, Files.readString(said).strip()));
            }
        } finally {
            limit.interrupt();
            process.destroyForcibly();
        }
    }

    /** The channels get numbers of their own, so that a script's programs do not use them. */
    private static String opening(Path words) {
        return "exec 3>&1 4<&0 1>&2 </dev/null\n. '" + words + "'\n";
    }

    private static void obey(Process process, ScriptWords words)
            throws IOException, InterruptedException {
        DataInputStream asked = new DataInputStream(process.getInputStream());
        OutputStream answers = process.getOutputStream();
        while (true) {
            String count = upTo('\n', asked);
            if (count.isEmpty()) {
                return;
            }
            answers.write(
                    (answer(words, arguments(count, asked)) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            answers.flush();
        }
    }

    private static String answer(ScriptWords words, List<String> arguments)
            throws InterruptedException {
        try {
            words.obey(arguments.getFirst(), arguments.subList(1, arguments.size()));
            return "ok";
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("failed");
        }
    }

    private static List<String> arguments(String count, DataInputStream asked) throws IOException {
        if (!count.matches("[1-9][0-9]?") || Integer.parseInt(count) > MOST_ARGUMENTS) {
            throw new IOException("not a word of the bench: " + count);
        }
        List<String> arguments = new ArrayList<>();
        for (int i = Integer.parseInt(count); i > 0; i--) {
            arguments.add(upTo('\0', asked));
        }
        return arguments;
    }

    private static String upTo(char end, DataInputStream from) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int b = from.read(); b >= 0 && b != end; b = from.read()) {
            bytes.write(b);
            if (bytes.size() > LONGEST_ARGUMENT) {
                throw new IOException("an argument is longer than " + LONGEST_ARGUMENT + " bytes");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void endAfterLimit(Process process) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
