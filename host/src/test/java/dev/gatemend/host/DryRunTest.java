package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** On what nginx 1.22.1 printed. */
class DryRunTest {
    private static final String USER =
            "2026/11/21 11:31:34 [warn] 7#7: the \"user\" directive makes sense only if the master"
                    + " process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:1\n";
    private static final String OK =
            "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n";
    private static final String PID =
            "2026/11/21 11:31:34 [emerg] 7#7: open() \"/run/nginx.pid\" failed (13: Permission"
                    + " denied)\n";
    private static final String FAILED =
            "nginx: configuration file /etc/nginx/nginx.conf test failed\n";

    @Test
    void takesWhatComesFromTheAskingForNoRefusal() {
        assertThat(verdict(USER + OK + PID + FAILED))
                .contains(new ConfigurationVerdict("/etc/nginx/nginx.conf", true, List.of()));
    }

    @Test
    void keepsARefusalInNginxsWords() {
        String line = "2026/11/21 11:31:34 [emerg] 7#7: unknown directive \"proxy_pas\" in /x:8\n";

        assertThat(verdict(USER + line + FAILED))
                .contains(
                        new ConfigurationVerdict(
                                "/etc/nginx/nginx.conf",
                                false,
                                List.of("[emerg] unknown directive \"proxy_pas\" in /x:8")));
    }

    @Test
    void aRefusalAfterTheSyntaxIsOneToo() {
        String line = "2026/11/21 11:31:34 [emerg] 7#7: no \"events\" section in configuration\n";

        assertThat(verdict(OK + line + FAILED))
                .hasValueSatisfying(v -> assertThat(v.accepted()).isFalse());
    }

    @Test
    void aWarningIsNone() {
        String line =
                "2026/11/21 11:31:34 [warn] 7#7: conflicting server name \"a\" on 0.0.0.0:80\n";

        assertThat(verdict(line + OK + PID))
                .hasValueSatisfying(
                        v -> {
                            assertThat(v.accepted()).isTrue();
                            assertThat(v.messages()).hasSize(1);
                        });
    }

    @Test
    void readsALineWithoutTime() {
        assertThat(verdict("nginx: [emerg] unexpected end of file in /etc/nginx/nginx.conf:9\n"))
                .hasValueSatisfying(
                        v ->
                                assertThat(v.messages())
                                        .containsExactly(
                                                "[emerg] unexpected end of file in"
                                                        + " /etc/nginx/nginx.conf:9"));
    }

    @Test
    void silenceIsNoVerdict() {
        assertThat(verdict("setpriv: apply bounding set: Operation not permitted\n")).isEmpty();
    }

    @Test
    void anOldNginxIsNotGivenAnOptionItDoesNotKnow() {
        assertThat(run(new Version(1, 18, 0)).command()).doesNotContain("-e");
        assertThat(run(new Version(1, 22, 1)).command()).containsSequence("-e", "stderr");
    }

    private static Optional<ConfigurationVerdict> verdict(String error) {
        return run(new Version(1, 22, 1)).verdict(new Commands.Answer(1, "", error, false));
    }

    private static DryRun run(Version version) {
        return new DryRun(
                "/usr/sbin/nginx",
                Optional.of(version),
                "/etc/nginx/nginx.conf",
                "/usr/share/nginx",
                Optional.empty());
    }
}
