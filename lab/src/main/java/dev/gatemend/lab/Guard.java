package dev.gatemend.lab;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small process that outlives this one and runs a {@link Sweep} when this one is killed. It waits
 * for the end of its standard input, which the kernel closes whatever way we go, in a session of
 * its own, so that a Ctrl-C in the terminal does not reach it.
 */
final class Guard implements AutoCloseable {
    /** A fixed text; what to run stands in the arguments. */
    private static final String SCRIPT = "read -r word && exit 0; exec \"$@\"";

    private final Process process;

    private Guard(Process process) {
        this.process = process;
    }

    static Guard over(RunDirectory directory) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("setsid", "sh", "-c", SCRIPT, "gatemend-lab-guard"));
        command.addAll(javaCommand(Sweep.class, List.of(directory.path().toString())));
        return new Guard(
                new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** This JVM's own java running a class of this module, which needs nothing but the JDK. */
    static List<String> javaCommand(Class<?> main, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Xmx64m",
                                "-cp",
                                OwnPlace.onClassPath().toString(),
                                main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** There is nothing left to guard. */
    @Override
    public void close() throws IOException {
        try (Writer words = process.outputWriter()) {
            words.write("done\n");
        }
    }
}
