package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Namespaces;
import dev.gatemend.model.Routes;
import dev.gatemend.model.Routes.Neighbour;
import dev.gatemend.model.Routes.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaysTest {
    private static final String V4 =
            """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
            eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
            *\t0000010A\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0
            """;

    private static final String V6 =
            """
            20010db8000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 20010db8000000000000000000000001 00000400 00000002 00000000 00000003     eth0
            20010db8000000000000000000000002 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000003 00000000 80200001     eth0
            00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
            """;

    private static final String NEIGHBOURS =
            """
            IP address       HW type     Flags       HW address            Mask     Device
            192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0
            192.0.2.77       0x1         0x0         00:00:00:00:00:00     *        eth0
            """;

    @TempDir Path root;

    @Test
    void readsRoutesAndNeighboursOfTheNetworkNginxLivesIn() throws Exception {
        Scene scene =
                new Scene(root)
                        .seen(Given.master(12, new Namespaces(7, 8, 9)))
                        .file("/proc/12/net/route", V4)
                        .file("/proc/12/net/ipv6_route", V6)
                        .file("/proc/12/net/arp", NEIGHBOURS);

        assertThat(scene.facts(new Ways(), Routes.class))
                .containsExactly(
                        new Routes(
                                7,
                                List.of(
                                        new Route(
                                                "0.0.0.0/0",
                                                Optional.of("192.0.2.1"),
                                                "eth0",
                                                false),
                                        new Route("192.0.2.0/24", Optional.empty(), "eth0", false),
                                        new Route("10.1.0.0/16", Optional.empty(), "*", true),
                                        new Route("2001:db8::/64", Optional.empty(), "eth0", false),
                                        new Route(
                                                "::/0", Optional.of("2001:db8::1"), "eth0", false)),
                                List.of(
                                        new Neighbour("192.0.2.1", "eth0", true),
                                        new Neighbour("192.0.2.77", "eth0", false)),
                                true));
    }

    @Test
    void brokenLinesAreLeftOut() throws Exception {
        Scene scene =
                new Scene(root)
                        .seen(Given.master(12, new Namespaces(7, 8, 9)))
                        .file("/proc/12/net/route", "Iface\neth0 zz\n\neth0 00000000\n");

        assertThat(scene.facts(new Ways(), Routes.class))
                .containsExactly(new Routes(7, List.of(), List.of(), true));
    }

    @Test
    void seesNothingWhereNoNginxRuns() throws Exception {
        assertThat(new Scene(root).observations(new Ways())).isEmpty();
    }
}
