package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Inode numbers of namespaces, as the links in {@code /proc/PID/ns} name them. */
final class NamespaceIds {
    private static final Pattern LINK = Pattern.compile("\\w+:\\[(\\d{1,18})]");

    private NamespaceIds() {}

    /**
     * Of a process.
     *
     * @param process a pid or {@code self}
     * @param kind {@code net} or {@code mnt}
     * @return 0 when it could not be read
     */
    static long of(Host host, String process, String kind) {
        return of(host.proc(), process, kind);
    }

    /** The same for a {@code /proc} elsewhere. */
    static long of(Path proc, String process, String kind) {
        try {
            Path link = proc.resolve(process).resolve("ns").resolve(kind);
            Matcher matcher = LINK.matcher(Files.readSymbolicLink(link).toString());
            return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }
}
