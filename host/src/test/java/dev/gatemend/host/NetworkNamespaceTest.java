package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("root")
class NetworkNamespaceTest {
    private static final Host HOST = Host.local();

    @Test
    void connectsInsideToWhatListensInsideAndNotToWhatListensOutside() throws Exception {
        try (Child child = Child.inOwnNetwork();
                ServerSocket outside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () ->
                                    NetworkNamespace.inside(
                                            HOST, child.pid(), () -> connect(outside)))
                    .isInstanceOf(ConnectException.class);
            try (ServerSocket inside =
                    NetworkNamespace.inside(
                            HOST,
                            child.pid(),
                            () -> new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))) {
                boolean connected =
                        NetworkNamespace.inside(HOST, child.pid(), () -> connect(inside));

                assertThat(connected).isTrue();
                assertThatThrownBy(() -> connect(inside)).isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void startsProgramsInside() throws Exception {
        try (Child child = Child.inOwnNetwork()) {
            Commands.Answer answer =
                    NetworkNamespace.inside(
                            HOST,
                            child.pid(),
                            () ->
                                    HOST.commands()
                                            .run(
                                                    java.time.Duration.ofSeconds(5),
                                                    java.util.List.of(
                                                            "readlink", "/proc/self/ns/net")));

            assertThat(answer.output().strip()).isEqualTo(namespaceOf(child.pid()));
        }
    }

    @Test
    void leavesTheCallersThreadWhereItWas() throws Exception {
        String before = ownThreadsNamespace();
        try (Child child = Child.inOwnNetwork()) {
            String inside =
                    NetworkNamespace.inside(
                            HOST, child.pid(), NetworkNamespaceTest::ownThreadsNamespace);

            assertThat(inside).isEqualTo(namespaceOf(child.pid())).isNotEqualTo(before);
            assertThat(ownThreadsNamespace()).isEqualTo(before);
        }
    }

    @Test
    void staysInTheCallersThreadWhenTheNamespaceIsOurOwn() throws Exception {
        int self = Math.toIntExact(ProcessHandle.current().pid());

        assertThat(NetworkNamespace.inside(HOST, self, Thread::currentThread))
                .isSameAs(Thread.currentThread());
    }

    @Test
    void passesOnWhatTheTaskThrows() throws Exception {
        try (Child child = Child.inOwnNetwork()) {
            assertThatThrownBy(
                            () ->
                                    NetworkNamespace.inside(
                                            HOST,
                                            child.pid(),
                                            () -> {
                                                throw new IOException("no luck");
                                            }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no luck");
        }
    }

    @Test
    void interruptsTheTaskWhenTheCallerIsInterrupted() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch taskInterrupted = new CountDownLatch(1);
        AtomicBoolean callerInterrupted = new AtomicBoolean();
        try (Child child = Child.inOwnNetwork()) {
            Thread caller =
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            callerInterrupted.set(
                                                    waitInside(
                                                            child.pid(), begun, taskInterrupted)));
            begun.await();

            caller.interrupt();
            caller.join();
            taskInterrupted.await();

            assertThat(callerInterrupted).isTrue();
        }
    }

    @Test
    void failsWithTheReasonForAProcessThatIsGone() throws Exception {
        int gone;
        try (Child child = Child.inOwnNetwork()) {
            gone = child.pid();
        }
        assertThatThrownBy(() -> NetworkNamespace.inside(HOST, gone, () -> "x"))
                .isInstanceOf(IOException.class);
    }

    private static boolean waitInside(int pid, CountDownLatch begun, CountDownLatch interrupted) {
        try {
            NetworkNamespace.inside(
                    HOST,
                    pid,
                    () -> {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                        return "";
                    });
            return false;
        } catch (InterruptedException e) {
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean connect(ServerSocket server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            return socket.isConnected();
        }
    }

    private static String ownThreadsNamespace() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
    }

    private static String namespaceOf(int pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/net")).toString();
    }
}
