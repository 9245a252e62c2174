package dev.gatemend.host.given;

import java.util.regex.Pattern;

/**
 * Tells a line of a program's log from a sentence: by the time, the level or the writer it opens
 * with.
 */
final class LogShape {
    private static final String ISO = "\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d";
    private static final String DAY_FIRST =
            "\\[?\\d{1,2}[-/ ][A-Z][a-z]{2}[-/ ]\\d{4}[: ]\\d\\d:\\d\\d";
    private static final String SYSLOG = "[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d ";
    private static final String CTIME =
            "\\[?[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d";
    private static final String KERNEL = "\\[ *\\d{1,9}\\.\\d{6}\\] ";
    private static final String LEVEL =
            "\\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|CRITICAL|CRIT|FATAL|SEVERE|ALERT|EMERG)\\]?[ :]";
    private static final String COMPOSE = "[\\w.-]{1,64} {0,40}\\| ";
    private static final String TRACE =
            "Traceback \\(most recent call last\\)|  File \"|\\s+at [\\w.$<>]+[ (]|Caused by: |[\\w.]{1,120}(?:Error|Exception)\\b: "
                    + "|Error: |PHP (?:Fatal|Warning|Notice|Parse)|panic: |goroutine \\d|fatal error: ";
    private static final String SERVER =
            "\\*\\*\\* |--- |\\* (?:Listening|Puma|Starting|Min|Environment)|npm (?:ERR|error)|=== |node:|systemd\\[1\\]";

    private static final Pattern LOG =
            Pattern.compile(
                    "^(?:"
                            + String.join(
                                    "|", ISO, DAY_FIRST, SYSLOG, CTIME, KERNEL, LEVEL, COMPOSE,
                                    TRACE, SERVER)
                            + ")");

    private LogShape() {}

    static boolean fits(String line) {
        return LOG.matcher(line).find();
    }
}
