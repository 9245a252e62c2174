package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the address that nginx dials tells by itself, and beside others that a text names. */
final class AddressComparisons {
    private static final Pattern ADDRESS_ALONE =
            Pattern.compile("^\\s*(?:\"?IPAddress\"?: ?\"?)?(\\d+\\.\\d+\\.\\d+\\.\\d+)\"?,?\\s*$");

    private static final Pattern URL =
            Pattern.compile("(?:https?://|curl \\S{0,20}?)([\\w.-]{1,100}):(\\d{2,5})\\b");

    private static final Pattern WORKS =
            Pattern.compile(
                    "(?i)\\b(?:works?|fine|opens?|ok|shows?|answers?|reachable|responds?)\\b");

    private AddressComparisons() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        return Stream.of(
                        goneContainer(matter),
                        newAddress(matter, texts),
                        sixthLoopback(matter),
                        sixthAddress(matter),
                        outerPort(matter, texts))
                .flatMap(Optional::stream);
    }

    /**
     * Within a bridge's own network an address that nobody answers for is nobody's any more: the
     * kernel says 'no route to host' when no neighbour answers (arp(7)).
     */
    private static Optional<Clue> goneContainer(Matter matter) {
        return matter.tcpPeer()
                .filter(p -> Comparisons.isOfBridge(p.host()))
                .flatMap(p -> matter.errno(Errno.EHOSTUNREACH))
                .map(
                        group ->
                                new Clue(
                                        "stale-upstream-dns",
                                        Strength.STRONG,
                                        Sighting.of(
                                                "text",
                                                "no container has the address any more that nginx dials",
                                                group.where())));
    }

    /** The engine shows another address of that bridge than the one that nginx dials. */
    private static Optional<Clue> newAddress(Matter matter, List<GivenText> texts) {
        return matter.tcpPeer()
                .filter(p -> Comparisons.isOfBridge(p.host()))
                .filter(p -> matter.trouble() == Trouble.CONNECT)
                .flatMap(
                        p ->
                                Comparisons.told(texts)
                                        .filter(s -> isAddress(s, p.host()))
                                        .findFirst())
                .map(
                        s ->
                                new Clue(
                                        "stale-upstream-dns",
                                        Strength.STRONG,
                                        s.sighting("the container has another address now")));
    }

    private static boolean isAddress(Said said, String dialled) {
        Matcher address = ADDRESS_ALONE.matcher(said.line().text());
        return address.find()
                && !address.group(1).equals(dialled)
                && network(address.group(1)).equals(network(dialled));
    }

    private static String network(String address) {
        return address.substring(0, address.lastIndexOf('.'));
    }

    /**
     * Hardly anybody writes ::1; it comes of localhost, to which many applications listen over IPv4
     * alone.
     */
    private static Optional<Clue> sixthLoopback(Matter matter) {
        boolean fourth =
                matter.scene()
                        .facts(ErrorGroup.class)
                        .anyMatch(g -> g.peer().filter(p -> p.startsWith("127.")).isPresent());
        return matter.tcpPeer()
                .filter(p -> p.host().equals("::1") && !fourth)
                .flatMap(p -> matter.errno(Errno.ECONNREFUSED))
                .map(
                        group ->
                                new Clue(
                                        "ipv6-localhost",
                                        Strength.STRONG,
                                        Sighting.of(
                                                "text",
                                                "::1 is what localhost became; many applications listen at 127.0.0.1 alone",
                                                group.where())));
    }

    /** Services in containers often listen on IPv4 alone, though their network has IPv6 too. */
    private static Optional<Clue> sixthAddress(Matter matter) {
        return matter.tcpPeer()
                .filter(p -> p.isIpv6() && !p.isLoopback())
                .flatMap(p -> matter.errno(Errno.ECONNREFUSED))
                .map(
                        group ->
                                new Clue(
                                        "wrong-bind-address",
                                        Strength.STRONG,
                                        Sighting.of(
                                                "text",
                                                "the host answers at its IPv6 address, and nobody listens there",
                                                group.where())));
    }

    /** The same port serves at another address: it is the one that was published there. */
    private static Optional<Clue> outerPort(Matter matter, List<GivenText> texts) {
        return matter.tcpPeer()
                .filter(p -> Comparisons.isOfBridge(p.host()))
                .filter(p -> matter.errno(Errno.ECONNREFUSED).isPresent())
                .flatMap(
                        p ->
                                Comparisons.told(texts)
                                        .filter(s -> worksAt(s.line().text(), p.port()))
                                        .findFirst())
                .map(
                        s ->
                                new Clue(
                                        "wrong-port",
                                        Strength.STRONG,
                                        s.sighting("the port is one of the host's")));
    }

    private static boolean worksAt(String line, int port) {
        Matcher url = URL.matcher(line);
        return url.find()
                && url.group(2).equals(Integer.toString(port))
                && !Comparisons.isOfBridge(url.group(1))
                && WORKS.matcher(line).find();
    }
}
