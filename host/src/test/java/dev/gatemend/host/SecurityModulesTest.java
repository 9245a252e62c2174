package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Namespaces;
import dev.gatemend.model.SecurityModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityModulesTest {
    private final SecurityModules observer = new SecurityModules();

    @TempDir Path root;

    @Test
    void saysInactiveWhereNeitherIsThere() throws Exception {
        assertThat(new Scene(root).facts(observer, SecurityModule.class))
                .containsExactly(
                        new SecurityModule("selinux", "inactive"),
                        new SecurityModule("apparmor", "inactive"));
    }

    @Test
    void tellsEnforcingFromPermissive() throws Exception {
        assertThat(selinux(new Scene(root).file("/sys/fs/selinux/enforce", "1")))
                .isEqualTo("enforcing");
        assertThat(selinux(new Scene(root).file("/sys/fs/selinux/enforce", "0")))
                .isEqualTo("permissive");
    }

    @Test
    void aProcessSelinuxLeavesAloneIsUnconfined() throws Exception {
        Scene scene =
                new Scene(root)
                        .seen(Given.master(12, Namespaces.UNKNOWN))
                        .file("/sys/fs/selinux/enforce", "1");

        scene.file("/proc/12/attr/current", "system_u:system_r:unconfined_service_t:s0\0");
        assertThat(selinux(scene)).isEqualTo("unconfined");

        scene.file("/proc/12/attr/current", "system_u:system_r:httpd_t:s0\0");
        assertThat(selinux(scene)).isEqualTo("enforcing");
    }

    @Test
    void appArmorCountsOnlyWithAProfileOnNginx() throws Exception {
        Scene scene =
                new Scene(root)
                        .seen(Given.master(12, Namespaces.UNKNOWN))
                        .file("/sys/module/apparmor/parameters/enabled", "Y\n");

        scene.file("/proc/12/attr/current", "unconfined\n");
        assertThat(appArmor(scene)).isEqualTo("unconfined");

        scene.file("/proc/12/attr/current", "nginx (enforce)\n");
        assertThat(appArmor(scene)).isEqualTo("enforcing");

        scene.file("/proc/12/attr/current", "nginx (complain)\n");
        assertThat(appArmor(scene)).isEqualTo("permissive");
    }

    private String selinux(Scene scene) throws Exception {
        return scene.facts(observer, SecurityModule.class).getFirst().state();
    }

    private String appArmor(Scene scene) throws Exception {
        return scene.facts(observer, SecurityModule.class).getLast().state();
    }
}
