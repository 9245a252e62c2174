package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Holders;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.WorkerLimits;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.JournalLine;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** nginx's or the application's limit of open files is used up. */
public final class FdLimit implements Cause {
    /** errno 24 as C, Node, Go, Java and Python put it. */
    private static final Pattern COMPLAINT =
            Pattern.compile("(?i)too many open files|\\bEMFILE\\b|\\[Errno 24\\]");

    /** A process this near its limit is about to hit it; connections come and go between looks. */
    private static final double NEARLY_USED_UP = 0.97;

    private static final CauseInfo INFO =
            new CauseInfo(
                    "fd-limit",
                    Group.LIMITS,
                    Frequency.OCCASIONAL,
                    "Open-file limit of nginx or of the application is used up",
                    """
                    Every connection and every file takes a descriptor, and a proxied request takes two connections. At \
                    the limit socket(), accept() and open() fail with errno 24. The limit is each process's own: raising \
                    the application's does nothing for nginx, and ulimit in a shell nothing for a service.""",
                    "Who says errno 24: nginx's own log, or the application's; open descriptors against the limit.",
                    List.of(),
                    List.of(
                            "ulimit -n in a shell or limits.conf: a service started by systemd reads neither",
                            "raising fs.file-max: that is the whole system's limit, not the process's (errno 24 is the process's)"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ErrorGroup> ofProcess = matter.errno(Errno.EMFILE);
        Optional<ErrorGroup> ofSystem = matter.errno(Errno.ENFILE);
        if (ofProcess.isPresent()) {
            return ofNginx(matter, ofProcess.get());
        }
        return ofSystem.map(g -> ofSystem(matter, g)).orElseGet(() -> ofApplication(matter));
    }

    private static Judgement ofNginx(Matter matter, ErrorGroup group) {
        Optional<Integer> limit = WorkerLimits.openFiles(matter);
        long connections = WorkerLimits.connections(matter);
        // Twice the connections leaves room for temp files, caches and logs beside the sockets.
        long suggestion =
                Math.max(WorkerLimits.roundedUp(2 * connections), 4L * limit.orElse(1024));
        String of = limit.map(l -> " of " + l).orElse("");
        Argument argument =
                Argument.that(
                                WorkerLimits.place(matter),
                                "nginx's workers have used up their limit%s open files"
                                        .formatted(of))
                        // EMFILE has one meaning (socket(2), accept(2)): this process's limit.
                        .because(DECISIVE, matter.logged(group));
        fullest(matter)
                .ifPresent(
                        p ->
                                argument.because(
                                        MODERATE,
                                        matter.scene()
                                                .sighting(
                                                        p,
                                                        "worker %d has %d of %d files open"
                                                                .formatted(
                                                                        p.pid(),
                                                                        p.openFiles().orElse(0),
                                                                        p.openFilesLimit()
                                                                                .orElse(0)))));
        ProxyLoop.speaksAgainstLimit(matter, argument);
        argument.explain(
                "A worker may open %s files; every client and every upstream connection is one. At the limit nginx answers 500 or accepts nobody."
                        .formatted(limit.map(l -> "no more than " + l).orElse("only so many")));
        argument.now(
                "give the workers more descriptors",
                Risk.LOW,
                Steps.edit(
                        "%s write worker_rlimit_nofile %d; at the top level"
                                .formatted(
                                        WorkerLimits.setting(matter, "worker_rlimit_nofile")
                                                .map(w -> "in " + w)
                                                .orElse("in nginx.conf"),
                                        suggestion)),
                Steps.reload(matter));
        argument.toStay(
                "watch open descriptors against the limit; look for peers that hold connections too long",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static Optional<ProcessState> fullest(Matter matter) {
        return WorkerLimits.workers(matter).filter(FdLimit::nearlyFull).findFirst();
    }

    private static boolean nearlyFull(ProcessState process) {
        return process.openFiles().isPresent()
                && process.openFilesLimit().isPresent()
                && process.openFiles().getAsInt()
                        >= process.openFilesLimit().getAsInt() * NEARLY_USED_UP;
    }

    private static Judgement ofSystem(Matter matter, ErrorGroup group) {
        return Argument.that("host", "the whole system has used up its open files (fs.file-max)")
                .because(DECISIVE, matter.logged(group))
                .explain(
                        "errno 23 is the kernel's own table: all processes together hold fs.file-max files.")
                .now(
                        "find who holds them",
                        Risk.LOW,
                        new Remedy.Step("cat /proc/sys/fs/file-nr", "open, unused, limit"),
                        new Remedy.Step(
                                "sudo lsof -n | awk '{print $2}' | sort | uniq -c | sort -n | tail",
                                "the processes that hold most"))
                .toStay("raise fs.file-max once the leak is mended", Risk.LOW)
                .wontHelp("worker_rlimit_nofile: that is nginx's own limit (errno 24)")
                .judgement();
    }

    /** The application cannot open or accept any more: it closes, waits or answers 500. */
    private static Judgement ofApplication(Matter matter) {
        if (matter.peer().isEmpty() || matter.trouble() == Trouble.LOCAL) {
            return Judgement.notConcerned();
        }
        List<ProcessState> holders =
                matter.listener().map(l -> Holders.of(matter.scene(), l)).orElse(List.of());
        Optional<ProcessState> full = holders.stream().filter(FdLimit::nearlyFull).findFirst();
        Optional<JournalLine> complaint = complaint(matter, holders);
        if (full.isEmpty() && complaint.isEmpty()) {
            return Judgement.notConcerned();
        }
        ProcessState culprit = full.orElse(holders.getFirst());
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        "%s (PID %d) has used up its limit of open files"
                                .formatted(Programs.name(culprit), culprit.pid()));
        matter.errors().stream()
                .findFirst()
                .ifPresent(g -> argument.because(WEAK, matter.logged(g)));
        full.ifPresent(
                p ->
                        argument.because(
                                STRONG,
                                matter.scene()
                                        .sighting(
                                                p,
                                                "%s (PID %d) has %d of %d files open"
                                                        .formatted(
                                                                p.name(),
                                                                p.pid(),
                                                                p.openFiles().orElse(0),
                                                                p.openFilesLimit().orElse(0)))));
        complaint.ifPresent(l -> argument.because(STRONG, matter.scene().sighting(l, l.text())));
        argument.explain(
                "The application may not open another file or accept another connection; the limit is its own, not nginx's.");
        argument.now(
                "raise the application's limit and restart it",
                Risk.MEDIUM,
                culprit.unit()
                        .map(
                                u ->
                                        new Remedy.Step(
                                                Shell.command("sudo", "systemctl", "edit", u),
                                                "write [Service] and LimitNOFILE=65536"))
                        .orElseGet(
                                () -> Steps.edit("raise its open-file limit where it is started")),
                Steps.restart(Optional.of(culprit)));
        argument.toStay(
                "look for what it does not close",
                Risk.LOW,
                new Remedy.Step(
                        "sudo ls -l /proc/%d/fd".formatted(culprit.pid()), "what it holds"));
        argument.wontHelp("worker_rlimit_nofile: that is nginx's limit, not the application's");
        return argument.judgement();
    }

    private static Optional<JournalLine> complaint(Matter matter, List<ProcessState> holders) {
        List<String> units =
                holders.stream().map(ProcessState::unit).flatMap(Optional::stream).toList();
        return matter.scene()
                .facts(JournalLine.class)
                .filter(l -> units.contains(l.unit()) && COMPLAINT.matcher(l.text()).find())
                .findFirst();
    }
}
