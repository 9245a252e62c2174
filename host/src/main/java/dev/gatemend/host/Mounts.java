package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mounts of a process, of {@code /proc/PID/mountinfo} (proc(5)).
 *
 * @param mounts in the order of the file; a later one covers an earlier one at the same point
 */
record Mounts(List<Mount> mounts) {
    private static final int MOST_BYTES = 4 << 20;
    private static final Set<String> NETWORK =
            Set.of("nfs", "nfs4", "cifs", "smb3", "ceph", "9p", "afs", "lustre", "gfs2", "ocfs2");

    Mounts {
        mounts = List.copyOf(mounts);
    }

    /**
     * One mount.
     *
     * @param point as the process sees it
     */
    record Mount(String point, String type, boolean readOnly) {
        /** Served by another machine or a user's program, so that asking it may hang. */
        boolean mayHang() {
            return NETWORK.contains(type) || type.startsWith("fuse");
        }

        private boolean holds(String path) {
            return point.equals("/") || path.equals(point) || path.startsWith(point + "/");
        }
    }

    static Mounts of(Path mountinfo) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (String line : SmallFile.read(mountinfo, MOST_BYTES).split("\n", -1)) {
            parse(line).ifPresent(mounts::add);
        }
        return new Mounts(mounts);
    }

    /** The mount a path without links lies on. */
    Optional<Mount> holding(String path) {
        Mount best = null;
        for (Mount mount : mounts) {
            boolean closer = best == null || mount.point().length() >= best.point().length();
            if (closer && mount.holds(path)) {
                best = mount;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code 36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw,errors=continue}. */
    private static Optional<Mount> parse(String line) {
        String[] fields = line.split(" ", -1);
        int dash = List.of(fields).indexOf("-");
        if (fields.length < 10 || dash < 6 || dash + 3 >= fields.length) {
            return Optional.empty();
        }
        boolean readOnly = option(fields[5], "ro") || option(fields[dash + 3], "ro");
        return Optional.of(new Mount(unescape(fields[4]), fields[dash + 1], readOnly));
    }

    private static boolean option(String options, String wanted) {
        return List.of(options.split(",", -1)).contains(wanted);
    }

    /** Space, tab, newline and backslash stand as three octal digits. */
    private static String unescape(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
