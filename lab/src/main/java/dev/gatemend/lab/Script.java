package dev.gatemend.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A step written as POSIX sh, run by {@code sh -eu} behind the functions of {@code bench.sh}. What
 * those ask for goes through one named pipe, is done by the bench, and is answered through another:
 * so what a script starts is noted, waited for and swept as everything else is. Named, because what
 * a script leaves running would keep an inherited pipe open.
 *
 * @param name of the step, for its log
 * @param line where its text begins in scenario.yaml, from 1, so that sh counts as the reader does
 * @param text the script itself
 */
record Script(String name, int line, String text) implements Step {
    private static final long LIMIT_SECONDS = 90;
    private static final int MOST_ARGUMENTS = 50;
    private static final int LONGEST_ARGUMENT = 64 * 1024;

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        Path words = bench.unpack("bench.sh");
        Path asked = pipe(bench, ".asked");
        Path answered = pipe(bench, ".answered");
        Path file = bench.path(name + ".sh");
        Files.writeString(
                file,
                ". %s; lab_pipes %s %s; %s"
                        .formatted(words, asked, answered, "\n".repeat(line - 1) + text + "\n"));
        try (var requests = new RandomAccessFile(asked.toFile(), "rw");
                var answers = new RandomAccessFile(answered.toFile(), "rw")) {
            Program program = bench.startScript(name, file, Placeholders.values(bench, text));
            Thread watch = Thread.ofVirtual().start(() -> announceEnd(program, requests));
            try {
                obey(bench, program, requests, answers);
                judge(program, file);
            } finally {
                program.process().destroyForcibly();
                watch.join();
            }
        }
    }

    private Path pipe(Bench bench, String suffix) throws IOException, InterruptedException {
        Path pipe = bench.path("." + name + suffix);
        if (!Files.exists(pipe)) {
            Command.run("mkfifo", "-m", "600", pipe.toString());
        }
        return pipe;
    }

    private void judge(Program program, Path file) throws IOException, InterruptedException {
        int status = program.process().waitFor();
        if (status != 0) {
            String said = Files.readString(program.log()).strip();
            throw new IOException(
                    "\"%s\" ended with status %d: %s"
                            .formatted(
                                    name,
                                    status,
                                    said.replace(file + ": ", "scenario.yaml:").strip()));
        }
    }

    /** An empty count is no request: the reader sees that nobody is left to ask. */
    private static void announceEnd(Program program, RandomAccessFile requests) {
        try {
            if (!program.process().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                program.killHard();
            }
            requests.write(new byte[MOST_ARGUMENTS + 1]);
        } catch (IOException _) {
            program.process().destroyForcibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void obey(
            Bench bench, Program program, RandomAccessFile requests, RandomAccessFile answers)
            throws IOException, InterruptedException {
        while (true) {
            String count = argument(requests);
            if (count.isEmpty()) {
                return;
            }
            List<String> request = arguments(count, requests);
            if (program.process().isAlive()) {
                answers.write((answer(bench, request) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String answer(Bench bench, List<String> request) throws InterruptedException {
        try {
            return "ok "
                    + ScriptWords.obey(
                            bench, request.getFirst(), request.subList(1, request.size()));
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private static List<String> arguments(String count, RandomAccessFile requests)
            throws IOException {
        if (!count.matches("[1-9][0-9]?") || Integer.parseInt(count) > MOST_ARGUMENTS) {
            throw new IOException("not a word of the bench: " + count);
        }
        List<String> arguments = new ArrayList<>();
        for (int i = Integer.parseInt(count); i > 0; i--) {
            arguments.add(argument(requests));
        }
        return arguments;
    }

    private static String argument(RandomAccessFile requests) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = requests.read(); b > 0; b = requests.read()) {
            bytes.write(b);
            if (bytes.size() > LONGEST_ARGUMENT) {
                throw new IOException("an argument is longer than " + LONGEST_ARGUMENT + " bytes");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
