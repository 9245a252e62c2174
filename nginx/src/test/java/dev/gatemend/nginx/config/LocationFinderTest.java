package dev.gatemend.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.NginxConfiguration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The site and location that nginx would choose. */
class LocationFinderTest {
    private static final NginxConfiguration VIEW =
            MemoryFiles.of(
                            """
                            events {}
                            http {
                              server { listen 80; server_name first;
                                location / { location ~ \\.inner$ { } }
                                location = /exact { }
                                location /pre { }
                                location /pre/longer { location /pre/longer/in { } }
                                location ^~ /static { location ~ \\.css$ { } }
                                location ~ \\.php$ { location ~ ^/admin { } }
                                location ~* \\.(PNG|gif)$ { }
                                location /passed/ { proxy_pass http://127.0.0.1:1; }
                                location "/a b" { }
                              }
                              server { listen 80; server_name *.wild.example .dot.example; location / { } }
                              server { listen 80; server_name *.deep.wild.example; location / { } }
                              server { listen 80; server_name mail.*; location / { } }
                              server { listen 80; server_name ~^(?<sub>\\w+)\\.rx\\.example$; location / { } }
                              server { listen 80 default_server; server_name fallback; location /only { } }
                              server { listen 81; server_name other; }
                            }
                            """)
                    .view(MemoryFiles.OLD);

    private final LocationFinder finder = new LocationFinder(VIEW);

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/exact, = /exact",
        "/exact/, /",
        "/exact?x=1, = /exact",
        "/prefix, /pre",
        "/pre/longer/x, /pre/longer",
        "/pre/longer/inside, /pre/longer/in",
        "/pre/longer/a.php, ~ \\.php$",
        "/static/a.php, ^~ /static",
        "/static/a.css, ~ \\.css$",
        "/a.inner, ~ \\.inner$",
        "/admin/a.php, ~ ^/admin",
        "/x.pNg, '~* \\.(PNG|gif)$'",
        "/passed, /passed/",
        "/a%20b, /a b",
        "/x/..//pre, /pre",
        "/%2e%2e/exact, = /exact",
        "http://h/exact, = /exact"
    })
    void locationsAreChosenByNginxsRules(String uri, String written) {
        assertThat(
                        finder.find(OptionalInt.of(80), "first", uri)
                                .orElseThrow()
                                .location()
                                .orElseThrow()
                                .match()
                                .written())
                .isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "first, first",
        "FIRST.:80, first",
        "a.wild.example, *.wild.example",
        "a.deep.wild.example, *.deep.wild.example",
        "wild.example, fallback",
        "dot.example, *.wild.example",
        "x.dot.example, *.wild.example",
        "mail.anything.else, mail.*",
        "abc.rx.example, ~^(?<sub>\\w+)\\.rx\\.example$",
        "unknown, fallback",
        "'', fallback",
        "other, fallback"
    })
    void sitesAreChosenByNginxsRules(String host, String name) {
        assertThat(finder.find(OptionalInt.of(80), host, "/only").orElseThrow().site().name())
                .isEqualTo(name);
    }

    @Test
    void withoutAPortEverySiteCounts() {
        assertThat(finder.find(OptionalInt.empty(), "other", "/").orElseThrow().site().name())
                .isEqualTo("other");
    }

    @Test
    void nobodyServesAPortWithoutListener() {
        assertThat(finder.find(OptionalInt.of(82), "first", "/")).isEmpty();
    }

    @Test
    void aPathNoLocationClaimsIsTheServersOwn() {
        assertThat(finder.find(OptionalInt.of(80), "unknown", "/x").orElseThrow().location())
                .isEmpty();
    }

    @Test
    void patternsThatJavaCannotSayAreSkippedAndReported() {
        LocationFinder odd =
                new LocationFinder(
                        MemoryFiles.of(
                                        "events {} http { server { location / { }"
                                                + " location ~ ^/(a(?1)?)$ { } location ~ [ { } } }")
                                .view(MemoryFiles.OLD));

        assertThat(odd.find(OptionalInt.empty(), "", "/aa").orElseThrow().location())
                .hasValueSatisfying(l -> assertThat(l.match().written()).isEqualTo("/"));
        assertThat(odd.untranslatable()).containsExactly("^/(a(?1)?)$", "[");
    }

    @ParameterizedTest
    @CsvSource({
        "'^/[[:alpha:]]+$', /abc, true",
        "'^/[[]x$', /[x, true",
        "'^/[]]x$', /]x, true",
        "'^/a{b}$', /a{b}, true",
        "'^/a{2}$', /aa, true",
        "'^/(?<a_b>x)$', /x, true",
        "'^/(?P<a>x)$', /x, true",
        "'^/[a&&b]+$', /a&b, true",
        "'^/x\\.y$', /xzy, false"
    })
    void perlPatternsMatchAsInPcre(String pattern, String text, boolean found) {
        assertThat(PcrePattern.translate(pattern, false).orElseThrow().find(text)).isEqualTo(found);
    }

    @Test
    void aPatternThatBacktracksWithoutEndDoesNotMatch() {
        assertThat(PcrePattern.translate("^(a+)+$", false).orElseThrow().find("a".repeat(64) + "b"))
                .isFalse();
    }
}
