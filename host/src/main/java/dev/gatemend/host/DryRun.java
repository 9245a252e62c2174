package dev.gatemend.host;

import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code nginx -t}, asked so that it cannot touch a thing.
 *
 * <p>As root it would create logs, make and chown temporary directories and bind sockets, and so
 * could mend the very fault. It is run as a user who owns nothing, with a single capability: to
 * read everything (keys, closed directories). Having parsed the files nginx opens its pid file
 * first ({@code ngx_init_cycle}: pid file, then directories, logs, shared memory, sockets); as long
 * as that user may not open that one, it ends there, before anything is made. Whoever calls this
 * has made sure of it ({@link StrangersRights#couldWrite}).
 *
 * <p>Not seen this way: a {@code user} that does not exist, and what only the making of things
 * would bring to light.
 *
 * @param globals of {@code -g}
 */
record DryRun(
        String binary,
        Optional<Version> version,
        String configuration,
        String prefix,
        Optional<String> globals) {
    /** Far above the ranges that accounts and containers are given. */
    private static final String STRANGER = "2147483000";

    private static final int MOST_MESSAGES = 50;
    private static final int LONGEST = 2_048;
    private static final Pattern MESSAGE =
            Pattern.compile("(?:[\\d/: ]{0,32}|nginx: )(\\[[a-z]{4,6}] )(?:\\d+#\\d+: )?(.*)");
    private static final String SYNTAX_IS_OK = " syntax is ok";

    /** {@code -e} came with 1.19.5; before, nginx opens its compiled-in error log at once. */
    boolean opensErrorLog() {
        return version.filter(v -> v.atLeast(1, 19, 5)).isEmpty();
    }

    List<String> command() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + STRANGER,
                                "--regid=" + STRANGER,
                                "--clear-groups",
                                "--inh-caps=-all,+dac_read_search",
                                "--ambient-caps=-all,+dac_read_search",
                                "--bounding-set=-all,+dac_read_search",
                                "--no-new-privs",
                                "--",
                                binary,
                                "-t",
                                "-c",
                                configuration,
                                "-p",
                                prefix + "/"));
        if (!opensErrorLog()) {
            command.addAll(List.of("-e", "stderr"));
        }
        globals.ifPresent(g -> command.addAll(List.of("-g", g)));
        return command;
    }

    /** Empty when nginx came to no verdict. */
    Optional<ConfigurationVerdict> verdict(Commands.Answer answer) {
        List<String> messages = new ArrayList<>();
        boolean parsed = false;
        for (String line : answer.error().split("\n", -1)) {
            parsed |= line.startsWith("nginx: ") && line.endsWith(SYNTAX_IS_OK);
            Optional<String> message = message(line);
            if (message.isPresent() && messages.size() < MOST_MESSAGES) {
                messages.add(message.get());
            }
        }
        boolean refused = messages.stream().anyMatch(m -> !m.startsWith("[warn]"));
        return parsed || refused
                ? Optional.of(new ConfigurationVerdict(configuration, parsed && !refused, messages))
                : Optional.empty();
    }

    /**
     * {@code [emerg] unknown directive ...}, without time and pid; empty for what the asking made.
     */
    private static Optional<String> message(String line) {
        Matcher matcher = MESSAGE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String message = matcher.group(1) + matcher.group(2);
        boolean ofTheAsking =
                message.contains("failed (13: Permission denied)")
                        || message.startsWith("[warn] the \"user\" directive makes sense only if")
                        || message.startsWith("[alert] could not open error log file");
        return ofTheAsking
                ? Optional.empty()
                : Optional.of(
                        message.length() <= LONGEST ? message : message.substring(0, LONGEST));
    }
}
