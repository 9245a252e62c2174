package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Written.byDefault;
import static dev.gatemend.diagnosis.Written.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.PassKind;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderBuffersTest {
    @TempDir Path directory;

    @Test
    void sizesAreReadAsNginxReadsThem() {
        assertThat(HeaderBuffers.bytes("4096")).hasValue(4096);
        assertThat(HeaderBuffers.bytes("4k")).hasValue(4096);
        assertThat(HeaderBuffers.bytes("1M")).hasValue(1 << 20);
        assertThat(HeaderBuffers.bytes("$size")).isEmpty();
    }

    @Test
    void theDefaultsBecomeATrioThatFitsTogether() {
        assertThat(HeaderBuffers.of(PassKind.PROXY, Settings.NONE).enlarged(0))
                .containsExactly(
                        "proxy_buffer_size 16k;",
                        "proxy_buffers 8 8k;",
                        "proxy_busy_buffers_size 32k;");
    }

    @Test
    void aKnownHeaderDecidesTheSize() {
        assertThat(HeaderBuffers.of(PassKind.FASTCGI, Settings.NONE).enlarged(30_000).getFirst())
                .isEqualTo("fastcgi_buffer_size 64k;");
    }

    @Test
    void grpcHasOneBufferOnly() {
        assertThat(HeaderBuffers.of(PassKind.GRPC, Settings.NONE).enlarged(0))
                .containsExactly("grpc_buffer_size 16k;");
    }

    @Test
    void raisingTheBufferSizeAloneIsRefusedByNginx() throws Exception {
        assertThat(refusal(List.of("proxy_buffer_size 32k;"))).contains("proxy_busy_buffers_size");
    }

    /** What is proposed must load, whatever was written before. */
    @Test
    void nginxAcceptsEveryProposal() throws Exception {
        for (Settings before : startingPoints()) {
            for (long header : new long[] {0, 5_000, 9_000, 70_000, 600_000}) {
                for (PassKind kind : List.of(PassKind.PROXY, PassKind.FASTCGI, PassKind.GRPC)) {
                    List<String> proposal = HeaderBuffers.of(kind, before).enlarged(header);

                    assertThat(refusal(together(before, proposal)))
                            .as("%s %s %s", before.byName().keySet(), header, proposal)
                            .isEmpty();
                }
            }
        }
    }

    private static List<Settings> startingPoints() {
        return List.of(
                Settings.NONE,
                Settings.of(List.of(byDefault("proxy_buffer_size", "4k"))),
                Settings.of(
                        List.of(
                                setting(1, "proxy_buffers", "2", "4k"),
                                setting(1, "proxy_busy_buffers_size", "4k"))),
                Settings.of(List.of(setting(1, "proxy_buffers", "4", "256k"))),
                Settings.of(
                        List.of(
                                setting(1, "proxy_buffer_size", "16k"),
                                setting(1, "proxy_busy_buffers_size", "24k"),
                                setting(1, "proxy_temp_file_write_size", "16k"),
                                setting(1, "proxy_max_temp_file_size", "16k"))),
                Settings.of(List.of(setting(1, "proxy_max_temp_file_size", "0"))));
    }

    /** The proposal in place of the directives it replaces; the others stay as they were. */
    private static List<String> together(Settings before, List<String> proposal) {
        List<String> lines = new ArrayList<>(proposal);
        before.byName().values().stream()
                .flatMap(List::stream)
                .filter(s -> !s.isDefault())
                .filter(s -> proposal.stream().noneMatch(p -> p.startsWith(s.name() + " ")))
                .map(Setting::toString)
                .forEach(s -> lines.add(s + ";"));
        return lines;
    }

    /** What a real nginx says against these directives; empty when it takes them. */
    private String refusal(List<String> directives) throws IOException, InterruptedException {
        Path file = directory.resolve("nginx.conf");
        Files.writeString(
                file,
                """
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                    uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                    %2$s
                    server { listen unix:%1$s/s.sock; location / { proxy_pass http://127.0.0.1:1; } }
                }
                """
                        .formatted(directory, String.join("\n", directives)));
        Process nginx =
                new ProcessBuilder("/usr/sbin/nginx", "-t", "-c", file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(nginx.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(nginx.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return nginx.exitValue() == 0 ? "" : said;
    }
}
