package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.Address;
import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ports of a host that lead into a container under another number: inside the containers' network
 * only the inner number is anybody's, so an nginx there that dials the outer one is refused.
 */
final class PublishedPorts {
    /** {@code ports: "8000:80"}, {@code -p 8000:80}, {@code 0.0.0.0:8000->80/tcp}. */
    private static final Pattern PUBLISHED =
            Pattern.compile(
                    "(?i)(?:\\bports?\\b[^\\d;]{0,12}|-p |--publish[ =]|^\\s*- [\"']?)(?:[\\d.]+:)?(\\d{2,5}):(\\d{2,5})\\b"
                            + "|(?:[\\d.]+|\\[?::]?):(\\d{2,5})->(\\d{2,5})/tcp");

    private static final Pattern VIRTUAL_PORT =
            Pattern.compile("VIRTUAL_PORT[=: ]+[\"']?(\\d{2,5})\\b");

    private static final Set<Trouble> TROUBLES =
            Set.of(Trouble.CONNECT, Trouble.NO_PEERS, Trouble.UNTOLD);

    private PublishedPorts() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        if (!TROUBLES.contains(matter.trouble())) {
            return Stream.empty();
        }
        return ports(matter, texts)
                .flatMap(port -> Comparisons.told(texts).flatMap(said -> outer(port, said)))
                .limit(1);
    }

    /** That nginx dials, or is told to by the variable that nginx-proxy and its kin read. */
    private static Stream<Integer> ports(Matter matter, List<GivenText> texts) {
        Stream<Integer> dialled =
                Comparisons.dialled(matter).stream()
                        .filter(Address.Tcp.class::isInstance)
                        .map(Address.Tcp.class::cast)
                        .filter(peer -> !Comparisons.isOneself(peer))
                        .map(Address.Tcp::port);
        Stream<Integer> told =
                Comparisons.told(texts)
                        .map(said -> VIRTUAL_PORT.matcher(said.line().text()))
                        .filter(Matcher::find)
                        .map(found -> Integer.parseInt(found.group(1)));
        return Stream.concat(dialled, told);
    }

    private static Stream<Clue> outer(int port, Said said) {
        Matcher matcher = PUBLISHED.matcher(said.line().text());
        while (matcher.find()) {
            boolean arrow = matcher.group(1) == null;
            String outer = matcher.group(arrow ? 3 : 1);
            String inner = matcher.group(arrow ? 4 : 2);
            if (outer.equals(Integer.toString(port)) && !inner.equals(outer)) {
                String meaning =
                        "%s is the host's port; inside the containers' network it is %s"
                                .formatted(outer, inner);
                return Stream.of(new Clue("wrong-port", Strength.DECISIVE, said.sighting(meaning)));
            }
        }
        return Stream.empty();
    }
}
