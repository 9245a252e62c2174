package dev.gatemend.diagnosis;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.ProcessState;
import java.time.Instant;
import java.util.Optional;

/**
 * A listener that nothing passes to, and that could be the application a failing pass means.
 *
 * @param owner empty when it could not be read
 * @param kinship why it is thought of
 * @param word the name it shares with the failing site, upstream or socket; empty unless {@link
 *     Kinship#NAMED}
 * @param stage the word by which it belongs to another stage than the failing site; empty when none
 */
public record OtherListener(
        Listener listener,
        Optional<ProcessState> owner,
        Kinship kinship,
        String word,
        Optional<String> stage) {
    /** From the closest to the loosest. */
    public enum Kinship {
        /** It carries a name of the site, the upstream or the socket. */
        NAMED,
        /** It runs in an interpreter or application server. */
        RUNTIME,
        /** Nothing is known against it. */
        STRANGER
    }

    public Address address() {
        return listener.address();
    }

    public Optional<Instant> since() {
        return owner.flatMap(ProcessState::started);
    }

    /** It was already there when the peer still answered, so it is not the peer gone elsewhere. */
    public boolean wasThereWhen(PeerHistory history) {
        return history.answered().isPresent()
                && since().filter(s -> !s.isAfter(history.answered().get())).isPresent();
    }

    /** It came only after the peer had answered for the last time. */
    public boolean cameAfter(PeerHistory history) {
        return history.answered().isPresent()
                && since().filter(s -> s.isAfter(history.answered().get())).isPresent();
    }

    /** Where nginx was led away from at its last load this may have been the place before it. */
    public boolean wasThereAtLoad(PeerHistory history) {
        return history.retargeted().isPresent()
                && since().filter(s -> !s.isAfter(history.retargeted().get())).isPresent();
    }

    /** It listens in order to be passed to. */
    public boolean isApplicationServer() {
        return owner.filter(Programs::isApplicationServer).isPresent();
    }

    /**
     * It runs the file that an application is started by: an interpreter's {@code server.js} or
     * {@code app.py}, not {@code metrics.py} beside it.
     */
    public boolean isEntryPoint() {
        return owner.filter(Programs::isEntryPoint).isPresent();
    }

    /** {@code node (PID 900)}, or its uid where no owner could be read. */
    public String who() {
        return owner.map(o -> "%s (PID %d)".formatted(Programs.name(o), o.pid()))
                .orElseGet(
                        () ->
                                listener.uid() >= 0
                                        ? "a process of uid " + listener.uid()
                                        : "a process");
    }
}
