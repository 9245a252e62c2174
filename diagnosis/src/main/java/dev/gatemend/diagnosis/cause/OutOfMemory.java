package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Account;
import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.PeerProcesses;
import dev.gatemend.diagnosis.PeerSide;
import dev.gatemend.diagnosis.PeerUnit;
import dev.gatemend.diagnosis.Programs;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Sighting;
import dev.gatemend.diagnosis.Steps;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.diagnosis.Trouble;
import dev.gatemend.diagnosis.Words;
import dev.gatemend.model.Container;
import dev.gatemend.model.Fact;
import dev.gatemend.model.KernelEvent.OomKill;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kernel took the application for want of memory, as its container, its unit or the kernel
 * tells.
 */
public final class OutOfMemory implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "out-of-memory",
                    Group.NOTHING_LISTENS,
                    Frequency.COMMON,
                    "The kernel's or a cgroup's OOM killer took the process, or a memory limit made allocation fail",
                    """
                    When the host or a container's memory limit has nothing left, the kernel kills a process with SIGKILL. \
                    The application writes nothing about it; nginx sees the connection closed, and refused from then on.""",
                    "The engine says OOMKilled, or systemd says oom-kill. Exit code 137 alone is no proof, nor is gunicorn's 'Perhaps out of memory?': any SIGKILL looks like that.",
                    List.of(),
                    List.of(
                            "raising nginx's time-outs: the application was killed, not slow",
                            "restarting nginx: it is the application that is gone"));

    private static final int BYTES_OF_MIB = 1 << 20;

    /** Who was killed, when, and how that is known. */
    private record Killed(
            String who,
            Fact fact,
            Optional<Instant> at,
            String told,
            boolean gone,
            Strength strength,
            Remedy.Step again) {}

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        if (matter.trouble() != Trouble.CONNECT && matter.trouble() != Trouble.CLOSED) {
            return Judgement.notConcerned();
        }
        return container(matter)
                .or(() -> unit(matter))
                .or(() -> kernel(matter))
                .or(() -> asItBegan(matter))
                .map(killed -> judge(matter, killed))
                .orElse(Judgement.notConcerned());
    }

    private static Optional<Killed> container(Matter matter) {
        return PeerContainer.of(matter).stream()
                .filter(c -> c.life().oomKilled())
                .findFirst()
                .map(
                        c ->
                                new Killed(
                                        "container " + c.name(),
                                        c,
                                        c.isRunning() ? Optional.empty() : c.life().finishedAt(),
                                        PeerContainer.state(matter.scene(), c)
                                                + ", OOMKilled"
                                                + limit(c),
                                        !c.isRunning(),
                                        // One that still runs lost a process at some time since it
                                        // started, perhaps long ago.
                                        c.isRunning() ? STRONG : DECISIVE,
                                        again(c)));
    }

    private static Remedy.Step again(Container container) {
        return container.isRunning()
                ? new Remedy.Step(
                        Shell.command("sudo", container.engine(), "restart", container.name()),
                        "what was killed in it comes back")
                : Starting.start(container);
    }

    private static String limit(Container container) {
        return container.memoryLimit().isPresent()
                ? ", memory limit %d MiB"
                        .formatted(container.memoryLimit().getAsLong() / BYTES_OF_MIB)
                : ", no memory limit of its own";
    }

    private static Optional<Killed> unit(Matter matter) {
        return PeerUnit.of(matter)
                .filter(u -> u.unit().result().equals("oom-kill"))
                .findFirst()
                .map(
                        u ->
                                new Killed(
                                        u.unit().name(),
                                        u.unit(),
                                        u.unit().since(),
                                        "%s, Result=oom-kill; %s"
                                                .formatted(
                                                        u.state(matter.scene()),
                                                        u.tie(matter.peerText())),
                                        u.isFailed(),
                                        u.isFailed() && u.isSure() ? DECISIVE : STRONG,
                                        Steps.systemctl(
                                                "restart", u.unit().name(), "it listens again")));
    }

    /**
     * By the kernel's own line: of the peer's unit, of one of its processes, or of one called like
     * them while requests failed.
     */
    private static Optional<Killed> kernel(Matter matter) {
        PeerProcesses processes = PeerProcesses.of(matter);
        List<OomKill> kills =
                matter.scene()
                        .facts(OomKill.class)
                        .filter(k -> Gone.during(matter, k.at()))
                        .toList();
        return kills.stream()
                .filter(k -> isOfUnit(matter, k) || processes.pids().contains(k.pid()))
                .findFirst()
                .map(k -> killed(matter, k, DECISIVE))
                .or(
                        () ->
                                kills.stream()
                                        .filter(k -> processes.names().contains(k.process()))
                                        .findFirst()
                                        .map(k -> killed(matter, k, STRONG)));
    }

    /**
     * Nothing here is known to have served the peer, which is gone; and in the second in which it
     * went the kernel killed an interpreter or application server, one and no more. Whose log is
     * known, and tells of an error, ended by that.
     */
    private static Optional<Killed> asItBegan(Matter matter) {
        if (!Gone.isSo(matter)
                || !PeerProcesses.of(matter).names().isEmpty()
                || PeerContainer.of(matter).stream().findAny().isPresent()
                || Account.of(matter).stream().anyMatch(OutOfMemory::tellsOfAnError)) {
            return Optional.empty();
        }
        List<OomKill> kills =
                matter.scene()
                        .facts(OomKill.class)
                        .filter(k -> Gone.asItBegan(matter, k.at()))
                        .filter(k -> Programs.isRuntime(k.process()))
                        .toList();
        return kills.size() == 1
                ? Optional.of(killed(matter, kills.getFirst(), STRONG))
                : Optional.empty();
    }

    private static boolean tellsOfAnError(Account account) {
        return Stream.of(Words.ADDRESS_IN_USE, Words.BOOT_FAILED, Words.CRASHED)
                .anyMatch(words -> account.standing(words).isPresent());
    }

    private static boolean isOfUnit(Matter matter, OomKill kill) {
        return PeerUnit.of(matter)
                .anyMatch(
                        u ->
                                kill.cgroup()
                                        .filter(c -> c.contains("/" + u.unit().name()))
                                        .isPresent());
    }

    private static Killed killed(Matter matter, OomKill kill, Strength strength) {
        String who = "%s (PID %d)".formatted(kill.process(), kill.pid());
        return new Killed(
                who,
                kill,
                Optional.of(kill.at()),
                "the kernel killed %s at %s with %d MiB, %s"
                        .formatted(
                                who,
                                matter.scene().clock(kill.at()),
                                kill.residentBytes() / BYTES_OF_MIB,
                                kill.memoryLimit()
                                        ? "its control group was full"
                                        : "the machine's memory was full"),
                Gone.isSo(matter),
                strength,
                Steps.edit("start what was killed, unless its master did so by itself"));
    }

    private static Judgement judge(Matter matter, Killed killed) {
        Optional<Instant> last = matter.last();
        // The log counts whole seconds.
        if (killed.at().isPresent()
                && last.isPresent()
                && killed.at().get().isAfter(last.get().plusSeconds(1))) {
            return Judgement.ruledOut(
                    "%s was killed at %s, after the last failure"
                            .formatted(killed.who(), matter.scene().clock(killed.at().get())));
        }
        return killed.gone() && isServedByAnother(matter)
                ? Judgement.ruledOut("somebody else listens on " + matter.peerText())
                : argue(matter, killed);
    }

    private static boolean isServedByAnother(Matter matter) {
        return PeerSide.of(matter)
                .flatMap(s -> s.listener(matter.peer().orElseThrow()))
                .isPresent();
    }

    private static Judgement argue(Matter matter, Killed killed) {
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        "the kernel killed %s for want of memory".formatted(killed.who()));
        failure(matter).ifPresent(s -> argument.becauseLikeRivals(MODERATE, s));
        if (killed.gone()) {
            PeerSide.of(matter).ifPresent(side -> nobodyListens(matter, side, argument));
        }
        argument.because(killed.strength(), matter.scene().sighting(killed.fact(), killed.told()));
        argument.explain(
                "%s used more memory than it may; the kernel ended it with SIGKILL, which leaves no word in its own log."
                        .formatted(killed.who()));
        argument.now("start " + killed.who() + " again", Risk.LOW, killed.again());
        argument.toStay(
                "give it more memory or let it use less",
                Risk.MEDIUM,
                Steps.edit(
                        "fewer workers, a smaller heap, or a higher limit (--memory, mem_limit, MemoryMax=) within what the host has"));
        argument.next(
                "sudo dmesg --ctime --level=err,warn,info",
                "the kernel's line names the process and its size");
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void nobodyListens(Matter matter, PeerSide side, Argument argument) {
        argument.becauseLikeRivals(
                side.absence(),
                matter.scene().sighting(side.table(), "nobody listens on " + matter.peerText()));
    }

    private static Optional<Sighting> failure(Matter matter) {
        return matter.errors().stream().findFirst().map(matter::logged);
    }
}
