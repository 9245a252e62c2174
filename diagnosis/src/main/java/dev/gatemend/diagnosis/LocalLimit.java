package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;

/**
 * Which of nginx's own limits or doors a message is about; messages about the same one are one
 * matter.
 */
final class LocalLimit {
    private LocalLimit() {}

    static String of(ErrorGroup group) {
        int errno = group.sample().errno().orElse(0);
        return switch (errno) {
            case Errno.EMFILE, Errno.ENFILE -> "descriptors";
            case Errno.ENOSPC, Errno.EDQUOT, Errno.EROFS -> "space";
            case Errno.EACCES, Errno.EPERM -> "permission";
            default -> group.id().startsWith("worker-connections") ? "connections" : group.id();
        };
    }
}
