package dev.gatemend.diagnosis;

import dev.gatemend.model.AclEntry;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Identity;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel would allow: the access check of acl(5), on what was seen of a path. */
public final class Access {
    private static final int EXECUTE = 1;
    private static final int WRITE = 2;

    private Access() {}

    /** The first directory on the way that the traveller may not enter. */
    public static Optional<PathStep> closedDirectory(PathWalk walk) {
        return closedDirectories(walk).findFirst();
    }

    /** Every directory on the way that the traveller may not enter, outermost first. */
    public static Stream<PathStep> closedDirectories(PathWalk walk) {
        return walk.steps().stream()
                .filter(step -> step.kind() == FileKind.DIRECTORY)
                .filter(step -> !isTarget(walk, step))
                .filter(step -> !allows(step, walk.traveller(), EXECUTE));
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
        if (who.uid() == step.uid()) {
            return grants(step.mode() >> 6, wanted);
        }
        int mask = mask(step.acl());
        return entry(step, AclEntry.Kind.USER, who.uid())
                .map(named -> grants(named.permissions() & mask, wanted))
                .or(() -> byGroup(step, who, mask, wanted))
                .orElseGet(() -> grants(step.mode(), wanted));
    }

    private static boolean grants(int permissions, int wanted) {
        return (permissions & wanted) == wanted;
    }

    private static Optional<AclEntry> entry(PathStep step, AclEntry.Kind kind, int id) {
        return step.acl().stream().filter(e -> e.kind() == kind && e.id() == id).findFirst();
    }

    /**
     * Empty when the user is in none of the groups; otherwise one matching entry must grant all
     * that is wanted.
     */
    private static Optional<Boolean> byGroup(PathStep step, Identity who, int mask, int wanted) {
        List<Integer> granted =
                Stream.concat(
                                owningGroup(step),
                                step.acl().stream().filter(e -> e.kind() == AclEntry.Kind.GROUP))
                        .filter(e -> who.inGroup(e.id()))
                        .map(e -> e.permissions() & mask)
                        .toList();
        return granted.isEmpty()
                ? Optional.empty()
                : Optional.of(granted.stream().anyMatch(g -> grants(g, wanted)));
    }

    /**
     * With an ACL the group digit shows the mask, and the owning group has an entry of its own
     * (acl(5)).
     */
    private static Stream<AclEntry> owningGroup(PathStep step) {
        return hasMask(step.acl())
                ? Stream.empty()
                : Stream.of(new AclEntry(AclEntry.Kind.GROUP, step.gid(), (step.mode() >> 3) & 7));
    }

    private static boolean hasMask(List<AclEntry> acl) {
        return acl.stream().anyMatch(e -> e.kind() == AclEntry.Kind.MASK);
    }

    private static int mask(List<AclEntry> acl) {
        return acl.stream()
                .filter(e -> e.kind() == AclEntry.Kind.MASK)
                .mapToInt(AclEntry::permissions)
                .findFirst()
                .orElse(7);
    }
}
