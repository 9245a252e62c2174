package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Snapshot;
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
    public interface Eye {
        /**
         * Looks and judges, and returns what {@code gatemend diagnose --config FILE --nginx BINARY}
         * prints.
         */
        String report(Path configuration, Path nginxBinary)
                throws IOException, InterruptedException;

        /** Judges what was seen earlier and elsewhere, and returns what would be printed. */
        String report(Snapshot recorded);
    }

    /**
     * Shows it; with recorded hosts where no nginx is to be had.
     *
     * @throws IOException when an act could not be played
     */
    public static void run(PrintStream out, Eye eye) throws IOException, InterruptedException {
        PrivateNginx.Found found = PrivateNginx.find(out);
        Demo demo = new Demo(out, eye);
        if (found.binary().isPresent()) {
            demo.play(DemoActs.all(), found);
        } else {
            demo.replay(RecordedHost.all(), found.story());
        }
    }

    /** Shows recorded hosts, and says that it does. */
    static void replay(PrintStream out, Eye eye, String whyNoNginx) throws IOException {
        new Demo(out, eye).replay(RecordedHost.all(), whyNoNginx);
    }

    private void replay(List<RecordedHost> hosts, String whyNoNginx) throws IOException {
        out.println("There is no nginx here, and none to be had: " + whyNoNginx);
        out.println(
                "So these are recordings of hosts that were broken; the verdicts are made now.");
        for (int i = 0; i < hosts.size(); i++) {
            RecordedHost host = hosts.get(i);
            announce(i + 1, hosts.size(), host.story());
            out.println(eye.report(host.snapshot()).stripTrailing());
        }
        out.printf("%n%s%n", RULE);
        out.println("On a real host: sudo ./gatemend diagnose");
    }

    private void announce(int number, int all, String story) {
        out.printf("%n%s%n%d of %d  %s%n", RULE, number, all, story);
        out.println("$ gatemend diagnose");
        out.println();
        out.flush();
    }

    private void play(List<Scenario> acts, PrivateNginx.Found nginx)
            throws IOException, InterruptedException {
        Path binary = nginx.binary().orElseThrow();
        out.println(nginx.story());
        out.println("Its sites, ports and files are its own; your nginx is left alone.");
        for (int i = 0; i < acts.size(); i++) {
            Scenario act = acts.get(i);
            announce(i + 1, acts.size(), act.story());
            LabRun.play(act, (bench, _) -> show(bench.nginx().configuration(), binary), binary);
        }
        out.printf("%n%s%n", RULE);
        out.println("All undone, nothing left behind. On a real host: sudo ./gatemend diagnose");
    }

    private List<Diagnosis> show(Path configuration, Path binary)
            throws IOException, InterruptedException {
        out.println(eye.report(configuration, binary).stripTrailing());
        out.flush();
        return List.of();
    }
}
