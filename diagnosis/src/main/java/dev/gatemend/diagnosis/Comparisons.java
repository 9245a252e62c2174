package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Clues that come of holding two things of a text against each other. */
final class Comparisons {
    /** Beside nginx's own logs, which a client writes into. */
    private static final List<Kind> TOLD =
            List.of(Kind.PROSE, Kind.LOG, Kind.OUTPUT, Kind.CONFIGURATION);

    private static final Pattern WRONG_KNOB =
            Pattern.compile("\\b(?:fastcgi|uwsgi|scgi|grpc|keepalive|send)_(?:read_)?timeout\\b");

    private static final Pattern NAME_SENT =
            Pattern.compile("^\\s*(?:proxy|uwsgi|grpc)_ssl_server_name\\s+on\\s*;");

    private static final Pattern BRIDGE =
            Pattern.compile("172\\.(?:1[6-9]|2\\d|3[01])\\.\\d+\\.\\d+");

    private Comparisons() {}

    static Stream<Clue> of(Matter matter, List<GivenText> texts) {
        return Stream.of(
                        Announcements.clues(matter, texts),
                        ShownSockets.clues(matter),
                        ShownModes.clues(matter, texts),
                        ShownContainers.clues(matter, texts),
                        ShownProcesses.clues(matter, texts),
                        ShownAnswers.clues(matter, texts),
                        PublishedPorts.clues(matter, texts),
                        ContainerSigns.clues(matter, texts),
                        SocketComparisons.clues(matter, texts),
                        AddressComparisons.clues(matter, texts),
                        ResolverComparisons.clues(matter, texts),
                        UnitStatuses.clues(matter, texts),
                        nameSent(texts).stream(),
                        wrongKnob(matter, texts).stream())
                .flatMap(s -> s);
    }

    /** The addresses in question: what nginx dialled, else what the excerpts pass to. */
    static List<Address> dialled(Matter matter) {
        return matter.peer()
                .map(List::of)
                .orElseGet(
                        () ->
                                matter.configuration().stream()
                                        .flatMap(c -> c.upstreams().stream())
                                        .flatMap(u -> u.peers().stream())
                                        .map(p -> p.address())
                                        .distinct()
                                        .toList());
    }

    /** The address means whoever dials it. */
    static boolean isOneself(Address.Tcp address) {
        return address.isLoopback() || address.host().equals("localhost");
    }

    /** Docker gives its bridges addresses of 172.16.0.0/12 first. */
    static boolean isOfBridge(String host) {
        return BRIDGE.matcher(host).matches();
    }

    /** Where a line that is not nginx's log says something. */
    record Said(GivenText text, GivenText.Line line) {
        Sighting sighting(String meaning) {
            String quote = Excerpt.of(line.text().strip(), 110);
            return Sighting.of("text", meaning + ": '" + quote + "'", text.where(line));
        }
    }

    static Stream<Said> told(List<GivenText> texts) {
        return texts.stream()
                .flatMap(
                        text ->
                                text.lines().stream()
                                        .filter(l -> TOLD.contains(l.kind()))
                                        .map(l -> new Said(text, l)));
    }

    /** A time-out of another module than the one that passes. */
    private static Optional<Clue> wrongKnob(Matter matter, List<GivenText> texts) {
        boolean proxied = told(texts).anyMatch(s -> s.line().text().contains("proxy_pass"));
        boolean late = matter.trouble() == Trouble.TIMEOUT || matter.trouble() == Trouble.UNTOLD;
        return proxied && late
                ? told(texts)
                        .filter(s -> s.line().kind() == Kind.CONFIGURATION)
                        .filter(s -> matches(s, WRONG_KNOB))
                        .findFirst()
                        .map(
                                s ->
                                        new Clue(
                                                "slow-upstream-read-timeout",
                                                Strength.STRONG,
                                                s.sighting(
                                                        "a time-out that proxy_pass does not obey; proxy_read_timeout is the one")))
                : Optional.empty();
    }

    private static Optional<Clue> nameSent(List<GivenText> texts) {
        return told(texts)
                .filter(s -> s.line().kind() == Kind.CONFIGURATION && matches(s, NAME_SENT))
                .findFirst()
                .map(
                        s ->
                                Clue.against(
                                        "tls-sni-missing",
                                        Strength.STRONG,
                                        s.sighting("nginx sends a server name")));
    }

    private static boolean matches(Said said, Pattern pattern) {
        return pattern.matcher(said.line().text()).find();
    }
}
