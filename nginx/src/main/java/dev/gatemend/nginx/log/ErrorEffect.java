package dev.gatemend.nginx.log;

import dev.gatemend.model.ErrorEntry;
import java.util.Set;

/** What an entry of the error log says of the answer to its request. */
public enum ErrorEffect {
    /** nginx made, or went on to the next peer instead of making, a 5xx. */
    MAKES_STATUS,
    /** The header was sent already: the client got a cut answer with the upstream's status. */
    CUTS_ANSWER,
    /** Words of the application; the answer is its own. */
    APPLICATION,
    /** Something else, or nothing. */
    NONE;

    private static final Set<String> FAILURES = Set.of("error", "crit", "alert", "emerg");
    private static final Set<String> BEHIND_HEADER =
            Set.of(
                    "reading upstream",
                    "sending to client",
                    "proxying upgraded connection",
                    "proxying connection");

    /** Of an entry as the grammar read it. Any thread. */
    public static ErrorEffect of(ErrorEntry entry) {
        if (entry.level().filter(FAILURES::contains).isEmpty()) {
            return NONE;
        }
        if (entry.message().startsWith("FastCGI sent in stderr: ")) {
            return APPLICATION;
        }
        // limit_req_dry_run and limit_conn_dry_run only say what they would have done
        if (entry.message().startsWith("limiting ") && entry.message().contains(", dry run")) {
            return NONE;
        }
        boolean behindHeader = entry.phase().filter(BEHIND_HEADER::contains).isPresent();
        if (entry.aboutUpstream()) {
            return behindHeader ? CUTS_ANSWER : MAKES_STATUS;
        }
        return entry.id().filter(ErrorEffect::hasStatus).isPresent() ? MAKES_STATUS : NONE;
    }

    private static boolean hasStatus(String id) {
        return MessageCatalogue.instance()
                .find(id)
                .flatMap(KnownMessage::statusToClient)
                .isPresent();
    }
}
