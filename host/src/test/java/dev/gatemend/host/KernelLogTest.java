package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.KernelEvent.ConntrackFull;
import dev.gatemend.model.KernelEvent.Denial;
import dev.gatemend.model.KernelEvent.OomKill;
import dev.gatemend.model.KernelEvent.Segfault;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine of these tests booted at 11:00 and is asked at 12:00. */
class KernelLogTest {
    private static final Instant AT = Instant.parse("2026-03-01T11:01:40.500Z");

    @TempDir Path root;

    @Test
    void namesTheProcessThatAControlGroupsLimitKilled() throws Exception {
        assertThat(
                        events(
                                "oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/system.slice/shop.service,task_memcg=/system.slice/shop.service,task=node,pid=812,uid=33",
                                "Memory cgroup out of memory: Killed process 812 (node) total-vm:1049456kB, anon-rss:65536kB, file-rss:4096kB, shmem-rss:0kB, UID:33 pgtables:300kB oom_score_adj:0"))
                .containsExactly(
                        new OomKill(
                                AT,
                                812,
                                "node",
                                Optional.of("/system.slice/shop.service"),
                                true,
                                65_536L * 1024));
    }

    @Test
    void lendsNoControlGroupToAnotherProcess() throws Exception {
        assertThat(
                        events(
                                "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/a,task=node,pid=812,uid=33",
                                "Out of memory: Killed process 813 (a) b (c) total-vm:8kB, anon-rss:4kB, file-rss:0kB"))
                .containsExactly(new OomKill(AT, 813, "a) b (c", Optional.empty(), false, 4096));
    }

    @Test
    void namesTheProcessThatFaulted() throws Exception {
        assertThat(
                        events(
                                "php-fpm8.4[77]: segfault at 8 ip 00007f1c sp 00007ffd error 4 in imagick.so[7f1c000+5000] likely on CPU 1 (core 1, socket 0)",
                                "traps: node[78] general protection fault ip:7f sp:7e error:0 in libc.so.6[7f00+1000]",
                                "traps: node[79] trap invalid opcode ip:7f sp:7e error:0"))
                .containsExactly(
                        new Segfault(AT, 77, "php-fpm8.4", "segfault", Optional.of("imagick.so")),
                        new Segfault(
                                AT,
                                78,
                                "node",
                                "general protection fault",
                                Optional.of("libc.so.6")),
                        new Segfault(AT, 79, "node", "trap invalid opcode", Optional.empty()));
    }

    @Test
    void readsRefusalsOfBothSecurityModulesAtTheAuditsOwnTime() throws Exception {
        Instant audited = Instant.parse("2026-03-01T11:30:00.125Z");
        assertThat(
                        events(
                                "audit: type=1400 audit(1772364600.125:45): avc:  denied  { name_connect } for  pid=12 comm=\"nginx\" dest=3000 scontext=system_u:system_r:httpd_t:s0 tcontext=system_u:object_r:ntop_port_t:s0 tclass=tcp_socket permissive=0",
                                "audit: type=1400 audit(1772364600.125:46): apparmor=\"DENIED\" operation=\"connect\" class=\"file\" profile=\"nginx\" name=\"/run/app.sock\" pid=12 comm=\"nginx\" requested_mask=\"wr\""))
                .containsExactly(
                        new Denial(
                                audited,
                                "selinux",
                                12,
                                "nginx",
                                "name_connect",
                                "system_u:system_r:httpd_t:s0",
                                Optional.of("system_u:object_r:ntop_port_t:s0"),
                                true),
                        new Denial(
                                audited,
                                "apparmor",
                                12,
                                "nginx",
                                "connect",
                                "nginx",
                                Optional.of("/run/app.sock"),
                                true));
    }

    @Test
    void aPermissiveRefusalRefusesNothing() throws Exception {
        assertThat(
                        events(
                                "audit: type=1400 audit(1772364600.125:45): avc:  denied  { write } for  pid=12 comm=\"nginx\" scontext=a tcontext=b permissive=1"))
                .singleElement()
                .extracting(e -> ((Denial) e).enforced())
                .isEqualTo(false);
    }

    @Test
    void seesAFullTableOfConnections() throws Exception {
        assertThat(events("nf_conntrack: nf_conntrack: table full, dropping packet"))
                .containsExactly(new ConntrackFull(AT));
    }

    @Test
    void takesNoWordsWithinALineForAnEvent() throws Exception {
        assertThat(
                        events(
                                "usb 1-1: Product: Out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB",
                                "audit: type=1400 audit(1772364600.125:45): apparmor=\"ALLOWED\" operation=\"open\" pid=1",
                                "EXT4-fs (vda): mounted filesystem"))
                .isEmpty();
    }

    @Test
    void saysWhenItMayNotRead() throws Exception {
        KernelLog observer =
                new KernelLog(
                        _ -> {
                            throw new NativeFailure("klogctl", 1, "Operation not permitted");
                        });

        assertThat(new Scene(root).facts(observer, CouldNotLook.class))
                .containsExactly(
                        new CouldNotLook(
                                "kernel log", "permission denied; run with sudo (sudo dmesg)"));
    }

    @Test
    void isQuietOnAHostMadeOfFiles() throws Exception {
        assertThat(new Scene(root).observations(new KernelLog())).isEmpty();
    }

    private List<KernelEvent> events(String... texts) throws Exception {
        StringBuilder lines = new StringBuilder("<6>a line without a stamp\n");
        for (String text : texts) {
            lines.append("<4>[  100.500000][   T12] ").append(text).append('\n');
        }
        return new Scene(root)
                .file("/proc/uptime", "3600.00 7000.00\n")
                .facts(new KernelLog(_ -> lines.toString()), KernelEvent.class);
    }
}
