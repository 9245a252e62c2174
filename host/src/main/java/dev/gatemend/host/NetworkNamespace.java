package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Doing something where another process stands in the network: the port that answers on the host
 * need not answer in nginx's container.
 */
final class NetworkNamespace {
    private NetworkNamespace() {}

    /**
     * Runs a task inside the network namespace of a process: in the calling thread when that is our
     * own, else in a platform thread made for it, which is moved there and ends with the task.
     *
     * <p>Only sockets the task itself makes are inside: it must not hand its work to other threads
     * (an HTTP client, an executor). Child processes it starts are inside too. Needs root unless
     * the namespace is ours.
     *
     * @throws IOException when the namespace cannot be entered, or of the task
     * @throws InterruptedException when the caller was interrupted; the task is then interrupted
     *     too
     */
    static <T> T inside(Host host, int pid, Callable<T> task)
            throws IOException, InterruptedException {
        Path namespace = host.proc().resolve(pid + "/ns/net");
        if (!host.live() || new ProcessFiles(host.proc()).inOurNetwork(pid)) {
            return join(new FutureTask<>(task), FutureTask::run);
        }
        FutureTask<T> moved =
                new FutureTask<>(
                        () -> {
                            NativeCalls.enterNetworkNamespace(namespace);
                            return task.call();
                        });
        Thread thread = Thread.ofPlatform().daemon().name("network-of-" + pid).unstarted(moved);
        return join(moved, _ -> thread.start());
    }

    private interface Starter {
        void start(FutureTask<?> task);
    }

    private static <T> T join(FutureTask<T> task, Starter starter)
            throws IOException, InterruptedException {
        starter.start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case InterruptedException _ -> throw new InterruptedException();
                case RuntimeException failure -> throw failure;
                case null, default -> throw new IOException(String.valueOf(e.getCause()), e);
            }
        }
    }
}
