package dev.gatemend.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Strings that a program carries in its file, found without running it. */
final class BinaryText {
    /** OpenResty's binary with debug symbols has 20 MB; what is larger than this is no nginx. */
    private static final long MOST_BYTES = 256L << 20;

    private static final int CHUNK = 1 << 20;

    /** Longer than any literal we look for: configure arguments run to some 4 KiB. */
    private static final int LONGEST = 64 << 10;

    private BinaryText() {}

    /**
     * The rest of the first string behind each beginning, up to its closing zero byte.
     *
     * @return only those found
     */
    static Map<String, String> behind(List<String> beginnings, Path file) throws IOException {
        Map<String, String> found = new HashMap<>();
        byte[] window = new byte[LONGEST + CHUNK];
        int kept = 0;
        try (InputStream stream = Files.newInputStream(file)) {
            for (long read = 0; read < MOST_BYTES; ) {
                int more = stream.readNBytes(window, kept, CHUNK);
                int filled = kept + more;
                search(
                        new String(window, 0, filled, StandardCharsets.ISO_8859_1),
                        beginnings,
                        found);
                if (more < CHUNK || found.size() == beginnings.size()) {
                    return found;
                }
                kept = Math.min(filled, LONGEST);
                System.arraycopy(window, filled - kept, window, 0, kept);
                read += more;
            }
        }
        return found;
    }

    /** A string cut by the window's end is found again, whole, in the next window. */
    private static void search(String text, List<String> beginnings, Map<String, String> found) {
        for (String beginning : beginnings) {
            int at = found.containsKey(beginning) ? -1 : text.indexOf(beginning);
            int end = at < 0 ? -1 : text.indexOf('\0', at);
            if (end >= 0) {
                found.put(beginning, text.substring(at + beginning.length(), end));
            }
        }
    }
}
