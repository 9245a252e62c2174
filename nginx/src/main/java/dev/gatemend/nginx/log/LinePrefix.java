package dev.gatemend.nginx.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What collectors put before a line of nginx: syslog (RFC 3164 with and without host, RFC 5424,
 * with and without {@code <PRI>}), {@code journalctl}'s short forms, {@code docker logs
 * --timestamps}, docker-compose, {@code kubectl logs --prefix --timestamps}, container runtimes'
 * own files (CRI, Docker's JSON). They are stripped by their shapes, outermost first, never by
 * searching for nginx's text: a client could have put that text anywhere in the line.
 */
public final class LinePrefix {
    /** A prefix longer than this is no prefix; it bounds what the patterns look at. */
    private static final int LONGEST = 400;

    /** Collectors pile up (compose around docker around syslog), but not without end. */
    private static final int MOST = 5;

    private static final String ISO_TIME =
            "\\d{4}-\\d\\d-\\d\\d[T"
                    + " ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?";
    private static final String SYSLOG_TIME =
            "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \\d]\\d"
                    + " \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?";
    private static final String TAG = "[\\w./@-]{1,64}(?:\\[\\d{1,10}\\])?: ";
    private static final Pattern[] SHAPES = {
        Pattern.compile("\uFEFF"),
        Pattern.compile("<\\d{1,3}>(?!\\d )"),
        Pattern.compile(
                "(?:<\\d{1,3}>)?1 (?:-|"
                        + ISO_TIME
                        + ") \\S{1,128} \\S{1,64} \\S{1,128} \\S{1,32} (?:-|\\[[^\\]]{0,200}\\])(?:"
                        + " \uFEFF?|$)"),
        Pattern.compile(SYSLOG_TIME + " (?:[\\w.:-]{1,128} )?" + TAG),
        Pattern.compile("\\d\\d:\\d\\d:\\d\\d [\\w.:-]{1,128} " + TAG),
        Pattern.compile(ISO_TIME + " (?:std(?:out|err) [FP] )"),
        Pattern.compile(ISO_TIME + " [\\w.:-]{1,128} " + TAG),
        Pattern.compile(ISO_TIME + " "),
        Pattern.compile("\\[pod/[\\w./-]{1,200}\\] "),
        Pattern.compile("[\\w.-]{1,64} {0,40}\\| "),
    };

    private LinePrefix() {}

    /**
     * The line as nginx wrote it, as far as that can be told; a line without prefix is returned as
     * it is.
     */
    public static String strip(String line) {
        String rest = line;
        for (int i = 0; i < MOST && !ErrorHead.startsWithTime(rest); i++) {
            String shorter = DockerJson.isOne(rest) ? DockerJson.text(rest) : withoutOne(rest);
            if (shorter.length() == rest.length()) {
                return rest;
            }
            rest = shorter;
        }
        return rest;
    }

    private static String withoutOne(String line) {
        for (Pattern shape : SHAPES) {
            Matcher matcher = shape.matcher(line).region(0, Math.min(line.length(), LONGEST));
            if (matcher.lookingAt() && matcher.end() > 0) {
                return line.substring(matcher.end());
            }
        }
        return line;
    }
}
