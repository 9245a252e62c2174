package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerProcesses;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Testimony;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.KernelEvent.Segfault;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A process of the application dies of a memory fault or an abort. */
public final class AppSegfault implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "app-segfault",
                    Group.NOTHING_LISTENS,
                    Frequency.OCCASIONAL,
                    "A worker or child dies on SIGSEGV, SIGBUS or SIGABRT",
                    """
                    A fault in the interpreter or in a native extension ends the process in the middle of a request, \
                    without a word in its own log. A master starts another worker; a single process leaves nobody to \
                    listen.""",
                    "A segfault line of the kernel, 'exited on signal 11' of a master, a core dump, or an exit status of 139 or 134.",
                    List.of(),
                    List.of(
                            "raising nginx's time-outs: the process died, it was not slow",
                            "more memory: a fault is no lack of memory"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        boolean gone = Gone.isSo(matter);
        if (!gone && matter.trouble() != Trouble.CLOSED) {
            return Judgement.notConcerned();
        }
        List<Ending> deaths = new ArrayList<>();
        kernel(matter).ifPresent(deaths::add);
        if (gone) {
            unit(matter).ifPresent(deaths::add);
            container(matter).ifPresent(deaths::add);
        }
        Account.of(matter).forEach(a -> said(matter, a, gone).ifPresent(deaths::add));
        return deaths.isEmpty() ? Judgement.notConcerned() : argue(matter, deaths, gone);
    }

    /**
     * A fault of one of the application's processes: one that is alive, or that its log names by
     * its number. Else of one of its name at that time, which is a hint: other programs of a host
     * bear the name of an interpreter as well.
     */
    private static Optional<Ending> kernel(Matter matter) {
        List<Segfault> faults =
                matter.scene()
                        .facts(Segfault.class)
                        .filter(f -> Gone.during(matter, f.at()))
                        .toList()
                        .reversed();
        PeerProcesses processes = PeerProcesses.of(matter);
        return faults.stream()
                .filter(
                        f ->
                                processes.pids().contains(f.pid())
                                        || (processes.names().contains(f.process())
                                                && isNamed(matter, f.pid())))
                .findFirst()
                .map(f -> death(matter, f, DECISIVE))
                .or(
                        () ->
                                faults.stream()
                                        .filter(f -> processes.names().contains(f.process()))
                                        .findFirst()
                                        .map(f -> death(matter, f, byName(matter, processes, f))));
    }

    /** Its own log or journal tells of a process of that number. */
    private static boolean isNamed(Matter matter, int pid) {
        Pattern number = Pattern.compile("(?<![\\d.:])" + pid + "(?![\\d.])");
        return Account.of(matter).stream()
                .flatMap(a -> a.lines().stream())
                .filter(t -> !t.is(Words.REQUEST))
                .anyMatch(t -> number.matcher(t.text()).find());
    }

    private static Strength byName(Matter matter, PeerProcesses processes, Segfault fault) {
        boolean others =
                matter.scene()
                        .facts(ProcessState.class)
                        .anyMatch(
                                p ->
                                        p.name().equals(fault.process())
                                                && !processes.pids().contains(p.pid()));
        return others || Programs.isInterpreter(fault.process()) ? WEAK : MODERATE;
    }

    private static Ending death(Matter matter, Segfault fault, Strength strength) {
        String who = "%s (PID %d)".formatted(fault.process(), fault.pid());
        return new Ending(
                who,
                strength,
                matter.scene()
                        .sighting(
                                fault,
                                "%s at %s: %s%s"
                                        .formatted(
                                                who,
                                                matter.scene().clock(fault.at()),
                                                fault.fault(),
                                                fault.in().map(i -> " in " + i).orElse(""))));
    }

    private static Optional<Ending> unit(Matter matter) {
        return PeerUnit.of(matter)
                .flatMap(u -> UnitEnd.of(matter, u).stream())
                .filter(UnitEnd::faulted)
                .findFirst()
                .map(
                        end ->
                                new Ending(
                                        end.unit().name(),
                                        end.peerUnit().isSure() ? DECISIVE : STRONG,
                                        end.sighting(matter)));
    }

    private static Optional<Ending> container(Matter matter) {
        return PeerContainer.of(matter).stream()
                .filter(c -> !c.isRunning() && ContainerEnd.faulted(c))
                .findFirst()
                .map(
                        c ->
                                new Ending(
                                        "container " + c.name(),
                                        DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        c,
                                                        PeerContainer.state(matter.scene(), c))));
    }

    /** A master or a supervisor tells of a signal; a hint, borne out where nobody listens. */
    private static Optional<Ending> said(Matter matter, Account account, boolean gone) {
        Optional<Testimony> told =
                gone
                        ? account.standing(Words.FAULT).filter(t -> Gone.concerns(matter, t))
                        : account.lines().stream()
                                .filter(t -> t.is(Words.FAULT))
                                .filter(t -> during(matter, t))
                                .findFirst();
        return told.map(t -> new Ending(account.who(), gone ? STRONG : MODERATE, t.sighting()));
    }

    private static boolean during(Matter matter, Testimony told) {
        return matter.first().isPresent()
                && matter.last().isPresent()
                && told.within(matter.first().get(), matter.last().get());
    }

    private static Judgement argue(Matter matter, List<Ending> deaths, boolean gone) {
        Ending first = deaths.getFirst();
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s died of a memory fault or an abort".formatted(first.who())));
        Gone.weigh(matter, argument);
        if (!gone) {
            Gone.weighLogged(matter, argument);
        }
        deaths.forEach(d -> argument.because(d.strength(), d.sighting()));
        argument.explain(
                "The process was ended by a signal in the middle of its work; requests it had are lost without an answer.");
        if (gone) {
            Starting.remedy(
                    matter, PeerUnit.of(matter).filter(PeerUnit::isFailed).findFirst(), argument);
        }
        argument.toStay(
                "find the faulty library: the newest native extension or interpreter is the first suspect",
                Risk.MEDIUM,
                new Remedy.Step("coredumpctl list", "names the program of each core dump"),
                Steps.edit(
                        "upgrade or take back the library that the kernel's line or the dump names"));
        argument.next("sudo dmesg --ctime", "the kernel's line names the file that faulted");
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }
}
