package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.LocalAddresses;
import dev.gatemend.model.Namespaces;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfacesTest {
    private static final String TRIE =
            """
            Main:
              +-- 0.0.0.0/0 3 0 5
                 |-- 0.0.0.0
                    /0 universe UNICAST
                 +-- 192.0.2.0/24 2 0 2
                    |-- 192.0.2.0
                       /24 link UNICAST
                    |-- 192.0.2.2
                       /32 host LOCAL
                    |-- 192.0.2.255
                       /32 link BROADCAST
            """;

    @TempDir Path root;

    @Test
    void readsTheAddressesOfTheNetworkNginxLivesIn() throws Exception {
        Scene scene =
                new Scene(root)
                        .seen(Given.master(12, new Namespaces(7, 8, 9)))
                        .file("/proc/12/net/fib_trie", TRIE)
                        .file(
                                "/proc/12/net/if_inet6",
                                "20010db8000000000000000000000002 04 40 00 82     eth0\n");

        assertThat(scene.facts(new Interfaces(), LocalAddresses.class))
                .containsExactly(new LocalAddresses(7, List.of("192.0.2.2", "2001:db8::2")));
    }

    @Test
    void aHostWithoutIpv6HasItsIpv4AddressesAllTheSame() throws Exception {
        Scene scene =
                new Scene(root)
                        .seen(Given.master(12, new Namespaces(7, 8, 9)))
                        .file("/proc/12/net/fib_trie", TRIE);

        assertThat(scene.facts(new Interfaces(), LocalAddresses.class))
                .containsExactly(new LocalAddresses(7, List.of("192.0.2.2")));
    }

    @Test
    void seesNothingWhereNoNginxRuns() throws Exception {
        assertThat(new Scene(root).observations(new Interfaces())).isEmpty();
    }
}
