package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessEnd;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A live process that was started to listen where nginx dials, as its command line says, and does
 * not listen anywhere yet.
 *
 * @param keeper it is a shell that starts the application, not the application
 */
public record PeerProcess(ProcessState process, boolean keeper) {
    /** Behind a scheme or such an option stands what it connects to; tcp:// is Puma's to listen. */
    private static final Pattern DIALLED =
            Pattern.compile(
                    "\\b(?!tcp|ssl)[a-z][a-z0-9+]{1,20}://\\S+"
                            + "|-(?:target|url|uri|upstream|backend|connect|remote|dest|destination|check|probe|forward|to)[= ]\\S+");

    private static final Pattern BETWEEN_COMMANDS = Pattern.compile("[;&|\\n]+");

    /** Those of the matter's peer, applications before their keepers, the youngest first. */
    public static List<PeerProcess> of(Matter matter) {
        return named(matter).filter(p -> !hasEnded(matter, p.process())).toList();
    }

    /** One that was alive at the first look, never listened, and had ended at the second. */
    public static Optional<PeerProcess> ended(Matter matter) {
        return named(matter).filter(p -> !p.keeper() && hasEnded(matter, p.process())).findFirst();
    }

    private static Stream<PeerProcess> named(Matter matter) {
        return matter.peer().stream()
                .flatMap(
                        peer ->
                                matter.scene()
                                        .facts(ProcessState.class)
                                        .filter(p -> isElsewhere(matter, p))
                                        .filter(p -> !Programs.isClient(p))
                                        .filter(p -> !Programs.isWrapper(p))
                                        .filter(p -> servesByItsWords(p, peer)))
                .filter(p -> !listens(matter, p))
                .map(p -> new PeerProcess(p, Programs.SHELLS.contains(Programs.name(p))))
                .sorted(
                        Comparator.comparing(PeerProcess::keeper)
                                .thenComparing(
                                        p -> p.process().startedAt(), Comparator.reverseOrder()));
    }

    /** Of a shell's words only the command counts that names the address. */
    private static boolean servesByItsWords(ProcessState process, Address peer) {
        Stream<String> commands =
                Programs.SHELLS.contains(Programs.name(process))
                        ? BETWEEN_COMMANDS
                                .splitAsStream(process.command())
                                .filter(c -> !Programs.isClient(c))
                        : Stream.of(process.command());
        return commands.anyMatch(c -> PeerUnit.mentions(own(c), peer));
    }

    private static boolean hasEnded(Matter matter, ProcessState process) {
        return matter.scene().facts(ProcessEnd.class).anyMatch(e -> e.pid() == process.pid());
    }

    /**
     * What started a process that listens at the peer, if that is a process which was told the
     * peer's address and has been running since before the first failure: a keeper that starts the
     * application again whenever it ends. supervisord and PM2 are told in files of theirs.
     */
    public static Optional<ProcessState> keeperOf(Matter matter, ProcessState listening) {
        return matter.scene()
                .process(listening.parent())
                .filter(_ -> listening.parent() > 1)
                .filter(
                        k ->
                                matter.peer()
                                                .filter(p -> PeerUnit.mentions(own(k.command()), p))
                                                .isPresent()
                                        || keepsProgram(matter, k))
                .filter(k -> matter.first().filter(k.startedAt()::isBefore).isPresent())
                .filter(_ -> matter.first().filter(listening.startedAt()::isAfter).isPresent());
    }

    private static boolean keepsProgram(Matter matter, ProcessState keeper) {
        return PeerProgram.of(matter)
                .anyMatch(
                        p ->
                                switch (p.keeper()) {
                                    case SUPERVISOR -> keeper.command().contains("supervisord");
                                    case PM2 -> keeper.command().startsWith("PM2 v");
                                    case PHP_FPM -> false;
                                });
    }

    /** Not nginx's own, and in its network. */
    private static boolean isElsewhere(Matter matter, ProcessState process) {
        long network = process.namespaces().network();
        return !Programs.isNginx(process)
                && matter.master().map(NginxMaster::pid).filter(m -> m == process.pid()).isEmpty()
                && (network == 0 || matter.network() == 0 || network == matter.network());
    }

    private static String own(String command) {
        return DIALLED.matcher(command).replaceAll("");
    }

    private static boolean listens(Matter matter, ProcessState process) {
        return matter.sockets().stream()
                .flatMap(t -> t.listeners().stream())
                .anyMatch(
                        l ->
                                l.pids().contains(process.pid())
                                        || l.pids().stream()
                                                .anyMatch(process.children()::contains));
    }

    /** How long it has been running. */
    public Duration age(Scene scene) {
        return Duration.between(process.startedAt(), scene.snapshot().at());
    }

    /** {@code gunicorn (PID 950)}. */
    public String who() {
        return "%s (PID %d)".formatted(Programs.name(process), process.pid());
    }
}
