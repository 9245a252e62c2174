package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.at;
import static dev.gatemend.diagnosis.Refusals.failed;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Finding;
import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.Routes;
import dev.gatemend.model.SecurityModule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A security module says no. */
class SelinuxDeniedTest {
    @Test
    void speaksWhenATcpConnectIsDeniedAndTheAuditLineNamesNginx() {
        MatterBuilder scene =
                denied().seen(new SecurityModule("selinux", "enforcing"), "security", "getenforce")
                        .seen(refusal("name_connect", true), "kernel log", "dmesg -T");

        Finding verdict = assertVerdict(diagnose(scene), "selinux-denied", 0.98);
        assertThat(verdict.title()).isEqualTo("SELinux denies nginx the connect to 10.0.0.5:8000");
        assertThat(commands(verdict)).contains("sudo setsebool -P httpd_can_network_connect on");
    }

    @Test
    void speaksWhenOnlyTheErrnoAndTheModuleAreSeen() {
        MatterBuilder scene =
                denied().seen(new SecurityModule("selinux", "enforcing"), "security", "getenforce");

        assertVerdict(diagnose(scene), "selinux-denied", 0.8);
    }

    @Test
    void isRuledOutWhenNoModuleEnforces() {
        Diagnosis diagnosis =
                diagnose(
                        denied().seen(
                                        new SecurityModule("selinux", "permissive"),
                                        "security",
                                        "getenforce")
                                .seen(
                                        new SecurityModule("apparmor", "inactive"),
                                        "security",
                                        "aa-status"));

        assertThat(ruledOut(diagnosis)).contains("selinux-denied");
    }

    @Test
    void speaksOfASocketThatTheModesWouldAdmit() {
        MatterBuilder scene =
                failed(13, "eacces")
                        .seen(at(FileKind.SOCKET, 0777, 7), "path", "namei")
                        .seen(new SecurityModule("selinux", "enforcing"), "security", "getenforce")
                        .seen(refusal("connectto", true), "kernel log", "dmesg -T");

        assertVerdict(diagnose(scene), "selinux-denied", 0.9);
    }

    @Test
    void takesNoRefusalThatWasOnlyWrittenDownForOne() {
        Diagnosis diagnosis =
                diagnose(
                        denied().seen(
                                        new SecurityModule("selinux", "permissive"),
                                        "security",
                                        "getenforce")
                                .seen(refusal("name_connect", false), "kernel log", "dmesg -T"));

        assertThat(ruledOut(diagnosis)).contains("selinux-denied");
    }

    @Test
    void staysBehindClosedModes() {
        MatterBuilder scene =
                failed(13, "eacces")
                        .seen(at(FileKind.SOCKET, 0700, 7), "path", "namei")
                        .seen(new SecurityModule("selinux", "enforcing"), "security", "getenforce");

        assertThat(probability(diagnose(scene), "selinux-denied")).isLessThan(0.05);
        assertVerdict(diagnose(scene), "socket-permission", 0.9);
    }

    @Test
    void isRuledOutWhereARouteRefusesAndNoAuditLineTellsOfIt() {
        MatterBuilder prohibited =
                denied().seen(new SecurityModule("selinux", "enforcing"), "security", "getenforce")
                        .seen(
                                new Routes(
                                        NETWORK,
                                        List.of(
                                                new Routes.Route(
                                                        "10.0.0.5/32",
                                                        Optional.empty(),
                                                        "*",
                                                        true)),
                                        List.of(new Routes.Neighbour("10.0.0.5", "eth0", true)),
                                        true),
                                "routes",
                                "ip route");

        assertThat(ruledOut(diagnose(prohibited))).contains("selinux-denied");
        assertVerdict(diagnose(prohibited), "host-unreachable", 0.85);
        assertVerdict(
                diagnose(prohibited.seen(refusal("name_connect", true), "kernel log", "dmesg -T")),
                "selinux-denied",
                0.6);
    }

    @Test
    void staysSilentOfARefusedConnect() {
        MatterBuilder scene =
                failed(111, "econnrefused")
                        .seen(new SecurityModule("selinux", "enforcing"), "security", "getenforce");

        assertThat(probability(diagnose(scene), "selinux-denied")).isZero();
    }

    private static KernelEvent refusal(String operation, boolean enforced) {
        return new KernelEvent.Denial(
                NOW.minusSeconds(30),
                "selinux",
                813,
                "nginx",
                operation,
                "system_u:system_r:httpd_t:s0",
                Optional.of("system_u:object_r:unreserved_port_t:s0"),
                enforced);
    }

    private static MatterBuilder denied() {
        return new MatterBuilder()
                .peer("10.0.0.5:8000")
                .logged(
                        "connect-to-failed-eacces",
                        "connect() to 10.0.0.5:8000 failed (13: Permission denied)",
                        13,
                        "connecting to upstream");
    }
}
