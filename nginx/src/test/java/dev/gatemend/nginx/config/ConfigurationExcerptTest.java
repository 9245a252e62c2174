package dev.gatemend.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.NginxConfiguration;
import org.junit.jupiter.api.Test;

class ConfigurationExcerptTest {
    private static ConfigurationExcerpt excerpt(String text) {
        return ConfigurationExcerpt.in(text.lines().toList());
    }

    private static NginxConfiguration read(String text) {
        return MemoryFiles.of(excerpt(text).whole()).view(MemoryFiles.OLD);
    }

    @Test
    void aLocationAmongProseIsReadInItsLine() {
        String text =
                "it fails since monday\n\nlocation /api {\n    proxy_pass http://api:81/;\n}\nhelp!";

        assertThat(excerpt(text).lines()).containsExactly(3, 4, 5);
        NginxConfiguration read = read(text);
        assertThat(read.problems()).isEmpty();
        assertThat(read.allLocations())
                .anySatisfy(
                        l -> {
                            assertThat(l.match().written()).isEqualTo("/api");
                            assertThat(l.pass().orElseThrow().position().line()).isEqualTo(4);
                        });
    }

    @Test
    void anUpstreamBesideALocationIsTheOneItPassesTo() {
        NginxConfiguration read =
                read(
                        "upstream app {\n server 10.0.0.1:9000;\n}\nlocation / { proxy_pass http://app; }");

        assertThat(read.problems()).isEmpty();
        assertThat(read.upstream("app").orElseThrow().peers()).hasSize(1);
    }

    @Test
    void directivesOfTheHttpBlockAreInheritedByAServerBelow() {
        NginxConfiguration read =
                read(
                        "proxy_read_timeout 7s;\nserver {\n location / { proxy_pass http://127.0.0.1:1; }\n}");

        assertThat(read.problems()).isEmpty();
        assertThat(
                        read.allLocations()
                                .findFirst()
                                .orElseThrow()
                                .settings()
                                .value("proxy_read_timeout"))
                .contains("7s");
    }

    @Test
    void bareDirectivesOfALocationAreReadTogether() {
        NginxConfiguration read = read("proxy_pass http://127.0.0.1:8000;\nproxy_read_timeout 7s;");

        assertThat(read.problems()).isEmpty();
        assertThat(read.allLocations().anyMatch(l -> l.pass().isPresent())).isTrue();
    }

    @Test
    void aBlockThatIsCutOffIsClosed() {
        assertThat(
                        read("server {\n listen 80;\n location / {\n  proxy_pass http://127.0.0.1:1;")
                                .problems())
                .isEmpty();
    }

    @Test
    void serversOfAnUpstreamMayStandAlone() {
        assertThat(read("server 10.0.0.1:80 max_fails=0;\nserver 10.0.0.2:80 backup;").problems())
                .isEmpty();
    }

    @Test
    void codeAndProseAreNoConfiguration() {
        assertThat(
                        excerpt(
                                        "app.listen(3000);\nuser went home; then it failed\nfunction x() {\n}")
                                .lines())
                .isEqualTo(excerpt("").lines());
        assertThat(excerpt(";listen.mode = 0660\n[www]\npm.max_children = 5").isEmpty()).isTrue();
    }

    @Test
    void aBraceThatIsNeverClosedEndsWithTheText() {
        assertThat(excerpt("http {\n" + "x y;\n".repeat(6_000)).lines()).hasSize(5_000);
    }
}
