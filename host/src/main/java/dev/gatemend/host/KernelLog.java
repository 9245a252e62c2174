package dev.gatemend.host;

import dev.gatemend.model.KernelEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What the kernel says of processes it killed or saw fault, of packets it dropped and of refusals
 * of security modules: its ring buffer by syslog(2), which reads without taking anything away.
 */
public final class KernelLog implements Observer {
    private static final int MOST_EVENTS = 200;
    private static final int EPERM = 1;

    private final Ring ring;

    public KernelLog() {
        this(host -> host.live() ? NativeCalls.kernelLog() : "");
    }

    KernelLog(Ring ring) {
        this.ring = ring;
    }

    /** Where the lines come from. */
    @FunctionalInterface
    interface Ring {
        String read(Host host) throws IOException;
    }

    @Override
    public String name() {
        return "kernel log";
    }

    @Override
    public void look(Look look) throws IOException {
        String text;
        try {
            text = ring.read(look.host());
        } catch (NativeFailure e) {
            look.couldNotLook(
                    e.errno() == EPERM
                            ? "permission denied; run with sudo (sudo dmesg)"
                            : e.getMessage() + "; try sudo dmesg");
            return;
        }
        Optional<Boot> boot = Boot.of(look.host(), look.clock());
        if (boot.isPresent()) {
            newest(text, boot.get()).forEach(event -> look.add(event, "dmesg -T"));
        } else if (!text.isEmpty()) {
            look.couldNotLook("no time of boot to date its lines by; try dmesg -T");
        }
    }

    private static Deque<KernelEvent> newest(String text, Boot boot) {
        KernelEvents events = new KernelEvents();
        Deque<KernelEvent> newest = new ArrayDeque<>();
        text.lines()
                .flatMap(line -> KernelLine.of(line).stream())
                .flatMap(l -> events.read(boot.at().plus(l.sinceBoot()), l.text()).stream())
                .forEach(
                        event -> {
                            newest.addLast(event);
                            if (newest.size() > MOST_EVENTS) {
                                newest.removeFirst();
                            }
                        });
        return newest;
    }
}
