package dev.gatemend.nginx.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * glob(3) as nginx calls it: no flags, the C locale. Names beginning with a dot match only a dot,
 * results are sorted by bytes, a directory that cannot be read matches nothing.
 */
final class Glob {
    private final ConfigurationFiles files;

    Glob(ConfigurationFiles files) {
        this.files = files;
    }

    /** ngx_conf_include takes a name with one of these for a pattern. */
    static boolean isPattern(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
    }

    /** Paths that match, sorted. */
    List<String> paths(String pattern) {
        List<String> found = List.of("");
        int start = 0;
        while (start <= pattern.length() && !found.isEmpty()) {
            int slash = pattern.indexOf('/', start);
            int end = slash < 0 ? pattern.length() : slash;
            found = step(found, pattern.substring(start, end), slash < 0);
            start = end + 1;
        }
        return found.stream().sorted().toList();
    }

    private List<String> step(List<String> prefixes, String part, boolean last) {
        List<String> found = new ArrayList<>();
        for (String prefix : prefixes) {
            if (!isPattern(part)) {
                String path = prefix + unescaped(part);
                if (!last || files.exists(path)) {
                    found.add(last ? path : path + "/");
                }
            } else {
                names(prefix, part).forEach(n -> found.add(prefix + n + (last ? "" : "/")));
            }
        }
        return found;
    }

    private List<String> names(String directory, String pattern) {
        try {
            return files.list(directory.length() > 1 ? withoutSlash(directory) : "/").stream()
                    .filter(name -> matches(pattern, name))
                    .toList();
        } catch (IOException _) {
            return List.of(); // GLOB_ERR is not set: as if it were empty
        }
    }

    private static String withoutSlash(String directory) {
        return directory.substring(0, directory.length() - 1);
    }

    private static String unescaped(String part) {
        return part.replace("\\", "");
    }

    /** Whether one name matches one part of a pattern. */
    static boolean matches(String pattern, String name) {
        if (name.startsWith(".") && !pattern.startsWith(".") && !pattern.startsWith("\\.")) {
            return false;
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            int next = p < pattern.length() ? matchOne(pattern, p, name.charAt(n)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (next > 0) {
                p = next;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Index behind the part of the pattern that matched one character, or -1. */
    private static int matchOne(String pattern, int at, char c) {
        return switch (pattern.charAt(at)) {
            case '?' -> at + 1;
            case '[' -> matchBracket(pattern, at, c);
            case '\\' -> at + 1 < pattern.length() && pattern.charAt(at + 1) == c ? at + 2 : -1;
            default -> pattern.charAt(at) == c ? at + 1 : -1;
        };
    }

    private static int matchBracket(String pattern, int open, char c) {
        int at = open + 1;
        boolean not =
                at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
        at += not ? 1 : 0;
        int close = pattern.indexOf(']', at + 1);
        if (close < 0) { // no bracket expression at all
            return c == '[' ? open + 1 : -1;
        }
        boolean in = false;
        while (at < close) {
            boolean range = at + 2 < close && pattern.charAt(at + 1) == '-';
            char last = range ? pattern.charAt(at + 2) : pattern.charAt(at);
            in |= pattern.charAt(at) <= c && c <= last;
            at += range ? 3 : 1;
        }
        return in == not ? -1 : close + 1;
    }
}
