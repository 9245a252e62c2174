package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Identity;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a /proc laid out by hand, and on real processes. */
class NginxProcessesTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private final NginxProcesses observer = new NginxProcesses(new NginxBuilds());

    @TempDir private Path root;
    private ProcTree tree;

    @BeforeEach
    void layOut() throws IOException {
        tree = new ProcTree(root.resolve("proc"));
        tree.uptime("1000.00 1000.00");
        tree.process(1, 0, 0, "systemd").arguments("/sbin/init");
    }

    @Test
    void tellsMasterWorkersIdentityUnitAndTimes() throws Exception {
        master(812, "/usr/sbin/nginx -g daemon on; master_process on;");
        tree.process(813, 812, 99_000, "nginx")
                .arguments("nginx: worker process")
                .ids(33, 33, "4 33");
        tree.process(814, 812, 98_000, "nginx").arguments("nginx: worker process").ids(33, 33, "");
        tree.process(815, 812, 90_000, "nginx").arguments("nginx: cache manager process");
        tree.process(700, 812, 1, "nginx").arguments("nginx: worker process is shutting down");
        tree.file(812, "cgroup", "0::/system.slice/nginx.service\n");
        tree.file(813, "root/etc/passwd", "root:x:0:0::/:/bin/sh\nwww-data:x:33:33::/:/bin/sh\n");

        NginxMaster master = only(scene());

        assertThat(master)
                .isEqualTo(
                        new NginxMaster(
                                812,
                                "/usr/sbin/nginx",
                                Optional.of(new Version(1, 22, 1)),
                                "/usr/share/nginx",
                                "/etc/nginx/nginx.conf",
                                List.of(
                                        "nginx: master process /usr/sbin/nginx -g daemon on;"
                                                + " master_process on;"),
                                List.of(813, 814),
                                Optional.of(new Identity("www-data", 33, 33, List.of(4, 33))),
                                new Namespaces(11, 22, 33),
                                Optional.empty(),
                                Optional.of("nginx.service"),
                                Optional.of(
                                        Instant.parse("2026-03-01T12:00:00Z").minusSeconds(20))));
    }

    @Test
    void joinsARelativePrefixToTheWorkingDirectoryAndTheConfigurationToThePrefix()
            throws Exception {
        master(812, "nginx -p ./site -c conf/n.conf");
        tree.link(812, "cwd", "/srv");

        NginxMaster master = only(scene());

        assertThat(master.prefix()).isEqualTo("/srv/site");
        assertThat(master.configuration()).isEqualTo("/srv/site/conf/n.conf");
    }

    @Test
    void namesTheBinaryOfAMasterWhoseFileWasReplaced() throws Exception {
        master(812, "/usr/sbin/nginx");
        Files.delete(tree.of(812).resolve("exe"));
        Path binary = root.resolve("usr/sbin/nginx");
        Files.createDirectories(binary.getParent());
        Files.copy(NGINX, root.resolve("usr/sbin/nginx (deleted)"));
        tree.link(812, "exe", binary + " (deleted)");

        NginxMaster master = only(scene());

        assertThat(master.binary()).isEqualTo(binary.toString());
        assertThat(master.version()).contains(new Version(1, 22, 1));
    }

    @Test
    void namesTheContainer() throws Exception {
        master(812, "nginx -g daemon off;");
        String id = "deadbeefcafe".repeat(6).substring(0, 64);
        tree.file(812, "cgroup", "0::/system.slice/docker-" + id + ".scope\n");

        NginxMaster master = only(scene());

        assertThat(master.container()).contains("deadbeefcafe");
        assertThat(master.unit()).isEmpty();
    }

    @Test
    void translatesTheWorkersUidOutOfAUserNamespace() throws Exception {
        master(812, "nginx");
        tree.process(813, 812, 1, "nginx")
                .arguments("nginx: worker process")
                .ids(100_100, 100_100, "");
        tree.file(813, "uid_map", "         0     100000      65536\n");
        tree.file(813, "root/etc/passwd", "nginx:x:100:101::/:/bin/sh\n");

        assertThat(only(scene()).workerIdentity().orElseThrow().user()).isEqualTo("nginx");
    }

    @Test
    void leavesOutAProcessThatOnlyCallsItselfNginx() throws Exception {
        tree.process(666, 1, 1, "sh").arguments("nginx: master process /home/eve/nginx");
        tree.link(666, "exe", "/bin/sh");

        assertThat(scene().facts(observer, NginxMaster.class)).isEmpty();
        assertThat(scene().excuses(observer))
                .singleElement()
                .asString()
                .startsWith("process 666 calls itself an nginx master, but its program");
    }

    @Test
    void isSilentAboutCommandsThatMentionNginx() throws Exception {
        tree.process(667, 1, 1, "grep").arguments("grep", "nginx: master process");

        assertThat(scene().facts(observer, NginxMaster.class)).isEmpty();
        assertThat(scene().excuses(observer)).isEmpty();
    }

    @Test
    void keepsOnlyTheMastersThatUseTheFileAskedFor() throws Exception {
        master(812, "nginx -c /etc/nginx/a.conf");
        master(912, "nginx -c /etc/nginx/b.conf");

        assertThat(scene().configuration("/etc/nginx/b.conf").facts(observer, NginxMaster.class))
                .extracting(NginxMaster::pid)
                .containsExactly(912);
    }

    @Test
    void expectsAnNginxForAFileNobodyUses() throws Exception {
        master(812, "nginx -c /etc/nginx/a.conf");
        install();

        assertThat(
                        scene().configuration("/etc/nginx/c.conf")
                                .facts(observer, NginxInstallation.class))
                .containsExactly(
                        new NginxInstallation(
                                "/usr/sbin/nginx",
                                Optional.of(new Version(1, 22, 1)),
                                "/usr/share/nginx",
                                "/etc/nginx/c.conf",
                                Optional.of("--config names it")));
    }

    @Test
    void expectsNothingOfAnInstalledNginxWithNothingButSites() throws Exception {
        install();
        Files.createDirectories(root.resolve("etc/nginx/sites-enabled"));
        Files.createFile(root.resolve("etc/nginx/sites-enabled/default"));

        assertThat(expectations()).containsExactly(Optional.empty());
    }

    @Test
    void expectsAnNginxThatLeftItsPidFileBehind() throws Exception {
        install();
        scene().file("/run/nginx.pid", "4711\n");

        assertThat(expectations())
                .containsExactly(
                        Optional.of(
                                "/run/nginx.pid is left behind by process 4711, which is gone"));
    }

    @Test
    void looksForThePidFileWhereTheConfigurationPutsIt() throws Exception {
        install();
        scene().file("/etc/nginx/nginx.conf", "pid /run/web/n.pid; events {}")
                .file("/run/web/n.pid", "4711\n");

        assertThat(expectations())
                .containsExactly(
                        Optional.of(
                                "/run/web/n.pid is left behind by process 4711, which is gone"));
    }

    @Test
    void expectsNothingWhenThePidFilesNginxIsAlive() throws Exception {
        install();
        scene().file("/run/nginx.pid", "812\n");
        master(812, "/usr/sbin/nginx");

        assertThat(expectations()).containsExactly(Optional.empty());
    }

    @Test
    void expectsAnNginxWhoseUnitFailed() throws Exception {
        install();
        assertThat(expectationOfUnit("enabled", "failed", "/usr/sbin/nginx"))
                .containsExactly(Optional.of("nginx.service failed (exit-code)"));
        assertThat(expectationOfUnit("enabled", "inactive", "/usr/sbin/nginx"))
                .containsExactly(Optional.of("nginx.service is enabled and inactive"));
    }

    @Test
    void expectsNothingOfAUnitThatIsDisabledOrStartsAnotherProgram() throws Exception {
        install();
        assertThat(expectationOfUnit("disabled", "inactive", "/usr/sbin/nginx"))
                .containsExactly(Optional.empty());
        assertThat(expectationOfUnit("enabled", "failed", "/opt/nginx/sbin/nginx"))
                .containsExactly(Optional.empty());
    }

    @Test
    void saysThatProcHidesProcesses() throws Exception {
        Files.move(tree.of(1), root.resolve("elsewhere"));

        assertThat(scene().excuses(observer))
                .containsExactly(
                        "/proc hides the processes of other users (hidepid); run with sudo");
    }

    @Test
    @Tag("root")
    void seesARealNginx(@TempDir Path prefix) throws Exception {
        Instant before = Instant.now();
        try (RealNginx nginx = RealNginx.start(prefix, "user www-data;", "")) {
            NginxMaster master =
                    Scene.real().facts(observer, NginxMaster.class).stream()
                            .filter(m -> m.prefix().equals(prefix.toString()))
                            .findFirst()
                            .orElseThrow();

            assertThat(master.pid()).isEqualTo(nginx.pid());
            assertThat(master.configuration()).isEqualTo(prefix + "/nginx.conf");
            assertThat(master.binary()).isEqualTo("/usr/sbin/nginx");
            assertThat(master.version()).contains(new Version(1, 22, 1));
            assertThat(master.workers()).hasSize(1);
            assertThat(master.workerIdentity().orElseThrow().user()).isEqualTo("www-data");
            assertThat(master.workersSince().orElseThrow())
                    .isBetween(before.minusMillis(50), Instant.now().plusMillis(50));
            assertThat(NginxCommandLine.parse(master.commandLine().getFirst()).orElseThrow())
                    .extracting(NginxCommandLine::globals)
                    .isEqualTo(Optional.of("daemon off;"));
        }
    }

    @Test
    @Tag("root")
    void seesARealNginxInNamespacesOfItsOwn(@TempDir Path prefix) throws Exception {
        try (RealNginx nginx =
                RealNginx.start(
                        prefix, "user nobody nogroup;", "", "unshare", "--net", "--mount")) {
            Scene scene = Scene.real().configuration(prefix + "/nginx.conf");
            NginxMaster master = scene.facts(observer, NginxMaster.class).getFirst();
            Namespaces ours =
                    new ProcessFiles(Path.of("/proc"))
                            .namespaces(Math.toIntExact(ProcessHandle.current().pid()));

            assertThat(master.pid()).isEqualTo(nginx.pid());
            assertThat(master.namespaces().network()).isNotIn(0L, ours.network());
            assertThat(master.namespaces().mount()).isNotIn(0L, ours.mount());
            assertThat(master.namespaces().pid()).isEqualTo(ours.pid());
            assertThat(master.workerIdentity().orElseThrow().user()).isEqualTo("nobody");
        }
    }

    private void master(int pid, String call) throws IOException {
        tree.process(pid, 1, 50_000, "nginx")
                .arguments("nginx: master process " + call)
                .ids(0, 0, "")
                .namespaces(11, 22, 33);
        tree.link(pid, "exe", NGINX.toString());
    }

    private void install() throws IOException {
        Files.createDirectories(root.resolve("usr/sbin"));
        Files.copy(NGINX, root.resolve("usr/sbin/nginx"));
    }

    private Scene scene() {
        return new Scene(root);
    }

    private NginxMaster only(Scene scene) throws Exception {
        List<NginxMaster> masters = scene.facts(observer, NginxMaster.class);
        assertThat(masters).hasSize(1);
        return masters.getFirst();
    }

    private List<Optional<String>> expectations() throws Exception {
        return scene().facts(observer, NginxInstallation.class).stream()
                .map(NginxInstallation::expected)
                .toList();
    }

    private List<Optional<String>> expectationOfUnit(String enabled, String state, String binary)
            throws Exception {
        Files.createDirectories(root.resolve("run/systemd/system"));
        Commands systemctl =
                (Duration _, List<String> arguments) ->
                        new Commands.Answer(
                                0,
                                arguments.getLast().equals("nginx.service")
                                        ? "LoadState=loaded\nUnitFileState="
                                                + enabled
                                                + "\nActiveState="
                                                + state
                                                + "\nResult=exit-code\nExecStart={ path="
                                                + binary
                                                + " ; argv[]="
                                                + binary
                                                + " }\n"
                                        : "LoadState=not-found\n",
                                "",
                                false);
        return scene().commands(systemctl).facts(observer, NginxInstallation.class).stream()
                .map(NginxInstallation::expected)
                .toList();
    }
}
