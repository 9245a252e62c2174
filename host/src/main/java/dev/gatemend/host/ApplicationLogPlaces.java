package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Container;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.ProcessEnd;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.ShellLoop;
import dev.gatemend.model.SystemdUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the logs of the applications behind the peers, each once. */
final class ApplicationLogPlaces {
    private static final int MOST_OF_ONE_PROCESS = 6;

    /** What a process holds open besides its output, and is a log by its name. */
    private static final Pattern LOG_NAME =
            Pattern.compile(
                    "/[^/]{0,200}\\.(log|err|out)(\\.\\d{1,3})?|.{1,300}/logs?/[^/]{1,200}");

    /** Of gunicorn, uWSGI, PHP-FPM's relatives and others, and of the shell. */
    private static final Pattern LOG_OPTION =
            Pattern.compile(
                    "(?:--(?:error-logfile|log-file|logfile|logto2?|daemonize)[= ]|\\s[12]?>{1,2} ?)(/(?!dev/)[\\w./@+-]{1,250})");

    private static final int OUTPUT = 1;
    private static final int ERRORS = 2;

    private final Look look;
    private final PeersNamed named;
    private final Set<String> nginxLogs;
    private final Map<String, ApplicationLogPlace> places = new LinkedHashMap<>();

    private ApplicationLogPlaces(Look look) {
        this.look = look;
        this.named = PeersNamed.of(look);
        this.nginxLogs =
                look.facts(NginxConfiguration.class)
                        .flatMap(c -> c.logs().stream())
                        .flatMap(l -> l.file().stream())
                        .collect(Collectors.toSet());
    }

    static List<ApplicationLogPlace> of(Look look) {
        ApplicationLogPlaces found = new ApplicationLogPlaces(look);
        if (!found.named.peers().isEmpty()) {
            found.ofProcesses();
            found.ofUnits();
            found.ofPrograms();
            found.ofContainers();
        }
        return new ArrayList<>(found.places.values());
    }

    private void ofProcesses() {
        for (ServingProcess serving : ServingProcess.of(look, named, kept())) {
            seeAgain(serving.process());
            ofProcess(serving.process(), serving.peers());
        }
    }

    /** An application that ends as soon as it is started may do so while we look. */
    private void seeAgain(ProcessState process) {
        if (hasEnded(process.pid())) {
            look.add(new ProcessEnd(process.pid()), "/proc/" + process.pid());
        }
    }

    private boolean hasEnded(int pid) {
        return new ProcessFiles(look.host().proc())
                .stat(pid)
                .filter(s -> s.state() != 'Z')
                .isEmpty();
    }

    /**
     * What a shell's loop starts writes where the shell writes, unless its command names a log of
     * its own.
     */
    private Map<Integer, Set<Address>> kept() {
        Map<Integer, Set<Address>> kept = new LinkedHashMap<>();
        for (ShellLoop loop : look.facts(ShellLoop.class).toList()) {
            for (String command : loop.commands()) {
                List<Address> peers = named.in(command);
                kept.computeIfAbsent(loop.pid(), _ -> new HashSet<>()).addAll(peers);
                ofOptions(command, loop.script(), peers);
            }
        }
        return kept;
    }

    private void ofProcess(ProcessState process, Set<Address> peers) {
        Optional<OpenFiles> files =
                OpenFiles.of(
                        look.host().proc().resolve(Integer.toString(process.pid())).resolve("fd"));
        if (files.isEmpty() && hasEnded(process.pid())) {
            return;
        }
        if (files.isEmpty()) {
            look.couldNotLook(
                    "the logs of %s (PID %d); run with sudo"
                            .formatted(process.name(), process.pid()));
            return;
        }
        files.get().links().entrySet().stream()
                .filter(e -> isLog(e.getKey(), e.getValue()))
                .limit(MOST_OF_ONE_PROCESS)
                .forEach(
                        e ->
                                place(
                                                files.get().file(e.getKey()),
                                                e.getValue(),
                                                "%s (PID %d)"
                                                        .formatted(process.name(), process.pid()))
                                        .belongsTo(peers, List.of(process.pid())));
    }

    private boolean isLog(int descriptor, String link) {
        return link.startsWith("/")
                && !link.startsWith("/dev/")
                && !link.endsWith(" (deleted)")
                && !nginxLogs.contains(link)
                && (descriptor == OUTPUT || descriptor == ERRORS || LOG_NAME.matcher(link).find());
    }

    private void ofUnits() {
        UnitFiles files = new UnitFiles(look.host().root());
        for (SystemdUnit unit : look.facts(SystemdUnit.class).toList()) {
            List<Address> peers =
                    named.among(
                            Stream.concat(
                                    unit.listens().stream(),
                                    unit.commands().stream()
                                            .flatMap(c -> ListeningWords.in(c).stream())));
            if (!peers.isEmpty()) {
                files.outputs(unit.name()).forEach(f -> ofService(f, unit.name(), peers));
                unit.commands().forEach(c -> ofOptions(c, unit.name(), peers));
            }
        }
    }

    private void ofPrograms() {
        look.facts(KeptProgram.class)
                .forEach(
                        program -> {
                            List<Address> peers = named.among(program.listens().stream());
                            String writer = program.keeper().words() + " " + program.name();
                            if (!peers.isEmpty()) {
                                program.logs().forEach(log -> ofService(log, writer, peers));
                            }
                        });
    }

    private void ofOptions(String command, String writer, List<Address> peers) {
        Matcher option = LOG_OPTION.matcher(command);
        while (option.find()) {
            ofService(option.group(1), writer, peers);
        }
    }

    private void ofService(String path, String writer, List<Address> peers) {
        if (!nginxLogs.contains(path)) {
            place(look.host().root().resolve(path.substring(1)), path, writer)
                    .belongsTo(peers, List.of());
        }
    }

    private void ofContainers() {
        for (Container container : look.facts(Container.class).toList()) {
            Collection<Address> peers = new HashSet<>();
            container.published().stream()
                    .map(p -> new Address.Tcp(p.host(), p.port()).toString())
                    .forEach(a -> peers.addAll(named.among(Stream.of(a))));
            named.peers().stream().filter(p -> isIn(container, p)).forEach(peers::add);
            Optional<Path> log =
                    peers.isEmpty()
                            ? Optional.empty()
                            : ContainerLogs.of(look.host(), container.id());
            log.ifPresent(
                    file ->
                            place(file, file.toString(), "container " + container.name())
                                    .belongsTo(peers, List.of()));
        }
    }

    private static boolean isIn(Container container, Address peer) {
        return peer instanceof Address.Tcp tcp
                && container.networks().stream()
                        .anyMatch(
                                n ->
                                        n.addresses().contains(tcp.host())
                                                || n.aliases().contains(tcp.host()));
    }

    private ApplicationLogPlace place(Path file, String path, String writer) {
        return places.computeIfAbsent(path, _ -> new ApplicationLogPlace(file, path, writer));
    }
}
