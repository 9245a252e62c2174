package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Site;
import dev.gatemend.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationObserverTest {
    private static final String SITE = "server { listen 80; server_name %s; }";
    private final NginxBuilds builds = new NginxBuilds();
    private final ConfigurationObserver observer = new ConfigurationObserver(builds);

    @TempDir private Path root;

    @Test
    void followsAbsoluteLinksInsideTheMastersRoot() throws Exception {
        scene().file(
                        "/proc/812/root/etc/nginx/nginx.conf",
                        "events {} http { include /etc/nginx/sites-enabled/*; }")
                .file("/proc/812/root/etc/nginx/sites-available/a", SITE.formatted("inside"));
        Files.createDirectories(root.resolve("proc/812/root/etc/nginx/sites-enabled"));
        Files.createSymbolicLink(
                root.resolve("proc/812/root/etc/nginx/sites-enabled/a"),
                Path.of("/etc/nginx/sites-available/a"));

        NginxConfiguration configuration = only(scene().seen(master(812)));

        assertThat(configuration.problems()).isEmpty();
        assertThat(names(configuration)).containsExactly("inside");
        assertThat(configuration.files())
                .extracting(ConfigurationFile::path)
                .containsExactly("/etc/nginx/nginx.conf", "/etc/nginx/sites-enabled/a");
        assertThat(configuration.files()).allMatch(file -> file.modified().isPresent());
    }

    @Test
    void keepsTheConfigurationsOfTwoContainersApart() throws Exception {
        for (int pid : List.of(812, 912)) {
            scene().file(
                            "/proc/" + pid + "/root/etc/nginx/nginx.conf",
                            "events {} http { " + SITE.formatted("site" + pid) + " }");
        }
        NginxMaster first = master(812);
        NginxMaster second = master(912);

        List<NginxConfiguration> configurations =
                scene().seen(first, second).facts(observer, NginxConfiguration.class);

        assertThat(configurations)
                .filteredOn(c -> c.isOf(second))
                .singleElement()
                .extracting(this::names)
                .isEqualTo(List.of("site912"));
    }

    @Test
    void readsOurOwnFilesForAMasterWhoseRootIsClosed() throws Exception {
        scene().file("/etc/nginx/nginx.conf", "events {} http { " + SITE.formatted("ours") + " }");

        assertThat(names(only(scene().seen(master(812))))).containsExactly("ours");
    }

    @Test
    void saysThatAContainersFilesAreClosed() throws Exception {
        scene().file("/etc/nginx/nginx.conf", "events {}");
        NginxMaster master = master(812);
        NginxMaster contained =
                new NginxMaster(
                        master.pid(),
                        master.binary(),
                        master.version(),
                        master.prefix(),
                        master.configuration(),
                        master.commandLine(),
                        master.workers(),
                        master.workerIdentity(),
                        master.namespaces(),
                        Optional.of("deadbeef"),
                        master.unit(),
                        master.workersSince());

        assertThat(scene().seen(contained).facts(observer, NginxConfiguration.class)).isEmpty();
        assertThat(scene().seen(contained).excuses(observer))
                .containsExactly(
                        "the files of container deadbeef that nginx 812 runs in; run with sudo");
    }

    @Test
    @Timeout(20)
    void doesNotWaitAtAFifo() throws Exception {
        scene().file("/etc/nginx/nginx.conf", "events {} include /etc/nginx/fifo;");
        new ProcessCommands()
                .run(Duration.ofSeconds(5), List.of("mkfifo", root + "/etc/nginx/fifo"));

        assertThat(scene().seen(master(812)).excuses(observer))
                .containsExactly("\"/etc/nginx/fifo\" could not be read: is not a regular file");
    }

    @Test
    void readsWhatShouldRunAndLeavesAloneWhatNeedNot() throws Exception {
        scene().file("/etc/nginx/nginx.conf", "events {}")
                .file("/etc/nginx/other.conf", "events {}")
                .file("/proc/812/root/etc/nginx/nginx.conf", "events {}");
        NginxInstallation expected = installation("/etc/nginx/other.conf", Optional.of("enabled"));
        NginxInstallation idle = installation("/etc/nginx/other.conf", Optional.empty());

        assertThat(paths(scene().seen(master(812), expected)))
                .containsExactly("/etc/nginx/nginx.conf", "/etc/nginx/other.conf");
        assertThat(paths(scene().seen(master(812), idle))).containsExactly("/etc/nginx/nginx.conf");
        assertThat(paths(scene().seen(idle))).containsExactly("/etc/nginx/other.conf");
    }

    @Test
    @Tag("root")
    void readsWhatARealNginxInItsOwnMountNamespaceReads(@TempDir Path prefix) throws Exception {
        Path hidden = Files.createDirectories(prefix.resolve("hidden"));
        String script =
                "mount -t tmpfs none DIR && echo 'server { listen unix:DIR/s; server_name inner; }'"
                        + " > DIR/a.conf && exec \"$@\"";
        try (RealNginx nginx =
                RealNginx.start(
                        prefix,
                        "user www-data;",
                        "include hidden/*.conf;",
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        script.replace("DIR", hidden.toString()),
                        "sh")) {
            NginxMaster master =
                    Scene.real()
                            .configuration(prefix + "/nginx.conf")
                            .facts(new NginxProcesses(builds), NginxMaster.class)
                            .getFirst();

            NginxConfiguration configuration = only(Scene.real().seen(master));

            assertThat(hidden).isEmptyDirectory();
            assertThat(configuration.nginx()).isEqualTo(nginx.pid());
            assertThat(configuration.version()).isEqualTo(new Version(1, 22, 1));
            assertThat(names(configuration)).containsExactly("inner");
            assertThat(configuration.main().value("daemon")).contains("off");
            assertThat(configuration.logs())
                    .extracting(log -> log.destination())
                    .contains(new LogDestination.File(prefix + "/logs/error.log"));
            assertThat(configuration.problems()).isEmpty();
        }
    }

    private Scene scene() {
        return new Scene(root);
    }

    private static NginxMaster master(int pid) {
        return Given.master(pid, Namespaces.UNKNOWN);
    }

    private static NginxInstallation installation(String path, Optional<String> expected) {
        return new NginxInstallation(
                "/usr/sbin/nginx", Optional.of(new Version(1, 22, 1)), "/p", path, expected);
    }

    private NginxConfiguration only(Scene scene) throws IOException, InterruptedException {
        List<NginxConfiguration> configurations = scene.facts(observer, NginxConfiguration.class);
        assertThat(configurations).hasSize(1);
        return configurations.getFirst();
    }

    private List<String> paths(Scene scene) throws IOException, InterruptedException {
        return scene.facts(observer, NginxConfiguration.class).stream()
                .map(NginxConfiguration::path)
                .toList();
    }

    private List<String> names(NginxConfiguration configuration) {
        return configuration.sites().stream().map(Site::name).toList();
    }
}
