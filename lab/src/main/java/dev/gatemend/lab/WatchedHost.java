package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A host with systemd and whoever looks after its units.
 *
 * @param units that are looked after: nginx's and the scenario's own
 */
record WatchedHost(SystemdHost host, Watcher watcher, List<WatchedUnit> units) {
    private static final String MONIT = "monit.service";
    private static final Duration TO_BEGIN = Duration.ofSeconds(30);

    /** The state of all checks is asked for through a socket. */
    private static final String CONTROL =
            """
            set httpd unixsocket /run/monit.sock
                allow admin:monit
            """;

    WatchedHost {
        units = List.copyOf(units);
    }

    /** Sets the watcher up while all is well, and returns when it watches. */
    static WatchedHost begin(SystemdHost host, Watcher watcher)
            throws IOException, InterruptedException {
        WatchedHost watched = new WatchedHost(host, watcher, WatchedUnit.on(host));
        switch (watcher) {
            case NOBODY -> {}
            case RESTART_ALWAYS -> watched.haveSystemdRestart();
            case MONIT -> watched.startMonit();
        }
        return watched;
    }

    /** Below /run, where what is true until the next boot stands: scripts write to /etc. */
    private void haveSystemdRestart() throws IOException, InterruptedException {
        for (WatchedUnit unit : units) {
            String dropIn = "run/systemd/system/%s.d/restart-always.conf".formatted(unit.name());
            write(dropIn, "[Service]\nRestart=always\n");
        }
        host.run("systemctl", "daemon-reload");
    }

    /** As Debian's package has it, but for the cycle and the checks. */
    private void startMonit() throws IOException, InterruptedException {
        Path control = host.files().resolve("etc/monit/monitrc");
        String usual = Files.readString(control);
        String ours = usual.replaceFirst("(?m)^set daemon +[0-9]+", "set daemon 2");
        if (ours.equals(usual)) {
            throw new IOException("monitrc does not set the cycle of a daemon");
        }
        write("etc/monit/monitrc", ours);
        String nginx = Files.readString(host.files().resolve("etc/nginx/nginx.conf"));
        write("etc/monit/conf-enabled/units", CONTROL + MonitRules.of(units, nginx));
        host.run("systemctl", "start", MONIT);
        Await.until("Monit finds all well", TO_BEGIN, this::monitFindsAllWell);
    }

    /** A line for each check, with "OK" once it was made. */
    private boolean monitFindsAllWell() throws IOException, InterruptedException {
        Command.Answer summary = host.answer("monit", "-B", "summary");
        long well = summary.output().lines().filter(line -> line.matches(".* OK .*")).count();
        return summary.status() == 0 && well > units.size();
    }

    /**
     * Holds Monit while the fault is made, so that it meets the fault and not the making of it.
     * systemd cannot be held.
     */
    void hold() throws IOException, InterruptedException {
        signalMonit("STOP");
    }

    /** Undoes {@link #hold}. */
    void letGo() throws IOException, InterruptedException {
        signalMonit("CONT");
    }

    private void signalMonit(String signal) throws IOException, InterruptedException {
        if (watcher == Watcher.MONIT) {
            host.run("systemctl", "kill", "--signal=" + signal, MONIT);
        }
    }

    private void write(String file, String text) throws IOException {
        Path target = host.files().resolve(file);
        Files.createDirectories(target.resolve("..").normalize());
        Files.writeString(target, text);
    }
}
