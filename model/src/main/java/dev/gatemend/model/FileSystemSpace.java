package dev.gatemend.model;

/**
 * A mounted file system that nginx or an application writes to.
 *
 * @param mountPoint as the worker sees it
 * @param usedBy a path below it that matters: a temp directory, a log
 * @param bytesFree available to ordinary users
 */
public record FileSystemSpace(
        String mountPoint,
        String type,
        String usedBy,
        long bytes,
        long bytesFree,
        long inodes,
        long inodesFree,
        boolean readOnly)
        implements Fact {
    /** No byte (or less than one page) is left for ordinary users. */
    public boolean full() {
        return bytes > 0 && bytesFree < 4096;
    }

    /**
     * No inode is left; file systems without a fixed number report 0 of 0 and are never out of
     * them.
     */
    public boolean outOfInodes() {
        return inodes > 0 && inodesFree == 0;
    }
}
