package dev.gatemend.model;

import java.util.List;
import java.util.Optional;

/**
 * One element of a path.
 *
 * @param path up to and including this element
 * @param mode permission bits with setuid, setgid and sticky, 0 when missing
 * @param inode 0 when missing
 * @param link where a symbolic link points
 */
public record PathStep(
        String path,
        FileKind kind,
        int mode,
        int uid,
        int gid,
        String owner,
        String group,
        List<AclEntry> acl,
        long inode,
        long device,
        Optional<String> link) {
    public PathStep {
        acl = List.copyOf(acl);
    }

    /** A step nothing stands at. */
    public static PathStep missing(String path) {
        return new PathStep(
                path, FileKind.MISSING, 0, -1, -1, "", "", List.of(), 0, 0, Optional.empty());
    }

    /** {@code 0700 deploy:deploy}, as {@code stat -c '%a %U:%G'} shows it. */
    public String modeAndOwner() {
        return "%04o %s:%s".formatted(mode, owner, group);
    }
}
