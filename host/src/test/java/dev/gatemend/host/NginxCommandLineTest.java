package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NginxCommandLineTest {
    @Test
    void readsDebiansCall() {
        assertThat(parse("/usr/sbin/nginx -g daemon on; master_process on;"))
                .isEqualTo(
                        call("/usr/sbin/nginx", null, null, null, "daemon on; master_process on;"));
    }

    @Test
    void readsTheOfficialImagesCall() {
        assertThat(parse("nginx -g daemon off;"))
                .isEqualTo(call("nginx", null, null, null, "daemon off;"));
    }

    @Test
    void tellsTheEndOfDirectivesByTheNextOption() {
        assertThat(parse("nginx -g env A=-x; daemon off; -c /a.conf -p /srv/my web -e stderr"))
                .isEqualTo(
                        call("nginx", "/srv/my web", "/a.conf", "stderr", "env A=-x; daemon off;"));
    }

    @Test
    void readsValuesWrittenTogetherWithTheirLetterAndSwitchesInFront() {
        assertThat(parse("nginx -qc/a.conf -p/srv"))
                .isEqualTo(call("nginx", "/srv", "/a.conf", null, null));
    }

    @Test
    void readsAPathWithBlanks() {
        assertThat(parse("/opt/my nginx/nginx -c /etc/my nginx/n.conf"))
                .isEqualTo(call("/opt/my nginx/nginx", null, "/etc/my nginx/n.conf", null, null));
    }

    @Test
    void takesAnOptionThatEndsTheLineForNothing() {
        assertThat(parse("nginx -c").configuration()).isEmpty();
        assertThat(parse("nginx -").configuration()).isEmpty();
    }

    @Test
    void isSilentAboutWhatIsNoMaster() {
        assertThat(NginxCommandLine.parse("nginx: worker process")).isEmpty();
        assertThat(NginxCommandLine.parse("vim nginx: master process")).isEmpty();
    }

    private static NginxCommandLine parse(String line) {
        return NginxCommandLine.parse("nginx: master process " + line).orElseThrow();
    }

    private static NginxCommandLine call(
            String binary,
            @Nullable String prefix,
            @Nullable String configuration,
            @Nullable String errorLog,
            @Nullable String globals) {
        return new NginxCommandLine(
                binary,
                Optional.ofNullable(prefix),
                Optional.ofNullable(configuration),
                Optional.ofNullable(errorLog),
                Optional.ofNullable(globals));
    }
}
