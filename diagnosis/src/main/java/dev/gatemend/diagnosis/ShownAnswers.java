package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.Address;
import dev.gatemend.model.GivenText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What curl said when somebody asked the application himself, at the address that nginx dials. His
 * shell may stand elsewhere than nginx does: its networks, its names and its rights are others.
 */
final class ShownAnswers {
    private static final Pattern REFUSED =
            Pattern.compile(
                    "(?i)Failed to connect to (\\S{1,255}) port (\\d{1,5})\\b.{0,60}(?:Connection refused|Couldn't connect)|connect to (\\S{1,255}) port (\\d{1,5}) (?:from \\S+ port \\d+ )?failed: Connection refused");

    private static final Pattern ASKED =
            Pattern.compile(
                    "\\bcurl\\b[^|]{0,120}?\\s[\"']?(?:https?://)?([\\w.-]{1,255}|\\[[\\da-fA-F:]{2,45}\\]):(\\d{1,5})(?=[/\"'\\s]|$)");

    private static final Pattern STATUS =
            Pattern.compile("^(?:< )?HTTP/[\\d.]{1,3} ([1-4]\\d\\d)\\b");

    /** How many lines behind the command its answer may begin. */
    private static final int NEAR = 12;

    private ShownAnswers() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        boolean concerned = matter.errno(Errno.ECONNREFUSED).isPresent();
        if (!concerned || matter.tcpPeer().isEmpty()) {
            return Stream.empty();
        }
        Address.Tcp peer = matter.tcpPeer().get();
        List<Said> told = Comparisons.told(texts).toList();
        return Stream.concat(
                told.stream().flatMap(s -> refused(peer, s).stream()).limit(1),
                answered(peer, told).stream());
    }

    /** Nobody takes connections there, whoever dials. */
    private static Optional<Clue> refused(Address.Tcp peer, Said said) {
        Matcher found = REFUSED.matcher(said.line().text());
        if (!found.find()) {
            return Optional.empty();
        }
        boolean first = found.group(1) != null;
        String host = first ? found.group(1) : found.group(3);
        String port = first ? found.group(2) : found.group(4);
        return means(peer, host, port)
                ? Optional.of(
                        new Clue(
                                "app-not-running",
                                Strength.MODERATE,
                                said.sighting("curl is refused there as well")))
                : Optional.empty();
    }

    private static boolean means(Address.Tcp peer, String host, String port) {
        boolean same =
                host.replaceAll("[\\[\\]]", "").equals(peer.host())
                        || (Comparisons.isOneself(peer)
                                && (host.equals("localhost") || host.startsWith("127.")));
        return same && port.equals(Integer.toString(peer.port()));
    }

    /** It answers a shell at the address where nginx is refused. */
    private static Optional<Clue> answered(Address.Tcp peer, List<Said> told) {
        for (int i = 0; i < told.size(); i++) {
            Matcher asked = ASKED.matcher(told.get(i).line().text());
            if (asked.find()
                    && means(peer, asked.group(1), asked.group(2))
                    && isAnswered(told, i)) {
                return Optional.of(
                        Clue.against(
                                "app-not-running",
                                Strength.MODERATE,
                                told.get(i)
                                        .sighting("the application answers curl there, later on")));
            }
        }
        return Optional.empty();
    }

    /** The first status behind the command, before another command. */
    private static boolean isAnswered(List<Said> told, int asked) {
        for (int i = asked + 1; i < Math.min(told.size(), asked + NEAR); i++) {
            String line = told.get(i).line().text();
            if (STATUS.matcher(line).find()) {
                return true;
            }
            if (line.contains("curl ") || REFUSED.matcher(line).find()) {
                return false;
            }
        }
        return false;
    }
}
