package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SocketTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    private final Processes observer = new Processes();
    @TempDir private Path directory;

    @Test
    @Tag("root")
    void tellsAnOwnersStateDescriptorsAndLimit() throws Exception {
        Instant before = Instant.now();
        try (Child app =
                Child.python(
                        """
                        import os, resource, sys
                        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 128))
                        files = [open("/dev/null") for _ in range(10)]
                        print("ready")
                        sys.stdin.read()
                        """)) {
            ProcessState state = state(app.pid());

            assertThat(state.name()).isEqualTo("python3");
            assertThat(state.state()).isEqualTo('S');
            assertThat(state.stopped()).isFalse();
            assertThat(state.openFiles()).hasValue(13);
            assertThat(state.openFilesLimit()).hasValue(64);
            assertThat(state.threads()).isEqualTo(1);
            assertThat(state.identity().user()).isEqualTo("root");
            assertThat(state.command()).contains("python3 -u -c import os").hasSizeLessThan(513);
            assertThat(state.startedAt())
                    .isBetween(before.minusMillis(50), Instant.now().plusMillis(50));
            assertThat(state.parent()).isEqualTo(Math.toIntExact(ProcessHandle.current().pid()));
        }
    }

    @Test
    void tellsAStoppedProcess() throws Exception {
        try (Child app =
                Child.python(
                        """
                        import os, signal, sys
                        child = os.fork()
                        if child == 0:
                            sys.stdin.read()
                            os._exit(0)
                        os.kill(child, signal.SIGSTOP)
                        os.waitid(os.P_PID, child, os.WSTOPPED)
                        print("ready")
                        print(child)
                        sys.stdin.read()
                        os.kill(child, signal.SIGKILL)
                        """)) {
            int child = Integer.parseInt(app.line());
            List<ProcessState> states = states(app.pid());

            assertThat(states).filteredOn(s -> s.pid() == child).allMatch(ProcessState::stopped);
            assertThat(states)
                    .filteredOn(s -> s.pid() == app.pid())
                    .allMatch(s -> s.children().equals(List.of(child)) && !s.stopped());
        }
    }

    @Test
    @Tag("root")
    void tellsNginxsOwnProcesses() throws Exception {
        try (RealNginx nginx =
                RealNginx.start(directory, "user www-data; worker_processes 2;", "")) {
            NginxMaster master = Given.master(nginx.pid(), Namespaces.UNKNOWN);

            List<ProcessState> states =
                    Scene.real().seen(master).facts(observer, ProcessState.class);

            assertThat(states)
                    .filteredOn(s -> s.parent() == master.pid())
                    .hasSize(2)
                    .allMatch(s -> s.identity().user().equals("www-data"))
                    .allMatch(s -> s.command().equals("nginx: worker process"));
        }
    }

    @Test
    void isSilentAboutAProcessThatIsGone() throws Exception {
        int gone;
        try (Child child = Child.python("import sys; print(); sys.stdin.read()")) {
            gone = child.pid();
        }
        assertThat(states(gone)).isEmpty();
    }

    @Test
    void readsANameThatLooksLikeFields() {
        assertThat(
                        ProcessStat.parse(
                                "7 (a) R 1 (b) T 3 1 1 0 -1 1 1 0 0 0 0 0 0 0 20 0 9 0 77 1 1 1"))
                .contains(new ProcessStat("a) R 1 (b", 'T', 3, 9, 77));
        assertThat(ProcessStat.parse("7 (a) R 1")).isEqualTo(Optional.empty());
        assertThat(ProcessStat.parse("")).isEqualTo(Optional.empty());
    }

    private ProcessState state(int pid) throws Exception {
        return states(pid).stream().filter(s -> s.pid() == pid).findFirst().orElseThrow();
    }

    private List<ProcessState> states(int owner) throws Exception {
        Listener listener =
                new Listener(
                        new Address.Tcp("127.0.0.1", 1),
                        1,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(owner),
                        0,
                        false,
                        OptionalLong.empty());
        return Scene.real()
                .seen(new SocketTable(1, List.of(listener), true))
                .facts(observer, ProcessState.class)
                .stream()
                .filter(s -> s.pid() == owner || s.parent() == owner)
                .toList();
    }
}
