package dev.gatemend.model;

/**
 * A POSIX access control entry beyond owner and others (acl(5)). Where a file has a mask, the group
 * digit of its mode is that mask, and what the owning group may do stands in an entry of kind
 * {@code GROUP} with the file's own gid.
 *
 * @param kind named user, named group or mask
 * @param id uid or gid; -1 for the mask
 * @param permissions bits as in a mode digit: 4 read, 2 write, 1 execute
 */
public record AclEntry(Kind kind, int id, int permissions) {
    public enum Kind {
        USER,
        GROUP,
        MASK
    }
}
