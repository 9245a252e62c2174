package dev.gatemend.host;

import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Doing something in the network of an nginx, or in our own where none runs. */
final class NginxNetwork {
    private NginxNetwork() {}

    /**
     * Runs a task there; the sockets it makes itself are inside.
     *
     * @throws IOException when the network cannot be entered
     */
    static <T> T inside(Host host, Optional<NginxMaster> nginx, Supplier<T> task)
            throws IOException, InterruptedException {
        return nginx.isEmpty()
                ? task.get()
                : NetworkNamespace.inside(host, nginx.get().pid(), task::get);
    }
}
