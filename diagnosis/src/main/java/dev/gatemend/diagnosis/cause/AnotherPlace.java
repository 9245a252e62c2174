package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.LoopbackTwin;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.PeerHistory;
import dev.gatemend.diagnosis.StrayPeer;

/**
 * What speaks against an application being down: nginx only goes elsewhere, by a name, by an edit
 * or by files it has not read yet.
 */
final class AnotherPlace {
    private AnotherPlace() {}

    static void doubt(Matter matter, Argument argument) {
        LoopbackTwin.of(matter)
                .ifPresent(
                        twin ->
                                argument.against(
                                        STRONG,
                                        "sockets",
                                        "somebody listens on %s, where %s leads as well"
                                                .formatted(twin.listener().address(), twin.name()),
                                        "ss -ltnp"));
        // Where the same load that turned nginx elsewhere also stopped the application, both would
        // be true; that is seldom.
        PeerHistory.of(matter)
                .retargeted()
                .ifPresent(
                        at ->
                                argument.against(
                                        MODERATE,
                                        "access.log",
                                        "requests were answered until nginx loaded its configuration at %s"
                                                .formatted(matter.scene().clock(at)),
                                        "access log"));
        StrayPeer.of(matter)
                .ifPresent(
                        _ ->
                                argument.against(
                                        MODERATE,
                                        "configuration",
                                        "no file of the configuration names %s any more"
                                                .formatted(matter.peerText()),
                                        "nginx -T"));
    }
}
