package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.SocketTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this machine's own sockets, and on a /proc laid out by hand. */
class SocketsTest {
    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());
    private final Sockets observer = new Sockets();

    @TempDir private Path directory;

    @Test
    void countsWhatWaitsInTheAcceptQueueOfATcpListener() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 7);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            try (SocketChannel _ = SocketChannel.open(server.getLocalAddress());
                    SocketChannel _ = SocketChannel.open(server.getLocalAddress())) {
                Listener listener = ours(new Address.Tcp("127.0.0.1", port));

                assertThat(listener.queued()).hasValue(2);
                assertThat(listener.backlog()).hasValue(7);
                assertThat(listener.pids()).containsExactly(SELF);
                assertThat(listener.boundFile()).isEmpty();
            }
        }
    }

    @Test
    void tellsAnIpv6WildcardThatTakesIpv4FromOneThatDoesNot() throws Exception {
        try (Child child =
                Child.python(
                        """
                        import socket, sys
                        both = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
                        only = socket.create_server(("::", 0), family=socket.AF_INET6)
                        print("ready")
                        print(both.getsockname()[1])
                        print(only.getsockname()[1])
                        sys.stdin.read()
                        """)) {
            Listener both = ours(new Address.Tcp("::", Integer.parseInt(child.line())));
            Listener only = ours(new Address.Tcp("::", Integer.parseInt(child.line())));

            assertThat(both.v6Only()).isFalse();
            assertThat(only.v6Only()).isTrue();
            assertThat(only.pids()).containsExactly(child.pid());
        }
    }

    @Test
    @Tag("root")
    void knowsTheQueueBacklogOwnerAndFileOfAUnixListener() throws Exception {
        Path path = directory.resolve("an app.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path), 5);
            try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                Listener listener = ours(new Address.Unix(path.toString()));

                assertThat(listener.queued()).hasValue(1);
                assertThat(listener.backlog()).hasValue(5);
                assertThat(listener.pids()).containsExactly(SELF);
                assertThat(listener.uid()).isEqualTo(0);
                assertThat(listener.boundTo(inode(path))).contains(true);
            }
        }
    }

    @Test
    void tellsAReplacedSocketFileFromTheOneThatWasBound() throws Exception {
        Path path = directory.resolve("app.sock");
        try (ServerSocketChannel old = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                ServerSocketChannel fresh = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            old.bind(UnixDomainSocketAddress.of(path));
            Files.delete(path);
            fresh.bind(UnixDomainSocketAddress.of(path));

            List<Optional<Boolean>> bound =
                    own().listeners().stream()
                            .filter(l -> l.address().equals(new Address.Unix(path.toString())))
                            .map(l -> l.boundTo(inode(path)))
                            .toList();

            assertThat(bound).containsExactlyInAnyOrder(Optional.of(false), Optional.of(true));
        }
    }

    @Test
    void makesARelativePathAbsoluteByTheOwnersDirectory() throws Exception {
        try (Child child =
                Child.python(
                        """
                        import os, socket, sys
                        os.chdir(%r)
                        server = socket.socket(socket.AF_UNIX)
                        server.bind("app.sock")
                        server.listen(3)
                        print("ready")
                        sys.stdin.read()
                        """
                                .replace("%r", "'" + directory + "'"))) {
            assertThat(ours(new Address.Unix(directory + "/app.sock")).pids())
                    .containsExactly(child.pid());
        }
    }

    @Test
    void writesAnAbstractNameWithAnAtSign() throws Exception {
        String name = "gatemend-test-" + SELF;
        try (Child child =
                Child.python(
                        """
                        import socket, sys
                        server = socket.socket(socket.AF_UNIX)
                        server.bind("\\0NAME")
                        server.listen()
                        print("ready")
                        sys.stdin.read()
                        """
                                .replace("NAME", name))) {
            Listener listener = ours(new Address.Unix("@" + name));

            assertThat(listener.pids()).containsExactly(child.pid());
            assertThat(listener.boundFile()).isEmpty();
        }
    }

    @Test
    @Tag("root")
    void seesTheNetworkOfAnNginxThatStandsElsewhere() throws Exception {
        try (Child child = Child.inOwnNetwork();
                ServerSocketChannel server =
                        NetworkNamespace.inside(
                                Host.local(), child.pid(), ServerSocketChannel::open)) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            Namespaces namespaces = new ProcessFiles(Path.of("/proc")).namespaces(child.pid());
            Scene scene = Scene.real().seen(Given.master(child.pid(), namespaces));

            List<SocketTable> tables = scene.facts(observer, SocketTable.class);

            assertThat(tables).hasSize(2);
            assertThat(tables.getLast().networkNamespace()).isEqualTo(namespaces.network());
            assertThat(tables.getLast().listeners())
                    .extracting(Listener::address)
                    .containsExactly(new Address.Tcp("127.0.0.1", port));
            assertThat(tables.getFirst().listeners())
                    .extracting(Listener::address)
                    .doesNotContain(new Address.Tcp("127.0.0.1", port));
        }
    }

    @Test
    void agreesWithSs() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
            Commands.Answer ss =
                    new ProcessCommands()
                            .run(
                                    java.time.Duration.ofSeconds(10),
                                    List.of("ss", "-H", "-l", "-t", "-n"));

            assertThat(own().listeners().stream().filter(l -> l.address() instanceof Address.Tcp))
                    .hasSize((int) ss.output().lines().count());
        }
    }

    @Test
    void readsFilesWhereTheKernelCannotBeAsked() throws Exception {
        ProcTree tree = new ProcTree(directory.resolve("proc"));
        Path self = Files.createDirectories(directory.resolve("proc/self/net"));
        Files.writeString(
                self.resolve("tcp"),
                """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1F40 00000000:0000 0A 00000000:00000003 00:00000000 00000000    33        0 4711 1 ffff 100 0 0 10 0
                   1: 0100007F:1F41 0100007F:9999 01 00000000:00000000 00:00000000 00000000    33        0 4712 1 ffff 100 0 0 10 0
                   2: garbage
                """);
        Files.writeString(
                self.resolve("tcp6"),
                """
                  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 ffff 100 0 0 10 0
                """);
        Files.writeString(
                self.resolve("unix"),
                """
                Num       RefCount Protocol Flags    Type St Inode Path
                ffff8800: 00000002 00000000 00010000 0001 01 4714 /run/my app.sock
                ffff8801: 00000002 00000000 00010000 0005 01 4715 /run/udev/control
                ffff8802: 00000003 00000000 00000000 0001 03 4716 /run/my app.sock
                ffff8803: 00000002 00000000 00010000 0001 01 4717
                """);
        tree.process(42, 1, 1, "app").arguments("app");
        tree.link(42, "fd/3", "socket:[4711]");
        tree.link(42, "fd/4", "socket:[4714]");

        SocketTable table = new Scene(directory).facts(observer, SocketTable.class).getFirst();

        assertThat(table.complete()).isTrue();
        assertThat(table.listeners())
                .containsExactly(
                        tcp("127.0.0.1", 8000, 4711, 3, List.of(42), 33),
                        tcp("::1", 80, 4713, 0, List.of(), 0),
                        new Listener(
                                new Address.Unix("/run/my app.sock"),
                                4714,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                List.of(42),
                                -1,
                                false,
                                OptionalLong.empty()));
    }

    private static Listener tcp(
            String host, int port, long inode, int queued, List<Integer> pids, int uid) {
        return new Listener(
                new Address.Tcp(host, port),
                inode,
                OptionalInt.of(queued),
                OptionalInt.empty(),
                pids,
                uid,
                false,
                OptionalLong.empty());
    }

    private SocketTable own() throws IOException, InterruptedException {
        return Scene.real().facts(observer, SocketTable.class).getFirst();
    }

    private Listener ours(Address address) throws IOException, InterruptedException {
        return own().listeners().stream()
                .filter(l -> l.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static long inode(Path path) {
        try {
            return (Long) Files.getAttribute(path, "unix:ino");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
