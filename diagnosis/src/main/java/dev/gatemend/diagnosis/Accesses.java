package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.Upstream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which requests of the access log belong to a matter. */
public final class Accesses {
    private Accesses() {}

    /** Every access group of the matter's place, failed or not. */
    static List<AccessGroup> of(Matter matter) {
        int nginx = matter.errors().stream().findFirst().map(ErrorGroup::nginx).orElse(0);
        return matter.scene().accesses(nginx).filter(access -> concerns(matter, access)).toList();
    }

    private static boolean concerns(Matter matter, AccessGroup access) {
        Optional<Boolean> byAddress = byAddress(matter, access);
        return byAddress.orElseGet(() -> byPlace(matter, access));
    }

    /**
     * The upstream fields are the best witness; empty when the format lacks them or no peer was
     * chosen.
     */
    private static Optional<Boolean> byAddress(Matter matter, AccessGroup access) {
        List<String> addresses = addresses(access);
        if (addresses.isEmpty()
                || matter.trouble() == Trouble.RESOLVE
                || matter.trouble() == Trouble.LOCAL) {
            return Optional.empty();
        }
        if (addresses.contains(matter.peerText()) || addresses.contains(matter.name().orElse(""))) {
            return Optional.of(true);
        }
        return Optional.of(matter.upstreams().map(Upstream::name).anyMatch(addresses::contains));
    }

    /** The peers of all attempts, in order; those of internal redirects too. */
    static List<String> addresses(AccessGroup access) {
        return access.upstreamAddresses().stream()
                .flatMap(a -> Arrays.stream(a.split("(, | : )")))
                .map(String::strip)
                .filter(a -> !a.isEmpty() && !a.equals("-"))
                .toList();
    }

    private static boolean byPlace(Matter matter, AccessGroup access) {
        if (access.location().isEmpty()) {
            return (sameStatus(matter, access)
                            && matter.errors().stream()
                                    .anyMatch(e -> sameSite(e, access) && overlaps(e, access)))
                    || isTurnedAway(matter, access);
        }
        return matter.errors().stream()
                .anyMatch(e -> e.location().equals(access.location()) && sameSite(e, access));
    }

    /** The 502 of 'no live upstreams', which follows from the matter whatever its own status is. */
    private static boolean isTurnedAway(Matter matter, AccessGroup access) {
        return access.status() == Trouble.NO_PEERS.status()
                && matter.echoes().stream()
                        .filter(Echoes::failsRequests)
                        .anyMatch(e -> overlaps(e, access));
    }

    private static boolean sameStatus(Matter matter, AccessGroup access) {
        return matter.trouble().status() == access.status()
                || (matter.trouble() == Trouble.CONNECT && access.status() == 504);
    }

    /**
     * Whether the status may be what came of the trouble. A peer whose header arrived made its
     * status itself; and nginx answers each trouble with a status of its own, unless an error_page
     * gives another.
     */
    static boolean mayFollow(AccessGroup access, Matter matter) {
        if (access.headerReceived().isPresent()) {
            return !access.headerReceived().get();
        }
        return switch (matter.trouble()) {
            case LOCAL, UPSTREAM_STATUS, ABORTED, OWN_STATUS, UNTOLD, STANDING -> true;
            case CONNECT, TLS, TIMEOUT, CLOSED, BAD_RESPONSE, RESOLVE, NO_PEERS ->
                    access.status() == 502 || access.status() == 504 || isReplaced(access, matter);
        };
    }

    /** {@code error_page 502 =503 /sorry.html}. */
    private static boolean isReplaced(AccessGroup access, Matter matter) {
        return matter.location().stream()
                .flatMap(l -> l.settings().all("error_page").stream())
                .flatMap(s -> s.arguments().stream())
                .anyMatch(a -> a.equals("=") || a.equals("=" + access.status()));
    }

    private static boolean overlaps(ErrorGroup error, AccessGroup access) {
        return error.first().isPresent()
                && access.last().isPresent()
                && !error.first().get().minusSeconds(2).isAfter(access.last().get())
                && !error.last()
                        .orElse(error.first().get())
                        .plusSeconds(2)
                        .isBefore(access.first().orElse(access.last().get()));
    }

    private static boolean sameSite(ErrorGroup error, AccessGroup access) {
        return error.site().equals(access.site())
                || error.site().isEmpty()
                || access.site().isEmpty();
    }

    /** The log says that nginx passed none of these requests on. */
    public static boolean noPeerAsked(AccessGroup access) {
        return access.upstreamAddresses().isPresent() && addresses(access).isEmpty();
    }

    /** Several sites write these lines and they name neither the site nor a peer. */
    public static boolean isShared(AccessGroup access) {
        return access.site().isEmpty() && addresses(access).isEmpty();
    }

    /** True when the access group's location is this one. */
    static boolean isAt(AccessGroup access, Location location) {
        return access.location().filter(location.match().written()::equals).isPresent();
    }
}
