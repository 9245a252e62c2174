package dev.gatemend.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code gatemend demo}: nginx and a small application of its own, on free loopback ports in a
 * private directory, broken in several ways one after another, each diagnosed in earnest. Nothing
 * is installed, and nothing stays behind, whichever way it ends.
 */
public final class Demo {
    private static final String RULE = "-".repeat(78);

    private final PrintStream out;
    private final Eye eye;

    private Demo(PrintStream out, Eye eye) {
        this.out = out;
        this.eye = eye;
    }

    /** {@code gatemend diagnose} as the demonstration calls it. */
    @FunctionalInterface
    public interface Eye {
        /**
         * Looks and judges, and returns what {@code gatemend diagnose --config FILE --nginx BINARY}
         * prints.
         */
        String report(Path configuration, Path nginxBinary)
                throws IOException, InterruptedException;
    }

    /**
     * Shows it.
     *
     * @return false when no nginx is to be had, and nothing could be shown; why is printed
     * @throws IOException when an act could not be played
     */
    public static boolean run(PrintStream out, Eye eye) throws IOException, InterruptedException {
        PrivateNginx.Found found = PrivateNginx.find(out);
        if (found.binary().isEmpty()) {
            out.println("There is no nginx here, and none to be had: " + found.story());
            return false;
        }
        new Demo(out, eye).play(DemoActs.all(), found);
        return true;
    }

    private void play(List<Scenario> acts, PrivateNginx.Found nginx)
            throws IOException, InterruptedException {
        Path binary = nginx.binary().orElseThrow();
        out.println(nginx.story());
        out.println("Its sites, ports and files are its own; your nginx is left alone.");
        for (int i = 0; i < acts.size(); i++) {
            Scenario act = acts.get(i);
            out.printf("%n%s%n%d of %d  %s%n", RULE, i + 1, acts.size(), act.story());
            out.println("$ gatemend diagnose");
            out.println();
            out.flush();
            LabRun.run(act, (configuration, _) -> show(configuration, binary), binary);
        }
        out.printf("%n%s%n", RULE);
        out.println("All undone, nothing left behind. On a real host: sudo ./gatemend diagnose");
    }

    private List<dev.gatemend.model.Diagnosis> show(Path configuration, Path binary)
            throws IOException, InterruptedException {
        out.println(eye.report(configuration, binary).stripTrailing());
        out.flush();
        return List.of();
    }
}
