package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.LocalPorts;
import dev.gatemend.model.SocketTable;
import dev.gatemend.model.WorkerConnections;
import dev.gatemend.model.WorkerConnections.Outgoing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** On this machine's own sockets. */
class ConnectionsTest {
    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());

    @Test
    void tellsWhatAWorkerHasTakenFromWhomItIsConnectedToItself() throws Exception {
        try (ServerSocketChannel shop = listening();
                ServerSocketChannel database = listening();
                SocketChannel _ = SocketChannel.open(shop.getLocalAddress());
                SocketChannel _ = shop.accept();
                SocketChannel _ = SocketChannel.open(database.getLocalAddress())) {
            Address peer = address(shop);
            Scene scene =
                    Scene.real()
                            .seen(
                                    Given.master(SELF, ours()),
                                    Given.peers(peer.toString()),
                                    new SocketTable(
                                            ours().network(), List.of(listener(peer)), true));

            WorkerConnections connections =
                    scene.facts(new Connections(), WorkerConnections.class).getFirst();

            assertThat(connections.pid()).isEqualTo(SELF);
            assertThat(connections.taken()).isEqualTo(1);
            assertThat(connections.outgoing())
                    .contains(new Outgoing(address(database), 1, 0), new Outgoing(peer, 1, 0));
        }
    }

    @Test
    void countsTheLocalPortsInUseTowardsAnAddress() throws Exception {
        try (ServerSocketChannel shop = listening();
                SocketChannel _ = SocketChannel.open(shop.getLocalAddress());
                SocketChannel _ = SocketChannel.open(shop.getLocalAddress())) {
            Scene scene = Scene.real().seen(Given.master(SELF, ours()));

            LocalPorts ports = scene.facts(new Connections(), LocalPorts.class).getFirst();

            assertThat(ports.size()).isPositive();
            assertThat(ports.towards())
                    .contains(new LocalPorts.Towards((Address.Tcp) address(shop), 2, 0));
        }
    }

    private static ServerSocketChannel listening() throws Exception {
        return ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static Address address(ServerSocketChannel server) throws Exception {
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        return new Address.Tcp("127.0.0.1", port);
    }

    private static Listener listener(Address address) {
        return new Listener(
                address,
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(SELF),
                0,
                false,
                OptionalLong.empty());
    }

    private static dev.gatemend.model.Namespaces ours() {
        return new ProcessFiles(java.nio.file.Path.of("/proc")).namespaces(SELF);
    }
}
