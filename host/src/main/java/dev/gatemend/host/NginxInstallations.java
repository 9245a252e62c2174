package dev.gatemend.host;

import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The nginx that is installed on the host, and why it should run if something says that it should.
 */
final class NginxInstallations {
    /** Where distributions, nginx.org, OpenResty, Angie and a plain {@code make install} put it. */
    private static final List<String> USUAL =
            List.of(
                    "/usr/sbin/nginx",
                    "/usr/local/sbin/nginx",
                    "/usr/local/nginx/sbin/nginx",
                    "/usr/local/openresty/nginx/sbin/nginx",
                    "/usr/bin/nginx",
                    "/usr/local/bin/nginx",
                    "/opt/nginx/sbin/nginx",
                    "/opt/bitnami/nginx/sbin/nginx",
                    "/usr/sbin/angie",
                    "/usr/sbin/nginx-debug");

    private final Look look;
    private final ProcessFiles files;
    private final NginxBuilds builds;

    NginxInstallations(Look look, ProcessFiles files, NginxBuilds builds) {
        this.look = look;
        this.files = files;
        this.builds = builds;
    }

    /** Where a program called so may stand: there, or in the usual places under that name. */
    static List<String> places(String binary) {
        String name = binary.substring(binary.lastIndexOf('/') + 1);
        List<String> places = new ArrayList<>();
        if (binary.startsWith("/")) {
            places.add(binary);
        }
        USUAL.stream().filter(path -> path.endsWith("/" + name)).forEach(places::add);
        return places;
    }

    /**
     * Adds what is installed.
     *
     * @param masters all that run, asked for or not
     */
    void look(List<NginxMaster> masters) throws InterruptedException {
        Optional<Path> asked = look.request().configuration();
        boolean served =
                asked.filter(
                                f ->
                                        masters.stream()
                                                .anyMatch(
                                                        m ->
                                                                NginxProcesses.uses(
                                                                        look.host(), m, f)))
                        .isPresent();
        if (served) {
            return;
        }
        Set<Object> seen = new LinkedHashSet<>();
        boolean found = false;
        for (String binary : binaries()) {
            Optional<NginxBuild> build = build(binary, seen);
            if (build.isPresent() && !(found && asked.isPresent())) {
                found = true;
                add(binary, build.get(), asked, masters);
            }
        }
        if (!found && asked.isPresent()) {
            add("nginx", NginxBuild.UNKNOWN, asked, masters);
        }
    }

    private List<String> binaries() {
        return look.request().nginxBinary().map(p -> List.of(p.toString())).orElse(USUAL);
    }

    private Optional<NginxBuild> build(String binary, Set<Object> seen) {
        Path file =
                look.host().root().resolve(binary.startsWith("/") ? binary.substring(1) : binary);
        try {
            Object key = Files.getAttribute(file, "unix:ino");
            NginxBuild build = builds.of(file);
            return build.version().isPresent() && seen.add(key)
                    ? Optional.of(build)
                    : Optional.empty();
        } catch (IOException e) {
            if (look.request().nginxBinary().isPresent()) {
                look.couldNotLook("the program of --nginx: " + Because.of(e));
            }
            return Optional.empty();
        }
    }

    private void add(
            String binary, NginxBuild build, Optional<Path> asked, List<NginxMaster> masters)
            throws InterruptedException {
        NginxPlaces places =
                NginxPlaces.of(
                        build,
                        Optional.empty(),
                        asked.map(f -> f.toAbsolutePath().normalize().toString()),
                        Optional.empty());
        NginxInstallation idle =
                new NginxInstallation(
                        binary,
                        build.version(),
                        places.prefix(),
                        places.configuration(),
                        asked.map(_ -> "--config names it"));
        boolean open = asked.isEmpty() && !isRunning(places, masters);
        look.add(open ? expected(idle, build) : idle, binary + " -V");
    }

    private NginxInstallation expected(NginxInstallation idle, NginxBuild build)
            throws InterruptedException {
        String pidFile =
                ConfigurationObserver.of(look.host().root(), idle, build)
                        .main()
                        .value("pid")
                        .orElse(build.compiled().pid());
        return new NginxInstallation(
                idle.binary(),
                idle.version(),
                idle.prefix(),
                idle.configuration(),
                new Expectation(look, files)
                        .of(idle.binary(), NginxPlaces.join(idle.prefix(), pidFile)));
    }

    private static boolean isRunning(NginxPlaces places, List<NginxMaster> masters) {
        return masters.stream()
                .filter(master -> master.container().isEmpty())
                .anyMatch(master -> master.configuration().equals(places.configuration()));
    }
}
