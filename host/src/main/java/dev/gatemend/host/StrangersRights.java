package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a user may do who owns nothing and is in no group; and what only root can have made.
 *
 * @param root that paths are below
 */
record StrangersRights(Path root) {
    private static final int WRITE_BY_OTHERS = 0002;
    private static final int WRITE_BY_ANY_BUT_OWNER = 0022;

    /** In such a directory only an entry's owner may put another in its place. */
    private static final int STICKY = 01000;

    /**
     * Whether a stranger could open a path for writing, or make a file there. True where that
     * cannot be told.
     */
    boolean couldWrite(String path) {
        try {
            String real = RootedPath.real(root, path);
            Path file = root.resolve(real.substring(1));
            Path parent = file.resolveSibling(".").normalize();
            Path decisive = Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? file : parent;
            return Files.exists(decisive, LinkOption.NOFOLLOW_LINKS)
                    && (mode(decisive) & WRITE_BY_OTHERS) != 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether nobody but root can have put there what stands at a path. */
    boolean onlyRootMade(String path) {
        try {
            String real = RootedPath.real(root, path);
            Path here = root;
            for (Path element : Path.of(real)) {
                here = here.resolve(element);
                Map<String, Object> of =
                        Files.readAttributes(here, "unix:uid", LinkOption.NOFOLLOW_LINKS);
                boolean ofRoot = Integer.valueOf(0).equals(of.get("uid"));
                int mode = mode(here);
                boolean kept = (mode & WRITE_BY_ANY_BUT_OWNER) == 0;
                boolean sticky = Files.isDirectory(here) && (mode & STICKY) != 0;
                if (!ofRoot || !(kept || sticky)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int mode(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }
}
