package dev.gatemend.host;

import dev.gatemend.host.Mounts.Mount;
import dev.gatemend.model.FileSystemSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks {@code stat -f} for the blocks and inodes of mounts, as statfs(2) tells them.
 *
 * @param root of the process whose mounts they are
 */
record FreeSpace(Look look, Path root) {
    /**
     * Block size, blocks, free for users, inodes, free inodes; the path last, it may hold anything.
     */
    private static final String FORMAT = "%S %b %a %c %d %n";

    void look(Map<Mount, String> usedBy, Duration limit, int mostThatMayHang)
            throws InterruptedException {
        List<Mount> steady = usedBy.keySet().stream().filter(m -> !m.mayHang()).toList();
        if (!steady.isEmpty()) {
            ask(steady, usedBy, limit);
        }
        List<Mount> shaky = usedBy.keySet().stream().filter(Mount::mayHang).toList();
        for (Mount mount : shaky.stream().limit(mostThatMayHang).toList()) {
            ask(List.of(mount), usedBy, limit);
        }
        if (shaky.size() > mostThatMayHang) {
            look.couldNotLook(
                    "did not ask " + (shaky.size() - mostThatMayHang) + " more network mounts");
        }
    }

    private void ask(List<Mount> mounts, Map<Mount, String> usedBy, Duration limit)
            throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("stat", "-f", "-c", FORMAT, "--"));
        mounts.forEach(m -> command.add(pathOf(m)));
        String output;
        try {
            output = look.host().commands().run(limit, command).output();
        } catch (IOException e) {
            look.couldNotLook(
                    "no answer about "
                            + mounts.getFirst().point()
                            + (mounts.size() > 1 ? " and others" : "")
                            + ": "
                            + e.getMessage()
                            + "; try df "
                            + mounts.getFirst().point());
            return;
        }
        for (Mount mount : mounts) {
            add(mount, usedBy.getOrDefault(mount, mount.point()), output);
        }
    }

    private void add(Mount mount, String usedBy, String output) {
        String ending = " " + pathOf(mount);
        for (String line : output.split("\n", -1)) {
            if (line.endsWith(ending)
                    && line.substring(0, line.length() - ending.length()).matches("[0-9 -]+")) {
                add(mount, usedBy, line.split(" ", -1));
                return;
            }
        }
        look.couldNotLook("stat -f " + mount.point() + " was refused; run with sudo");
    }

    private void add(Mount mount, String usedBy, String[] fields) {
        long block = number(fields[0]);
        look.add(
                new FileSystemSpace(
                        mount.point(),
                        mount.type(),
                        usedBy,
                        block * number(fields[1]),
                        block * number(fields[2]),
                        number(fields[3]),
                        number(fields[4]),
                        mount.readOnly()),
                "df " + mount.point());
    }

    private String pathOf(Mount mount) {
        return root.resolve(mount.point().substring(1)).toString();
    }

    /** Some file systems answer -1 or more than fits for what they do not count. */
    private static long number(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
