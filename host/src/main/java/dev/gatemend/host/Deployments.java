package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.Location;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SystemdUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What serves nginx's peers, or should, and nginx: where each was put on this host. What a
 * container holds is left out; it is deployed as a whole.
 */
final class Deployments {
    private static final int LONGEST_COMMAND = 64;

    /** The host's own; what lies there comes with packages. */
    private static final Pattern OF_THE_SYSTEM =
            Pattern.compile(
                    "/(?:bin|boot|dev|etc|lib|lib32|lib64|libx32|proc|run|sbin|snap|sys|usr(?!/local/[^/]+/[^/]))(?:/.*)?"
                            + "|/[^/]*|/(?:home|var)/[^/]*|/var/(?:log|run|cache|spool|lib|lock|mail|backups|tmp)(?:/.{0,60})?");

    /** Others cannot be spelled in every locale. */
    private static final Pattern PLAIN = Pattern.compile("/[!-~]{1,250}");

    private final Look look;
    private final PeersNamed named;
    private final UnitFiles unitFiles;
    private final ProcessFiles processFiles;
    private final Map<String, Deployment> found = new LinkedHashMap<>();

    private Deployments(Look look) {
        this.look = look;
        this.named = PeersNamed.of(look);
        this.unitFiles = new UnitFiles(look.host().root());
        this.processFiles = new ProcessFiles(look.host().proc());
    }

    static List<Deployment> of(Look look) {
        Deployments deployments = new Deployments(look);
        deployments.ofNginx();
        deployments.ofProcesses();
        deployments.ofUnits();
        deployments.ofPrograms();
        deployments.ofDocumentRoots();
        return List.copyOf(deployments.found.values());
    }

    private Deployment of(String key) {
        return found.computeIfAbsent(key, _ -> new Deployment());
    }

    private void ofNginx() {
        look.facts(NginxMaster.class)
                .filter(m -> m.container().isEmpty())
                .forEach(
                        m -> {
                            Deployment nginx = of("nginx " + m.pid());
                            nginx.masters().add(m.pid());
                            nginx.programs().add(m.binary());
                            nginx.programs().addAll(mapped(m.pid()));
                            m.unit().ifPresent(u -> ofUnit(u, nginx));
                        });
    }

    private void ofProcesses() {
        for (ServingProcess serving : ServingProcess.of(look, named, Map.of())) {
            ProcessState process = serving.process();
            Deployment application = of(process.unit().orElse("pid " + process.pid()));
            application.peers().addAll(serving.peers());
            application.programs().addAll(mapped(process.pid()));
            processFiles
                    .link(process.pid(), "cwd")
                    .ifPresent(d -> directory(d).ifPresent(application.directories()::add));
            ofWords(processFiles.arguments(process.pid()), application);
            process.unit().ifPresent(u -> ofUnit(u, application));
        }
    }

    /** Those that name a peer, and those whose state changed, which may have served one. */
    private void ofUnits() {
        for (SystemdUnit unit : look.facts(SystemdUnit.class).toList()) {
            List<Address> peers =
                    named.among(
                            Stream.concat(
                                    unit.listens().stream(),
                                    unit.commands().stream()
                                            .flatMap(c -> ListeningWords.in(c).stream())));
            boolean recent =
                    unit.since()
                            .filter(s -> !s.isBefore(look.request().window().from()))
                            .isPresent();
            if (found.containsKey(unit.name()) || !peers.isEmpty() || recent) {
                Deployment application = of(unit.name());
                application.peers().addAll(peers);
                unit.commands().stream()
                        .map(c -> List.of(c.split(" ", LONGEST_COMMAND)))
                        .forEach(
                                words -> {
                                    application.programs().add(words.getFirst());
                                    ofWords(words, application);
                                });
                ofUnit(unit.name(), application);
            }
        }
    }

    private void ofUnit(String unit, Deployment application) {
        if (application.units().add(unit)) {
            application.definitions().addAll(unitFiles.sources(unit));
            unitFiles
                    .workingDirectory(unit)
                    .flatMap(Deployments::directory)
                    .ifPresent(application.directories()::add);
        }
    }

    private void ofPrograms() {
        look.facts(KeptProgram.class)
                .forEach(
                        program -> {
                            List<Address> peers = named.among(program.listens().stream());
                            if (!peers.isEmpty()) {
                                Deployment application =
                                        of(program.keeper().words() + " " + program.name());
                                application.peers().addAll(peers);
                                application.definitions().add(program.definition());
                            }
                        });
    }

    /** Where a location hands scripts to FastCGI, its root holds the application. */
    private void ofDocumentRoots() {
        for (NginxConfiguration configuration : look.facts(NginxConfiguration.class).toList()) {
            configuration
                    .allLocations()
                    .filter(l -> l.pass().filter(p -> p.kind() == PassKind.FASTCGI).isPresent())
                    .forEach(l -> ofDocumentRoot(configuration, l));
        }
    }

    private void ofDocumentRoot(NginxConfiguration configuration, Location location) {
        location.settings()
                .value("root")
                .flatMap(Deployments::directory)
                .ifPresent(
                        root -> {
                            Deployment scripts = of("root " + root);
                            scripts.directories().add(root);
                            scripts.peers().addAll(peers(configuration, location));
                        });
    }

    private static List<Address> peers(NginxConfiguration configuration, Location location) {
        return location.pass().map(Pass::target).stream()
                .filter(PassTarget.Group.class::isInstance)
                .map(PassTarget.Group.class::cast)
                .flatMap(group -> configuration.upstream(group.upstream()).stream())
                .flatMap(upstream -> upstream.peers().stream())
                .map(peer -> peer.address())
                .toList();
    }

    /** Scripts and directories that a command line names. */
    private void ofWords(List<String> words, Deployment application) {
        words.stream()
                .limit(LONGEST_COMMAND)
                .flatMap(word -> Arrays.stream(word.split("[=:]", 4)))
                .filter(word -> word.startsWith("/"))
                .flatMap(word -> directory(word).stream())
                .forEach(
                        word -> {
                            Path file = look.host().root().resolve(word.substring(1));
                            if (Files.isDirectory(file)) {
                                application.directories().add(word);
                            } else if (Files.isRegularFile(file)) {
                                application.programs().add(word);
                                parent(word).ifPresent(application.directories()::add);
                            }
                        });
    }

    private static Optional<String> parent(String path) {
        return directory(path.substring(0, path.lastIndexOf('/')));
    }

    /** A path where somebody may have deployed something; not a home or the system's own. */
    private static Optional<String> directory(String path) {
        return Optional.of(path)
                .filter(p -> PLAIN.matcher(p).matches())
                .map(p -> Path.of(p).normalize().toString())
                .filter(p -> !OF_THE_SYSTEM.matcher(p).matches());
    }

    /** The program and the libraries of a process, also where newer ones have replaced them. */
    private Set<String> mapped(int pid) {
        return processFiles.text(pid, "maps").stream()
                .flatMap(String::lines)
                .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
                .map(file -> file.replace(" (deleted)", ""))
                .filter(file -> file.length() > 1)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
