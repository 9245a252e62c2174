package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.AcceptOverflows;
import dev.gatemend.model.Namespaces;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptQueuesTest {
    @TempDir Path root;

    @Test
    void readsTheKernelsCountByItsName() throws Exception {
        Scene scene =
                nginx().file(
                                "/proc/12/net/netstat",
                                "TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 1 27 28\nIpExt: InNoRoutes\nIpExt: 3\n")
                        .file("/proc/sys/net/core/somaxconn", "4096\n");

        assertThat(scene.facts(new AcceptQueues(), AcceptOverflows.class))
                .containsExactly(new AcceptOverflows(7, 27, 0, OptionalInt.of(4096)));
    }

    @Test
    void seesNothingWhereTheKernelDoesNotCount() throws Exception {
        Scene scene = nginx().file("/proc/12/net/netstat", "TcpExt: Other\nTcpExt: 1\n");

        assertThat(scene.observations(new AcceptQueues())).isEmpty();
    }

    private Scene nginx() {
        return new Scene(root).seen(Given.master(12, new Namespaces(7, 8, 9)));
    }
}
