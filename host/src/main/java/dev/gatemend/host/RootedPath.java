package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Follows links inside another process's root. The kernel would follow an absolute link found below
 * {@code /proc/PID/root} from our own root: a container's {@code access.log -> /dev/stdout} would
 * lead to our standard output.
 */
final class RootedPath {
    /** The kernel's own limit (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private static final int MOST_STEPS = 4_096;

    private RootedPath() {}

    /**
     * The path without links, as the process names it. What does not exist is left as it stands.
     *
     * @param root {@code /proc/PID/root}
     * @param path absolute, as the process would write it
     * @throws IOException for a loop of links
     */
    static String real(Path root, String path) throws IOException {
        Deque<String> waiting = new ArrayDeque<>(elements(path));
        List<String> done = new ArrayList<>();
        int links = 0;
        for (int step = 0; !waiting.isEmpty(); step++) {
            if (step > MOST_STEPS) {
                throw new FileSystemException(path, null, "too many elements");
            }
            String element = waiting.removeFirst();
            if (element.equals("..")) {
                if (!done.isEmpty()) {
                    done.removeLast();
                }
                continue;
            }
            done.add(element);
            Path here = root.resolve(String.join("/", done));
            if (!Files.isSymbolicLink(here)) {
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new FileSystemException(path, null, "a loop of symbolic links");
            }
            String target = Files.readSymbolicLink(here).toString();
            done.removeLast();
            if (target.startsWith("/")) {
                done.clear();
            }
            elements(target).reversed().forEach(waiting::addFirst);
        }
        return "/" + String.join("/", done);
    }

    private static List<String> elements(String path) {
        List<String> elements = new ArrayList<>();
        for (String element : path.split("/", MOST_STEPS)) {
            if (!element.isEmpty() && !element.equals(".")) {
                elements.add(element);
            }
        }
        return elements;
    }
}
