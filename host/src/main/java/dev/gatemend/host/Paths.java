package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Identity;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.PathWalk.Purpose;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ways nginx's workers have to go: to the unix sockets of its peers and to the directories they
 * keep temporary files and caches in, element by element, in the workers' own mount namespace.
 */
public final class Paths implements Observer {
    /** Ways walked for one nginx. */
    private static final int MOST_WALKS = 500;

    private static final List<String> CACHES =
            List.of(
                    "proxy_cache_path",
                    "fastcgi_cache_path",
                    "uwsgi_cache_path",
                    "scgi_cache_path");

    Paths() {}

    @Override
    public String name() {
        return "paths";
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        ProcessFiles files = new ProcessFiles(look.host().proc());
        for (NginxMaster master : look.facts(NginxMaster.class).toList()) {
            Map<String, Purpose> wanted = wanted(look, files, master);
            Optional<Identity> worker = master.workerIdentity();
            if (worker.isPresent()) {
                walk(look, files, master, worker.get(), wanted);
            } else if (!wanted.isEmpty()) {
                look.couldNotLook("nginx " + master.pid() + " has no worker to walk the paths as");
            }
        }
    }

    private static void walk(
            Look look,
            ProcessFiles files,
            NginxMaster master,
            Identity worker,
            Map<String, Purpose> wanted)
            throws InterruptedException {
        Place place = Place.of(look, files, files.of(seenBy(master), "root"), master);
        PathWalker walker =
                new PathWalker(
                        place.root(), Accounts.of(look.host(), seenBy(master)), look.host().live());
        for (Map.Entry<String, Purpose> entry : wanted.entrySet()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            PathWalker.Found found = walker.walk(entry.getKey());
            look.add(
                    new PathWalk(
                            entry.getKey(),
                            entry.getValue(),
                            place.mountNamespace(),
                            worker,
                            found.steps(),
                            found.stopped()),
                    place.how() + " " + entry.getKey());
        }
    }

    /**
     * Through a worker: {@code working_directory} and a container's init apart, it is the master's.
     */
    private static int seenBy(NginxMaster master) {
        return master.workers().isEmpty() ? master.pid() : master.workers().getFirst();
    }

    /**
     * Where a walk begins: at the worker's root or, where that is closed to us, at our own.
     *
     * @param mountNamespace 0 when it is not known to be the worker's
     */
    private record Place(Path root, long mountNamespace, String how) {
        static Place of(Look look, ProcessFiles files, Path root, NginxMaster master) {
            if (Files.isDirectory(root)) {
                long namespace = files.namespaces(seenBy(master)).mount();
                boolean ours = namespace == NamespaceIds.of(look.host(), "self", "mnt");
                String enter = ours ? "" : "nsenter -t " + seenBy(master) + " -m ";
                return new Place(root, namespace, enter + "namei -l");
            }
            look.couldNotLook(
                    "the files as nginx "
                            + master.pid()
                            + " sees them; our own were walked instead; run with sudo");
            return new Place(look.host().root(), 0, "namei -l");
        }
    }

    private static Map<String, Purpose> wanted(Look look, ProcessFiles files, NginxMaster master) {
        Map<String, Purpose> wanted = new LinkedHashMap<>();
        String directory = files.link(seenBy(master), "cwd").orElse("");
        look.facts(NginxConfiguration.class)
                .filter(c -> c.isOf(master))
                .forEach(
                        configuration -> {
                            sockets(configuration)
                                    .map(path -> NginxPlaces.join(directory, path))
                                    .forEach(path -> put(wanted, path, Purpose.PEER_SOCKET));
                            temporary(configuration)
                                    .map(path -> NginxPlaces.join(configuration.prefix(), path))
                                    .forEach(path -> put(wanted, path, Purpose.TEMP_DIRECTORY));
                        });
        return wanted;
    }

    private static void put(Map<String, Purpose> wanted, String path, Purpose purpose) {
        if (path.startsWith("/") && wanted.size() < MOST_WALKS) {
            wanted.putIfAbsent(path, purpose);
        }
    }

    private static Stream<String> sockets(NginxConfiguration configuration) {
        return configuration.upstreams().stream()
                .flatMap(upstream -> upstream.peers().stream())
                .map(peer -> peer.address())
                .filter(Address.Unix.class::isInstance)
                .map(address -> ((Address.Unix) address).path());
    }

    /** Those of the modules that some location passes to, request bodies, and caches. */
    private static Stream<String> temporary(NginxConfiguration configuration) {
        Set<Setting> settings = new LinkedHashSet<>();
        add(settings, configuration.main());
        for (Site site : configuration.sites()) {
            if (site.stream()) {
                continue;
            }
            add(settings, site.settings());
            site.allLocations().filter(l -> l.pass().isPresent()).forEach(l -> add(settings, l));
        }
        return settings.stream().map(Setting::value).filter(v -> !v.isEmpty()).distinct();
    }

    private static void add(Set<Setting> into, Location location) {
        into.addAll(location.settings().all("client_body_temp_path"));
        location.pass()
                .map(pass -> pass.kind().directivePrefix() + "_temp_path")
                .ifPresent(name -> into.addAll(location.settings().all(name)));
        add(into, location.settings());
    }

    private static void add(Set<Setting> into, Settings settings) {
        CACHES.forEach(name -> into.addAll(settings.all(name)));
    }
}
