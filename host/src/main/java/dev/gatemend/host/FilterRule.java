package dev.gatemend.host;

import java.util.OptionalLong;

/**
 * A rule of a packet filter's chain, whichever tool wrote it.
 *
 * @param target chain of a jump, else empty
 * @param text as the tool prints it
 */
record FilterRule(
        PacketConditions conditions,
        Verdict verdict,
        String target,
        OptionalLong packets,
        String text) {
    /** What becomes of a packet that fits. */
    enum Verdict {
        ACCEPT,
        DROP,
        REJECT,
        JUMP,
        GOTO,
        RETURN,
        /** It goes on to the next rule (counted, logged, marked). */
        NONE
    }
}
