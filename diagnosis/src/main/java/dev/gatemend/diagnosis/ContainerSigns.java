package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Signs that nginx runs in a container, where 127.0.0.1 is the container itself and not the host or
 * the application's container.
 */
final class ContainerSigns {
    /**
     * Numbers begin anew in a container's own process namespace; on a host the first few hundred go
     * to the kernel's threads and to booting (pid_namespaces(7)).
     */
    private static final int FIRST_PROCESSES = 100;

    private static final Pattern WORDS =
            Pattern.compile(
                    "(?i)\\bdocker\\b|\\bcontainers?\\b|docker-compose|^\\s*container_name:|^\\s*services:\\s*$|\\bcompose\\b|\\bpodman\\b|\\bkubernetes\\b|\\bpod\\b");

    private ContainerSigns() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        boolean refused = matter.trouble() == Trouble.CONNECT || matter.trouble() == Trouble.UNTOLD;
        boolean itself =
                Comparisons.dialled(matter).stream()
                        .anyMatch(a -> a instanceof Address.Tcp tcp && Comparisons.isOneself(tcp));
        return refused && itself ? sign(matter, texts).stream() : Stream.empty();
    }

    /** nginx's own log shows that it runs in a container. */
    static boolean isShown(Matter matter) {
        return matter.errors().stream()
                        .anyMatch(g -> g.sample().pid().orElse(FIRST_PROCESSES) < FIRST_PROCESSES)
                || bridged(matter).isPresent();
    }

    private static Optional<Clue> sign(Matter matter, List<GivenText> texts) {
        Optional<Clue> smallPid =
                matter.errors().stream()
                        .filter(g -> g.sample().pid().orElse(FIRST_PROCESSES) < FIRST_PROCESSES)
                        .findFirst()
                        .map(ContainerSigns::smallPid);
        return smallPid.or(() -> bridged(matter))
                .or(
                        () ->
                                Comparisons.told(texts)
                                        .filter(s -> WORDS.matcher(s.line().text()).find())
                                        .findFirst()
                                        .map(
                                                s ->
                                                        clue(
                                                                Strength.STRONG,
                                                                s.sighting(
                                                                        "containers are in play"))));
    }

    /** Docker gives its bridges addresses of 172.16.0.0/12 first. */
    private static Optional<Clue> bridged(Matter matter) {
        return matter.errors().stream()
                .filter(
                        g ->
                                g.sample()
                                        .client()
                                        .filter(c -> Comparisons.isOfBridge(c) && c.endsWith(".1"))
                                        .isPresent())
                .findFirst()
                .map(
                        g ->
                                clue(
                                        Strength.STRONG,
                                        Sighting.of(
                                                "text",
                                                "the client's address is that of a container network's gateway",
                                                g.where())));
    }

    private static Clue smallPid(ErrorGroup group) {
        return clue(
                Strength.STRONG,
                Sighting.of(
                        "text",
                        "nginx's worker is process %d: it runs in a container, whose 127.0.0.1 is its own"
                                .formatted(group.sample().pid().orElse(0)),
                        group.where()));
    }

    private static Clue clue(Strength strength, Sighting sighting) {
        return new Clue("container-localhost", strength, sighting);
    }
}
