package dev.gatemend.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Site;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Includes are followed where they stand, in nginx's order, within limits. */
class IncludeTest {
    private static final String HTTP = "events {}\nhttp {\n include sites/*.conf;\n}\n";

    private static String server(String name) {
        return "server { server_name " + name + "; }";
    }

    @Test
    void patternsAreRelativeToNginxConfAndSorted() {
        NginxConfiguration view =
                MemoryFiles.of(HTTP)
                        .with("/etc/nginx/sites/b.conf", server("b"))
                        .with("/etc/nginx/sites/B.conf", server("B"))
                        .with("/etc/nginx/sites/.hidden.conf", server("hidden"))
                        .with("/etc/nginx/sites/a.conf~", server("backup"))
                        .with("/etc/nginx/sites/a.conf", server("a"))
                        .view(MemoryFiles.OLD);

        assertThat(view.problems()).isEmpty();
        assertThat(view.sites()).extracting(Site::name).containsExactly("B", "a", "b");
        assertThat(view.files()).extracting(ConfigurationFile::path).hasSize(4);
        assertThat(view.sites().getFirst().position()).hasToString("/etc/nginx/sites/B.conf:1:1");
    }

    @Test
    void aPatternWithoutMatchesIsFine() {
        assertThat(MemoryFiles.of(HTTP).view(MemoryFiles.OLD).problems()).isEmpty();
    }

    @Test
    void aMissingFileIsRefusedWhereItIsIncluded() {
        List<ConfigurationProblem> problems =
                MemoryFiles.of("events {}\ninclude a/b;\n").view(MemoryFiles.OLD).problems();

        assertThat(problems)
                .extracting(ConfigurationProblem::toString)
                .containsExactly(
                        "/etc/nginx/nginx.conf:2:1: open() \"/etc/nginx/a/b\" failed (2: No such"
                                + " file or directory)");
    }

    @Test
    void aFileWeMayNotReadIsNoRefusal() {
        List<ConfigurationProblem> problems =
                MemoryFiles.of("include x;")
                        .closed("/etc/nginx/x")
                        .view(MemoryFiles.OLD)
                        .problems();

        assertThat(problems).singleElement().matches(problem -> !problem.fatal());
    }

    @Test
    void aFileThatIncludesItselfIsReportedWithItsPlace() {
        List<ConfigurationProblem> problems =
                MemoryFiles.of("include a;")
                        .with("/etc/nginx/a", "# one\ninclude b;")
                        .with("/etc/nginx/b", "include a;")
                        .view(MemoryFiles.OLD)
                        .problems();

        assertThat(problems)
                .singleElement()
                .hasToString(
                        "/etc/nginx/b:1:1: \"/etc/nginx/a\" includes itself: /etc/nginx/b <"
                                + " /etc/nginx/a < /etc/nginx/nginx.conf");
    }

    @Test
    void includesThatMultiplyEndWithOneProblem() {
        MemoryFiles files = MemoryFiles.of("include 0;");
        for (int i = 0; i < 40; i++) {
            files.with("/etc/nginx/" + i, ("include " + (i + 1) + ";").repeat(2));
        }
        files.with("/etc/nginx/40", "# the end");

        assertThat(files.view(MemoryFiles.OLD).problems())
                .singleElement()
                .extracting(ConfigurationProblem::message)
                .asString()
                .contains("more than 200000 includes");
    }

    @Test
    void aHundredThousandIncludesAreRead() {
        MemoryFiles files =
                MemoryFiles.of("events {} http { " + "include s;".repeat(100_000) + " }")
                        .with("/etc/nginx/s", "server {}");

        NginxConfiguration view = files.view(MemoryFiles.OLD);

        assertThat(view.problems()).isEmpty();
        assertThat(view.sites()).hasSize(100_000);
    }

    @Test
    void aBlockMustEndInItsFile() {
        List<ConfigurationProblem> problems =
                MemoryFiles.of("http { include a; }\n}")
                        .with("/etc/nginx/a", "server {\n listen 80;\n")
                        .view(MemoryFiles.OLD)
                        .problems();

        assertThat(problems.getFirst())
                .hasToString("/etc/nginx/a:3:1: unexpected end of file, expecting \"}\"");
    }

    @ParameterizedTest
    @CsvSource({
        "*.conf, a.conf, true",
        "*.conf, .a.conf, false",
        "*.conf, a.conf.bak, false",
        "?.conf, ab.conf, false",
        "[a-c]*, bx, true",
        "[!a-c]*, bx, false",
        "[^a-c]*, dx, true",
        "[]x]y, ]y, true",
        "*a*b, xaxxb, true",
        "*, '', true",
        "\\*, *, true",
        "\\*, a, false",
        "[a, [a, true"
    })
    void namesMatchAsInGlob(String pattern, String name, boolean matches) {
        assertThat(Glob.matches(pattern, name)).isEqualTo(matches);
    }
}
