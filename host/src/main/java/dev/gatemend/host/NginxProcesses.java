package dev.gatemend.host;

import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every running nginx, found by the titles its processes give themselves, and the nginx that is
 * installed but does not run. With {@code --config} only the masters that use that file.
 *
 * <p>A title may be forged by anybody, so nothing it names is run.
 */
public final class NginxProcesses implements Observer {
    /** A host with more masters than this is not looked at further; each costs a few reads. */
    private static final int MOST_MASTERS = 256;

    private final NginxBuilds builds;

    NginxProcesses(NginxBuilds builds) {
        this.builds = builds;
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        ProcessFiles files = new ProcessFiles(look.host().proc());
        Map<Integer, String> titles = titles(files);
        List<NginxMaster> masters = new ArrayList<>();
        MasterReading reading = new MasterReading(look, files, builds, titles);
        for (Map.Entry<Integer, String> entry : titles.entrySet()) {
            Optional<NginxCommandLine> line = NginxCommandLine.parse(entry.getValue());
            if (line.isPresent() && masters.size() < MOST_MASTERS) {
                reading.read(entry.getKey(), entry.getValue(), line.get()).ifPresent(masters::add);
            }
        }
        masters.stream()
                .filter(master -> isAskedFor(look, master))
                .forEach(master -> look.add(master, "/proc/" + master.pid() + "/cmdline"));
        if (!Files.exists(look.host().proc().resolve("1"))) {
            look.couldNotLook("/proc hides the processes of other users (hidepid); run with sudo");
        }
        new NginxInstallations(look, files, builds).look(masters);
    }

    /** The processes whose title begins as nginx's do, ascending. */
    private static Map<Integer, String> titles(ProcessFiles files) throws IOException {
        Map<Integer, String> titles = new LinkedHashMap<>();
        for (int pid : files.pids()) {
            List<String> arguments = files.arguments(pid);
            String title = arguments.isEmpty() ? "" : arguments.getFirst();
            if (title.startsWith("nginx: ") || title.startsWith("angie: ")) {
                titles.put(pid, title);
            }
        }
        return titles;
    }

    private static boolean isAskedFor(Look look, NginxMaster master) {
        return look.request()
                .configuration()
                .map(file -> uses(look.host(), master, file))
                .orElse(true);
    }

    /** Whether a master's nginx.conf is this very file, whatever links lead to it. */
    static boolean uses(Host host, NginxMaster master, Path file) {
        String path = file.toAbsolutePath().normalize().toString();
        if (master.configuration().equals(path)) {
            return true;
        }
        try {
            Path root = host.seenBy(master.pid(), "/");
            String real = RootedPath.real(root, master.configuration());
            return Files.isSameFile(root.resolve(real.substring(1)), file);
        } catch (IOException e) {
            return false;
        }
    }
}
