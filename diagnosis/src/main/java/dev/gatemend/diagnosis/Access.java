package dev.gatemend.diagnosis;

import dev.gatemend.model.AclEntry;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Identity;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the kernel would allow: the access check of acl(5), on what was seen of a path. */
public final class Access {
    private static final int EXECUTE = 1;
    private static final int WRITE = 2;

    private Access() {}

    /** The first directory on the way that the traveller may not enter. */
    public static Optional<PathStep> closedDirectory(PathWalk walk) {
        return walk.steps().stream()
                .filter(step -> step.kind() == FileKind.DIRECTORY)
                .filter(step -> !isTarget(walk, step))
                .filter(step -> !allows(step, walk.traveller(), EXECUTE))
                .findFirst();
    }

    /** connect(2) to a unix socket needs write permission on it (unix(7)). */
    public static boolean mayConnect(PathStep socket, Identity who) {
        return allows(socket, who, WRITE);
    }

    /** Creating a file needs write and search permission on the directory. */
    public static boolean mayCreateIn(PathStep directory, Identity who) {
        return allows(directory, who, WRITE | EXECUTE);
    }

    private static boolean isTarget(PathWalk walk, PathStep step) {
        return step.equals(walk.steps().getLast());
    }

    /** acl(5), "Access check algorithm": root, owner, named user, groups, others. */
    static boolean allows(PathStep step, Identity who, int wanted) {
        if (who.uid() == 0) {
            return true;
        }
        return (granted(step, who) & wanted) == wanted;
    }

    private static int granted(PathStep step, Identity who) {
        if (who.uid() == step.uid()) {
            return (step.mode() >> 6) & 7;
        }
        int mask = mask(step.acl());
        OptionalInt named =
                step.acl().stream()
                        .filter(e -> e.kind() == AclEntry.Kind.USER && e.id() == who.uid())
                        .mapToInt(AclEntry::permissions)
                        .findFirst();
        if (named.isPresent()) {
            return named.getAsInt() & mask;
        }
        return byGroup(step, who, mask).orElse(step.mode() & 7);
    }

    /**
     * With an ACL the group bits of the mode show the mask, not the owning group (acl(5),
     * "Correspondence").
     */
    private static OptionalInt byGroup(PathStep step, Identity who, int mask) {
        int found = 0;
        boolean member = false;
        if (who.inGroup(step.gid())) {
            member = true;
            found |= (step.mode() >> 3) & 7;
        }
        for (AclEntry entry : step.acl()) {
            if (entry.kind() == AclEntry.Kind.GROUP && who.inGroup(entry.id())) {
                member = true;
                found |= entry.permissions();
            }
        }
        return member ? OptionalInt.of(found & mask) : OptionalInt.empty();
    }

    private static int mask(List<AclEntry> acl) {
        return acl.stream()
                .filter(e -> e.kind() == AclEntry.Kind.MASK)
                .mapToInt(AclEntry::permissions)
                .findFirst()
                .orElse(7);
    }
}
