package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ConntrackTable;
import dev.gatemend.model.Namespaces;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConntrackTest {
    @TempDir Path root;

    @Test
    void readsHowFullTheTableIs() throws Exception {
        Scene scene =
                new Scene(root)
                        .seen(Given.master(12, new Namespaces(7, 8, 9)))
                        .file("/proc/sys/net/netfilter/nf_conntrack_count", "65530\n")
                        .file("/proc/sys/net/netfilter/nf_conntrack_max", "65536\n");

        assertThat(scene.facts(new Conntrack(), ConntrackTable.class))
                .containsExactly(new ConntrackTable(7, 65_530, 65_536));
    }

    @Test
    void seesNothingWhereNoConnectionsAreTracked() throws Exception {
        Scene scene = new Scene(root).seen(Given.master(12, new Namespaces(7, 8, 9)));

        assertThat(scene.observations(new Conntrack())).isEmpty();
    }
}
