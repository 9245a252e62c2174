package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Namespaces;
import dev.gatemend.model.PeerProbe;
import dev.gatemend.model.ProbeOutcome;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A peer is asked from nginx's network, not from ours. */
@Tag("root")
class ProbesInNamespaceTest {
    @Test
    void aPortThatAnswersHereIsClosedThere() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(c -> c.outwait());
                PrivateNetwork network = PrivateNetwork.open()) {
            List<PeerProbe> probes =
                    Scene.real()
                            .seen(
                                    Given.master(
                                            network.pid(), new Namespaces(network.inode(), 0, 0)),
                                    Given.peers(server.address()))
                            .facts(new Probes(), PeerProbe.class);

            assertThat(probes)
                    .singleElement()
                    .satisfies(
                            probe -> {
                                assertThat(probe.networkNamespace()).isEqualTo(network.inode());
                                assertThat(probe.outcome())
                                        .isEqualTo(
                                                new ProbeOutcome.ConnectFailed(
                                                        111, "Connection refused"));
                            });
        }
    }

    @Test
    void aDroppedPacketIsATimeOut() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.open()) {
            network.run("iptables", "-A", "OUTPUT", "-p", "tcp", "--dport", "8000", "-j", "DROP");

            List<PeerProbe> probes =
                    Scene.real()
                            .seen(
                                    Given.master(
                                            network.pid(), new Namespaces(network.inode(), 0, 0)),
                                    Given.peers("127.0.0.1:8000", "127.0.0.1:8001"))
                            .facts(new Probes(), PeerProbe.class);

            assertThat(probes)
                    .extracting(PeerProbe::outcome)
                    .hasExactlyElementsOfTypes(
                            ProbeOutcome.ConnectFailed.class, ProbeOutcome.ConnectTimedOut.class);
        }
    }
}
