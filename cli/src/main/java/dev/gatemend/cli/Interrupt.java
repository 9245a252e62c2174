package dev.gatemend.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells Ctrl-C from SIGTERM, which a shutdown hook cannot: the one interrupts a person's wish, the
 * other ends a daemon in order. By reflection, for the compiler warns of {@code sun.misc.Signal}
 * and has no other; where that is not there both end alike.
 */
final class Interrupt {
    private final AtomicBoolean came = new AtomicBoolean();

    private Interrupt() {}

    static Interrupt install() {
        Interrupt interrupt = new Interrupt();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(
                            Interrupt.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, method, _) -> {
                                if (method.getName().equals("handle")) {
                                    interrupt.came.set(true);
                                    System.exit(ExitCode.INTERRUPTED);
                                }
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ours);
        } catch (ReflectiveOperationException e) {
            return interrupt;
        }
        return interrupt;
    }

    boolean came() {
        return came.get();
    }
}
