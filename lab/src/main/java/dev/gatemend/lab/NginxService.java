package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The nginx.service of a {@link SystemdHost}, as its package has it. */
record NginxService(SystemdHost host) implements NginxLife {
    private static final String UNIT = "nginx.service";
    private static final Path WANTED = Path.of("etc/systemd/system/multi-user.target.wants", UNIT);

    @Override
    public void start() throws IOException, InterruptedException {
        enable();
        host.run("systemctl", "start", UNIT);
    }

    @Override
    public void startRefused() throws IOException, InterruptedException {
        enable();
        if (host.answer("systemctl", "start", UNIT).status() == 0) {
            throw new IOException("nginx started");
        }
    }

    /** As {@code systemctl enable} does it, without its detour over old init scripts. */
    private void enable() throws IOException {
        Path link = host.files().resolve(WANTED);
        if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, Path.of("/lib/systemd/system", UNIT));
        }
    }

    @Override
    public void askToReload() throws IOException, InterruptedException {
        host.answer("systemctl", "reload", UNIT);
    }

    @Override
    public void askToReopenLogs() throws IOException, InterruptedException {
        host.run("systemctl", "kill", "--kill-who=main", "--signal=USR1", UNIT);
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        host.run("systemctl", "stop", UNIT);
    }

    @Override
    public void killHard() throws IOException, InterruptedException {
        String main = mainProcess();
        host.run("systemctl", "kill", "--signal=KILL", UNIT);
        Await.until("nginx is dead", Await.LONG, () -> !mainProcess().equals(main));
    }

    /** One that is killed may be followed by the next at once, where its unit says so. */
    private String mainProcess() throws IOException, InterruptedException {
        return host.run("systemctl", "show", "--property=MainPID", "--value", UNIT).strip();
    }

    /** nginx's own words in its processes' titles tell them apart. */
    @Override
    public Set<Long> workers() throws IOException {
        Set<Long> workers = new TreeSet<>();
        ProcessHandle.of(host.leader()).stream()
                .flatMap(ProcessHandle::descendants)
                .filter(process -> ProcessTable.title(process.pid()).startsWith("nginx: worker"))
                .forEach(process -> workers.add(process.pid()));
        return workers;
    }
}
