package dev.gatemend.cli;

import dev.gatemend.host.Host;
import dev.gatemend.host.LookRequest;
import dev.gatemend.model.Window;
import dev.gatemend.watch.StateDirectory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options of commands that look at nginx, and what they mean. */
final class LookOptions {
    private static final String CONFIG = "--config";
    static final String NGINX = "--nginx";
    private static final String SINCE = "--since";
    private static final String STATE = "--state-dir";
    private static final String TIMEZONE = "--timezone";
    private static final String URL = "--url";

    /** What says where on a host to look. */
    private static final List<String> PLACES = List.of(CONFIG, NGINX, URL);

    private static final List<String> ALL = List.of(CONFIG, NGINX, SINCE, STATE, TIMEZONE, URL);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(366);

    private LookOptions() {}

    /** Which nginx: for every command that looks at one. */
    static void addWhich(CommandSpec spec) {
        Options.value(
                spec,
                CONFIG,
                "FILE",
                "The nginx.conf to look at; default: what each running master uses, else what nginx -V names.");
        Options.value(spec, NGINX, "BINARY", "The nginx to ask for version and paths.");
    }

    /** Which stretch of time, and the rest of what a diagnosis wants to know. */
    static void addWhen(CommandSpec spec) {
        Options.value(
                spec,
                SINCE,
                "DURATION",
                "How far back to look, as in 90s, 15m, 2h, 1d; default 15m.");
        addZone(spec);
        Options.value(spec, URL, "URL", "Ask nginx for this URL as well.");
        Options.value(
                spec,
                STATE,
                "DIR",
                "Where Gatemend keeps what it has to remember; a diagnosis writes nothing.");
    }

    /** Where the daemon's memory is: for the daemon, and for who reads it. */
    static void addState(CommandSpec spec) {
        Options.value(
                spec,
                STATE,
                "DIR",
                "Where gatemend watch keeps what it remembers; default /var/lib/gatemend for root, else the"
                        + " user's own state directory.");
    }

    /** Of {@code --state-dir}, else where it usually is. */
    static Path state(ParseResult words, Host host) {
        String text = Options.text(words, STATE, "");
        return text.isEmpty()
                ? StateDirectory.usual(host.privileged(), System.getenv())
                : path(text);
    }

    static void addZone(CommandSpec spec) {
        Options.value(
                spec,
                TIMEZONE,
                "ZONE",
                "The zone of the error log's times: this host's for its own logs, unknown for a given file.");
    }

    /** The zone of {@code --timezone}; empty when none is given. */
    static Optional<ZoneId> givenZone(ParseResult words) {
        String text = Options.text(words, TIMEZONE, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(zone(text));
    }

    /**
     * @throws UsageException when a value cannot be what is meant
     */
    static LookRequest request(ParseResult words, Instant now) {
        return new LookRequest(
                Window.endingAt(now, length(words)),
                givenZone(words).orElseGet(ZoneId::systemDefault),
                file(words, CONFIG),
                file(words, NGINX),
                url(Options.text(words, URL, "")));
    }

    /**
     * Lets none of these options pass where they would say nothing.
     *
     * @throws UsageException when one is given
     */
    static void refuseAll(ParseResult words, String why) {
        refuse(ALL, words, why);
    }

    /**
     * Lets none of the options pass that lead to a host, where a text is all that is looked at.
     *
     * @throws UsageException when one is given
     */
    static void refuseHosts(ParseResult words, String why) {
        refuse(PLACES, words, why);
    }

    private static void refuse(List<String> options, ParseResult words, String why) {
        options.stream()
                .filter(option -> Options.has(words, option))
                .findFirst()
                .ifPresent(
                        option -> {
                            throw new UsageException(why + ": leave out " + option);
                        });
    }

    /** Of {@code --since}. */
    static Duration length(ParseResult words) {
        return since(Options.text(words, SINCE, "15m"));
    }

    private static Duration since(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    "%s %s is no duration; write it as in 90s, 15m, 2h or 1d"
                            .formatted(SINCE, text));
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new UsageException("%s %s: between 1s and 366d".formatted(SINCE, text));
        }
        return duration;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new UsageException(
                    "%s %s is no time zone; write it as in Europe/Berlin, UTC or +02:00"
                            .formatted(TIMEZONE, text),
                    e);
        }
    }

    private static Optional<Path> file(ParseResult words, String option) {
        String text = Options.text(words, option, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(regular(text));
    }

    /** What nginx could be told to read: a pipe or a device would be read in vain, or for ever. */
    static Path regular(String text) {
        Path path = readable(text);
        if (!Files.isRegularFile(path)) {
            throw new UsageException(text + ": is not a regular file");
        }
        return path;
    }

    /**
     * A file that can be read, absolute.
     *
     * @throws UsageException when it is none
     */
    static Path readable(String text) {
        Path path = path(text);
        if (!Files.exists(path)) {
            throw new UsageException(text + ": no such file");
        }
        if (Files.isDirectory(path)) {
            throw new UsageException(text + ": is a directory");
        }
        if (!Files.isReadable(path)) {
            throw new UsageException(text + ": permission denied; run with sudo");
        }
        return path;
    }

    /** An absolute path, whatever stands there. */
    static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UsageException(text + ": " + e.getReason(), e);
        }
    }

    private static Optional<URI> url(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return Optional.of(uri);
            }
            throw new UsageException(
                    "%s %s: write it as in https://shop.example/cart".formatted(URL, text));
        } catch (URISyntaxException e) {
            throw new UsageException("%s %s: %s".formatted(URL, text, e.getReason()), e);
        }
    }
}
