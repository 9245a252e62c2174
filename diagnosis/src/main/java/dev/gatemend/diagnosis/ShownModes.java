package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.Address;
import dev.gatemend.model.GivenText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Modes and owners that {@code ls -l} or {@code namei -l} printed of the socket that nginx may not
 * use and of the directories above it. Names stand there, not numbers, and groups by their names
 * alone, so what the kernel would say is followed as far as names lead.
 */
final class ShownModes {
    /** Kind, nine bits, links (not of namei), owner, group; the name stands last. */
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\s*([sd])([r-][w-][xsS-][r-][w-][xsS-][r-][w-][xtT-])[.+@]?\\s+(?:\\d{1,6}\\s+)?(\\S{1,64})\\s+(\\S{1,64})\\s+(?:.{0,80}?\\s)?(\\S{1,300})(?:\\s+[(#←<].{0,200})?$");

    private static final Pattern USER =
            Pattern.compile("^\\s*user\\s+([\\w.-]{1,32})(?:\\s+[\\w.-]{1,32})?\\s*;");

    private static final Pattern ASKED = Pattern.compile("(?:^|[$#] ?|sudo )ls -\\w*a");

    /** Whom distributions let nginx's workers run as. */
    private static final Set<String> USUAL =
            Set.of(
                    "www-data",
                    "nginx",
                    "nobody",
                    "nogroup",
                    "http",
                    "www",
                    "apache",
                    "_www",
                    "wwwrun");

    private final List<GivenText> texts;
    private final Address.Unix peer;
    private final Optional<String> worker;

    private ShownModes(List<GivenText> texts, Address.Unix peer) {
        this.texts = texts;
        // Several slashes are one (path_resolution(7)).
        this.peer = new Address.Unix(peer.path().replaceAll("/{2,}", "/"));
        this.worker = named(texts).or(() -> ShownProcesses.worker(texts));
    }

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        boolean denied = matter.errors().isEmpty() || matter.errno(Errno.EACCES).isPresent();
        return denied
                ? Comparisons.dialled(matter).stream()
                        .filter(Address.Unix.class::isInstance)
                        .map(Address.Unix.class::cast)
                        .limit(1)
                        .flatMap(p -> new ShownModes(texts, p).clues())
                : Stream.empty();
    }

    private static Optional<String> named(List<GivenText> texts) {
        return Comparisons.told(texts)
                .map(s -> USER.matcher(s.line().text()))
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .findFirst();
    }

    private Stream<Clue> clues() {
        return Comparisons.told(texts)
                .flatMap(
                        said -> {
                            Matcher row = ROW.matcher(said.line().text());
                            return row.find() ? row(said, row).stream() : Stream.empty();
                        });
    }

    private Optional<Clue> row(Said said, Matcher row) {
        String name = row.group(5);
        return row.group(1).equals("s")
                ? Optional.of(row).filter(_ -> isSocket(name)).flatMap(r -> socket(said, r))
                : Optional.of(row).filter(_ -> isAbove(name)).flatMap(r -> directory(said, r));
    }

    private boolean isSocket(String name) {
        return name.startsWith("/")
                ? sameFile(name)
                : name.equals(peer.path().substring(peer.path().lastIndexOf('/') + 1));
    }

    /** /var/run is a link to /run on Linux (file-hierarchy(7)). */
    private boolean sameFile(String name) {
        return name.replaceFirst("^/var/run/", "/run/")
                .equals(peer.path().replaceFirst("^/var/run/", "/run/"));
    }

    /** A directory by its whole path, or as namei prints it, by its name. */
    private boolean isAbove(String name) {
        if (name.equals(".") || name.equals("..")) {
            return isListed();
        }
        String bare =
                name.length() > 1 && name.endsWith("/")
                        ? name.substring(0, name.length() - 1)
                        : name;
        return bare.startsWith("/")
                ? bare.equals("/") || peer.path().startsWith(bare + "/")
                : Arrays.asList(directories()).contains(bare);
    }

    /** {@code ls -la} of the directory: it was asked for by its name, or shows the socket. */
    private boolean isListed() {
        return Comparisons.told(texts)
                .map(s -> s.line().text())
                .anyMatch(line -> asksFor(line) || isSocketRow(line));
    }

    private boolean asksFor(String line) {
        return ASKED.matcher(line).find() && line.contains(directory());
    }

    private boolean isSocketRow(String line) {
        Matcher row = ROW.matcher(line);
        return row.find() && row.group(1).equals("s") && isSocket(row.group(5));
    }

    private String directory() {
        return peer.path().substring(0, Math.max(0, peer.path().lastIndexOf('/')));
    }

    private String[] directories() {
        return directory().split("/");
    }

    /** connect(2) needs the w bit (unix(7)). */
    private Optional<Clue> socket(Said said, Matcher row) {
        return admits(row, 'w')
                .map(
                        open ->
                                open
                                        ? Clue.against(
                                                "socket-permission",
                                                Strength.STRONG,
                                                said.sighting("the socket admits nginx's worker"))
                                        : new Clue(
                                                "socket-permission",
                                                Strength.STRONG,
                                                said.sighting(
                                                        "the socket does not admit %s by its mode"
                                                                .formatted(who()))));
    }

    /** Passing through needs the x bit (path_resolution(7)). */
    private Optional<Clue> directory(Said said, Matcher row) {
        return admits(row, 'x')
                .filter(open -> !open)
                .map(
                        _ ->
                                new Clue(
                                        "socket-dir-permission",
                                        Strength.DECISIVE,
                                        said.sighting(
                                                "%s may not pass through this directory by its mode"
                                                        .formatted(who()))));
    }

    private String who() {
        return worker.orElse("nginx's worker");
    }

    /**
     * Whether the mode grants it; empty where that hangs on who the worker is or which groups he is
     * in, and the text does not say.
     */
    private Optional<Boolean> admits(Matcher row, char bit) {
        String mode = row.group(2);
        String owner = row.group(3);
        String group = row.group(4);
        if (worker.filter("root"::equals).isPresent()) {
            return Optional.of(true);
        }
        if (worker.isEmpty()) {
            boolean usual = USUAL.contains(owner) || USUAL.contains(group);
            return grants(mode, 2, bit)
                    ? Optional.of(true)
                    : Optional.of(false).filter(_ -> !usual);
        }
        if (worker.get().equals(owner)) {
            return Optional.of(grants(mode, 0, bit));
        }
        // A user's own group bears his name; others that he is in are not shown here.
        if (worker.get().equals(group)) {
            return Optional.of(grants(mode, 1, bit));
        }
        return Optional.of(grants(mode, 2, bit));
    }

    /** Of owner, group or others; setgid and sticky stand for an x where they are small letters. */
    private static boolean grants(String mode, int whose, char bit) {
        char c = mode.charAt(3 * whose + (bit == 'w' ? 1 : 2));
        return bit == 'w' ? c == 'w' : c == 'x' || c == 's' || c == 't';
    }
}
