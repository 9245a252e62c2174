package dev.gatemend.host;

import dev.gatemend.model.AclEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of {@code system.posix_acl_access} (linux/posix_acl_xattr.h): a version, then entries
 * of tag, permissions and id, all little-endian on every machine.
 */
final class PosixAcl {
    /** The attribute's name. */
    static final String ATTRIBUTE = "system.posix_acl_access";

    private static final int VERSION = 2;
    private static final int ENTRY = 8;

    /** Tags of linux/posix_acl.h. */
    private static final int USER = 0x02;

    private static final int GROUP_OBJ = 0x04;
    private static final int GROUP = 0x08;
    private static final int MASK = 0x10;

    private PosixAcl() {}

    /**
     * The entries beyond owner and others. That of the owning group becomes one of its gid, for the
     * group digit of the mode shows the mask instead (acl(5)).
     *
     * @return empty for a value of another version
     */
    static List<AclEntry> parse(byte[] value, int gid) {
        ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        List<AclEntry> entries = new ArrayList<>();
        if (buffer.remaining() < 4 || buffer.getInt() != VERSION) {
            return entries;
        }
        while (buffer.remaining() >= ENTRY) {
            int tag = Short.toUnsignedInt(buffer.getShort());
            int permissions = buffer.getShort() & 7;
            int id = buffer.getInt();
            switch (tag) {
                case USER -> entries.add(new AclEntry(AclEntry.Kind.USER, id, permissions));
                case GROUP_OBJ -> entries.add(new AclEntry(AclEntry.Kind.GROUP, gid, permissions));
                case GROUP -> entries.add(new AclEntry(AclEntry.Kind.GROUP, id, permissions));
                case MASK -> entries.add(new AclEntry(AclEntry.Kind.MASK, -1, permissions));
                default -> {}
            }
        }
        return entries;
    }
}
