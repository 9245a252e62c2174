package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Version;
import dev.gatemend.nginx.config.CompiledDefaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxBuildTest {
    @Test
    void findsInTheFileWhatTheProgramPrints() throws Exception {
        Commands.Answer printed =
                new ProcessCommands().run(Duration.ofSeconds(10), List.of("/usr/sbin/nginx", "-V"));

        NginxBuild scanned = NginxBuild.scan(Path.of("/usr/sbin/nginx"));

        assertThat(scanned).isEqualTo(NginxBuild.parse(printed.error()));
        assertThat(scanned.version()).contains(new Version(1, 22, 1));
        assertThat(scanned.prefix()).isEqualTo("/usr/share/nginx");
        assertThat(scanned.configuration()).isEqualTo("/etc/nginx/nginx.conf");
        assertThat(scanned.compiled().errorLog()).isEqualTo("stderr");
        assertThat(scanned.compiled().tempPath("client_body")).isEqualTo("/var/lib/nginx/body");
        assertThat(scanned.compiled().tempPath("proxy")).isEqualTo("/var/lib/nginx/proxy");
        assertThat(scanned.compiled().options())
                .containsEntry("with-ld-opt", "-Wl,-z,relro -Wl,-z,now -fPIC");
    }

    @Test
    void takesNginxsOwnDefaultsForWhatConfigureWasNotTold() {
        NginxBuild build = NginxBuild.parse("nginx version: nginx/1.27.4\nconfigure arguments:\n");

        assertThat(build.version()).contains(new Version(1, 27, 4));
        assertThat(build.prefix()).isEqualTo("/usr/local/nginx");
        assertThat(build.configuration()).isEqualTo("conf/nginx.conf");
        assertThat(build.compiled().pid()).isEqualTo("logs/nginx.pid");
        assertThat(build.compiled().accessLog()).isEqualTo("logs/access.log");
        assertThat(build.compiled().tempPath("client_body")).isEqualTo("client_body_temp");
    }

    @Test
    void knowsOpenRestysVersion() {
        assertThat(NginxBuild.parse("nginx version: openresty/1.21.4.1\n").version())
                .contains(new Version(1, 21, 4));
    }

    @Test
    void findsNoVersionInAnotherProgram() throws Exception {
        assertThat(NginxBuild.scan(Path.of("/bin/sh"))).isEqualTo(NginxBuild.UNKNOWN);
    }

    @Test
    void findsAStringThatLiesAcrossTwoReads(@TempDir Path directory) throws Exception {
        Path binary = directory.resolve("nginx");
        String padding = "x".repeat((1 << 20) - 10);
        Files.writeString(
                binary,
                padding + "nginx version: nginx/1.9.15\n\0configure arguments: --prefix=/p\n\0");

        assertThat(NginxBuild.scan(binary))
                .isEqualTo(
                        new NginxBuild(
                                Optional.of(new Version(1, 9, 15)),
                                new CompiledDefaults(Map.of("prefix", "/p"))));
    }
}
