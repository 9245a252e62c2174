package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
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
        try {
            Matcher link =
                    LINK.matcher(
                            Files.readSymbolicLink(
                                            host.proc()
                                                    .resolve(process)
                                                    .resolve("ns")
                                                    .resolve(kind))
                                    .toString());
            return link.matches() ? Long.parseLong(link.group(1)) : 0;
        } catch (IOException | UnsupportedOperationException e) {
            return 0;
        }
    }
}
