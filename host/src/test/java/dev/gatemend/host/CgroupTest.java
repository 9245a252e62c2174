package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupTest {
    private static final String ID =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0::/system.slice/nginx.service | nginx.service | ''",
                "0::/system.slice/docker-ID.scope | '' | 0123456789ab",
                "0::/docker/ID | '' | 0123456789ab",
                "0::/machine.slice/libpod-ID.scope/container | '' | 0123456789ab",
                "0::/system.slice/web.service/libpod-payload-ID | web.service | 0123456789ab",
                "0::/kubepods/burstable/pod1-2/ID | '' | 0123456789ab",
                "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-ID.scope | '' | 0123456789ab",
                "0::/kubepods.slice/kubepods-pod1.slice/crio-ID.scope | '' | 0123456789ab",
                "0::/ecs/task-1/ID | '' | 0123456789ab",
                "0::/lxc/web/init.scope | '' | web",
                "0::/lxc.payload.web/system.slice/nginx.service | nginx.service | web",
                "0::/machine.slice/machine-web.scope | '' | web",
                "0::/user.slice/user-1000.slice/user@1000.service/app.slice/a.service | a.service | ''",
                "0::/user.slice/user-0.slice/session-3.scope | '' | ''",
                "0::/ | '' | ''"
            })
    void readsUnitAndContainerFromVersionTwo(String line, String unit, String container) {
        assertThat(Cgroup.parse(line.replace("ID", ID) + "\n"))
                .isEqualTo(new Cgroup(some(unit), some(container)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9:name=systemd:/docker/ID;4:memory:/docker/ID | '' | 0123456789ab",
                "9:name=systemd:/system.slice/php.service;4:memory:/x.service | php.service | ''",
                "4:memory:/system.slice/php.service | '' | ''"
            })
    void readsTheUnitOfVersionOneFromSystemdsHierarchyOnly(
            String lines, String unit, String container) {
        assertThat(Cgroup.parse(lines.replace("ID", ID).replace(';', '\n')))
                .isEqualTo(new Cgroup(some(unit), some(container)));
    }

    private static Optional<String> some(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
