package dev.gatemend.diagnosis;

import dev.gatemend.diagnosis.Comparisons.Said;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How containers and pods are by {@code docker ps}, {@code docker compose ps} and {@code kubectl
 * get pods}: one row each, told by the words that the engines write. Whose container it is decides
 * what its state means.
 */
final class ShownContainers {
    /** {@code Exited (1) 5 minutes ago}, {@code Restarting (1) 9 seconds ago}, compose's Exit 1. */
    private static final Pattern ENDED =
            Pattern.compile(
                    "\\b(Exited|Restarting) \\((\\d{1,3})\\) (?:About |Less )?\\S{1,12} \\S{1,12}|\\s(Exit) (\\d{1,3})(?:\\s|$)");

    private static final Pattern CREATED =
            Pattern.compile("\\s{2}Created\\s{2,}|\\s\"\\s+Created\\b");

    /** Name, ready of all, status, restarts; then the age. */
    private static final Pattern POD =
            Pattern.compile(
                    "^\\s*(?:[a-z][\\w.-]{0,62}\\s+)?(?:pods?/)?([a-z0-9][a-z0-9.-]{0,252})\\s+(\\d{1,3})/(\\d{1,3})\\s+([A-Z][A-Za-z:/0-9]{2,40})\\s+\\d{1,6}\\b");

    private static final Pattern OWN =
            Pattern.compile(
                    "(?i)\\bnginx|ingress|openresty|\\bproxy\\b|reverse-?proxy|\\bweb-?server\\b");

    private static final Pattern STORE =
            Pattern.compile(
                    "(?i)mysql|maria(?:db)?|postgres|\\bdb\\b|[_-]db[_-]|redis|valkey|mongo|rabbitmq|memcached|elasticsearch|opensearch");

    private static final Set<Trouble> TROUBLES =
            Set.of(
                    Trouble.CONNECT,
                    Trouble.NO_PEERS,
                    Trouble.UNTOLD,
                    Trouble.TIMEOUT,
                    Trouble.CLOSED);

    private ShownContainers() {}

    static Stream<Clue> clues(Matter matter, List<GivenText> texts) {
        return TROUBLES.contains(matter.trouble())
                ? Comparisons.told(texts)
                        .filter(s -> s.line().kind() != Kind.CONFIGURATION)
                        .flatMap(said -> ended(said).or(() -> pod(said)).stream())
                : Stream.empty();
    }

    private static Optional<Clue> ended(Said said) {
        String line = said.line().text();
        Matcher found = ENDED.matcher(line);
        if (!found.find()) {
            return CREATED.matcher(line).find() && isRow(line) && !isOwn(line)
                    ? Optional.of(
                            clue(
                                    "app-not-running",
                                    Strength.MODERATE,
                                    said,
                                    "a container was made and not started"))
                    : Optional.empty();
        }
        if (!isRow(line)) {
            return Optional.empty();
        }
        boolean compose = found.group(3) != null;
        int code = Integer.parseInt(compose ? found.group(4) : found.group(2));
        boolean again = !compose && found.group(1).equals("Restarting");
        return Optional.of(ended(said, code, again));
    }

    /** A row has columns: more than one run of blanks, or tabs. */
    private static boolean isRow(String line) {
        return line.indexOf('\t') >= 0 || line.split("\\s{2,}", 4).length > 2;
    }

    private static boolean isOwn(String line) {
        return OWN.matcher(line).find();
    }

    private static Clue ended(Said said, int code, boolean again) {
        String line = said.line().text();
        if (isOwn(line)) {
            return clue(
                    "nginx-not-running",
                    Strength.STRONG,
                    said,
                    "nginx's own container does not stay up");
        }
        if (STORE.matcher(line).find()) {
            return clue(
                    "dependency-down",
                    Strength.STRONG,
                    said,
                    "a service that applications need does not run");
        }
        return switch (code) {
            case 0, 143 ->
                    clue(
                            "app-not-running",
                            Strength.STRONG,
                            said,
                            "its container was stopped or came to its end");
            // 128 and a signal (docker-run(1)): SIGKILL of the OOM killer, or of an impatient stop.
            case 137 -> clue("out-of-memory", Strength.MODERATE, said, "its container was killed");
            case 139, 134 ->
                    clue(
                            "app-segfault",
                            Strength.STRONG,
                            said,
                            "a memory fault ended its container");
            default ->
                    clue(
                            "app-crashed-at-start",
                            Strength.STRONG,
                            said,
                            again
                                    ? "the engine starts its container again and again"
                                    : "its container ended with an error");
        };
    }

    private static Optional<Clue> pod(Said said) {
        Matcher found = POD.matcher(said.line().text());
        if (!found.find() || isOwn(found.group(1))) {
            return Optional.empty();
        }
        boolean store = STORE.matcher(found.group(1)).find();
        boolean ready = found.group(2).equals(found.group(3)) && !found.group(2).equals("0");
        return switch (found.group(4)) {
            case "OOMKilled" ->
                    Optional.of(
                            clue("out-of-memory", Strength.DECISIVE, said, "its memory ran out"));
            case "CrashLoopBackOff",
                    "Error",
                    "RunContainerError",
                    "CreateContainerConfigError",
                    "CreateContainerError" ->
                    Optional.of(
                            clue(
                                    store ? "dependency-down" : "app-crashed-at-start",
                                    Strength.STRONG,
                                    said,
                                    "its pod ends and is started again and again"));
            case "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "Pending" ->
                    Optional.of(
                            clue(
                                    "app-not-running",
                                    Strength.STRONG,
                                    said,
                                    "its pod could not be started"));
            case "Running" ->
                    ready
                            ? Optional.empty()
                            : Optional.of(
                                    clue(
                                            "app-not-ready",
                                            Strength.MODERATE,
                                            said,
                                            "its pod runs and is not ready"));
            default -> Optional.empty();
        };
    }

    private static Clue clue(String cause, Strength strength, Said said, String meaning) {
        return new Clue(cause, strength, said.sighting(meaning + ", when this was typed"));
    }
}
