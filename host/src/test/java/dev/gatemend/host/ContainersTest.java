package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Docker's API tells, and when it is not asked. */
class ContainersTest {
    private static final String ID = "0123456789ab".repeat(5) + "cdef";

    /** Shortened from an answer of dockerd 20.10.24. */
    private static final String KILLED =
            """
            {"Id":"%s","Name":"/shop","RestartCount":2,
             "State":{"Status":"exited","OOMKilled":true,"Pid":0,"ExitCode":137,"Error":"",
               "StartedAt":"2026-03-01T11:00:00.5Z","FinishedAt":"0001-01-01T00:00:00Z"},
             "HostConfig":{"Memory":67108864,"RestartPolicy":{"Name":"no"},
               "PortBindings":{"8000/tcp":[{"HostIp":"","HostPort":"18000"}],"53/udp":[{"HostPort":"53"}]}},
             "Config":{"Image":"shop:1","ExposedPorts":{"8000/tcp":{}},
               "Labels":{"com.docker.compose.service":"web"}},
             "NetworkSettings":{"Ports":{},"Networks":{"back":{"IPAddress":"","Aliases":["web"],"Gateway":""}}}}
            """
                    .formatted(ID);

    @TempDir Path root;

    @Test
    void readsAContainerThatTheKernelKilled() {
        Container shop = ShownContainer.read("docker", ID, Json.read(KILLED)).orElseThrow();

        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.isRunning()).isFalse();
        assertThat(shop.life().oomKilled()).isTrue();
        assertThat(shop.life().exitCode()).isEqualTo(137);
        assertThat(shop.life().pid()).isEqualTo(OptionalInt.empty());
        assertThat(shop.life().startedAt()).isPresent();
        assertThat(shop.life().finishedAt()).isEmpty();
        assertThat(shop.memoryLimit()).isEqualTo(OptionalLong.of(67_108_864));
        assertThat(shop.published())
                .containsExactly(new Container.Publication("0.0.0.0", 18_000, 8000));
        assertThat(shop.exposed()).containsExactly(8000);
        assertThat(shop.networks().getFirst().addresses()).isEmpty();
        assertThat(shop.networks().getFirst().aliases()).containsExactly("web");
        assertThat(shop.composeService()).contains("web");
    }

    @Test
    void takesNothingFromAnAnswerOfAnotherShape() {
        assertThat(ShownContainer.read("docker", ID, Json.read("[]"))).isEmpty();
        assertThat(ShownContainer.read("docker", ID, Json.read("{\"State\":{"))).isEmpty();
    }

    @Test
    void staysSilentWhereThereIsNoEngine() throws Exception {
        assertThat(new Scene(root).observations(new Containers())).isEmpty();
    }

    @Test
    void doesNotAskASocketThatMightStartItsEngine() throws Exception {
        Scene scene = new Scene(root).file("/run/docker.sock", "");

        assertThat(scene.excuses(new Containers()))
                .singleElement()
                .asString()
                .startsWith("docker was not seen running");
    }

    @Test
    void saysWhyItCouldNotAsk() throws Exception {
        Scene scene =
                new Scene(root)
                        .file("/run/docker.sock", "")
                        .file("/proc/7/cmdline", "/usr/sbin/dockerd\0-H\0fd://\0");

        assertThat(Files.exists(root.resolve("run/docker.sock"))).isTrue();
        assertThat(scene.excuses(new Containers()))
                .singleElement()
                .asString()
                .startsWith("cannot ask docker: ");
    }

    /** As dockerd's own command line says it; systemd hands the usual one over as fd://. */
    @Test
    void asksAnEngineWhereItWasToldToListen() throws Exception {
        Scene scene =
                new Scene(root)
                        .file("/srv/docker.sock", "")
                        .file(
                                "/proc/7/cmdline",
                                "/usr/bin/dockerd\0--host=unix:///srv/docker.sock\0--data-root\0/srv/d\0");

        assertThat(scene.excuses(new Containers()))
                .singleElement()
                .asString()
                .startsWith("cannot ask docker: ");
    }

    @Test
    void findsAContainersLogWhereItsEngineKeepsItsData() throws Exception {
        new Scene(root)
                .file("/proc/7/cmdline", "/usr/bin/dockerd\0--data-root\0/srv/d\0")
                .file("/srv/d/containers/%1$s/%1$s-json.log".formatted(ID), "{}");
        Host host = new Host(root, root.resolve("proc"), new FakeCommands(), true);

        assertThat(ContainerLogs.of(host, ID.substring(0, 12)))
                .contains(root.resolve("srv/d/containers/%1$s/%1$s-json.log".formatted(ID)));
    }
}
