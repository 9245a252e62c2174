package dev.gatemend.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listen;
import dev.gatemend.model.Location;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Site;
import dev.gatemend.model.Upstream;
import dev.gatemend.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is in effect where, and where it comes from. */
class EffectiveViewTest {
    private static NginxConfiguration http(String inside, Version version) {
        NginxConfiguration view =
                MemoryFiles.of("events {}\nhttp {\n" + inside + "\n}\n").view(version);
        assertThat(view.problems()).isEmpty();
        return view;
    }

    private static NginxConfiguration http(String inside) {
        return http(inside, MemoryFiles.OLD);
    }

    private static Location location(NginxConfiguration view, String written) {
        return view.allLocations()
                .filter(location -> location.match().written().equals(written))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(Location location, String name) {
        return location.settings().all(name).stream().map(Setting::toString).toList();
    }

    private static Pass pass(String server, String written) {
        return location(http("server { " + server + " }"), written).pass().orElseThrow();
    }

    @Test
    void aDirectiveIsInheritedWithItsPlaceUntilOneOfItsNameIsWritten() {
        NginxConfiguration view =
                http(
                        "error_page 500 /a; error_page 502 /b; proxy_read_timeout 5s;\n"
                                + "server { location /x { error_page 404 /c; }\nlocation /y { } }");

        assertThat(texts(location(view, "/x"), "error_page")).containsExactly("error_page 404 /c");
        assertThat(texts(location(view, "/y"), "error_page"))
                .containsExactly("error_page 500 /a", "error_page 502 /b");
        assertThat(
                        location(view, "/y")
                                .settings()
                                .get("proxy_read_timeout")
                                .orElseThrow()
                                .position())
                .hasToString("Optional[/etc/nginx/nginx.conf:3:39]");
    }

    @Test
    void headersOfNginxItselfStayBesideWrittenOnes() {
        NginxConfiguration view =
                http(
                        "proxy_set_header Host $host; server { location /a { }"
                                + " location /b { proxy_set_header X-A b; } }");

        assertThat(texts(location(view, "/a"), "proxy_set_header"))
                .containsExactly(
                        "proxy_set_header Connection close", "proxy_set_header Host $host");
        assertThat(texts(location(view, "/b"), "proxy_set_header"))
                .containsExactly(
                        "proxy_set_header Host $proxy_host",
                        "proxy_set_header Connection close",
                        "proxy_set_header X-A b");
    }

    @Test
    void aPassIsNotInheritedByANestedLocationButByIfAndLimitExcept() {
        NginxConfiguration view =
                http(
                        "server { location / { proxy_pass http://127.0.0.1:1; location /in { }"
                                + " if ($host) { } limit_except GET { deny all; } } }");

        assertThat(location(view, "/in").pass()).isEmpty();
        assertThat(location(view, "/in").settings().get("proxy_pass")).isEmpty();
        assertThat(location(view, "if ($host)").pass()).isPresent();
        assertThat(location(view, "limit_except GET").pass()).isPresent();
        assertThat(location(view, "limit_except GET").settings().value("proxy_pass"))
                .contains("http://127.0.0.1:1");
    }

    @Test
    void allowAndDenyReplaceEachOther() {
        NginxConfiguration view = http("deny all; server { location / { allow all; } }");

        assertThat(texts(location(view, "/"), "deny")).isEmpty();
    }

    @Test
    void defaultsAreThoseOfTheVersion() {
        String text =
                "upstream u { server 127.0.0.1; } server { location / { proxy_pass http://u; } }";
        Location old = location(http(text), "/");
        Location now = location(http(text, MemoryFiles.NEW), "/");

        assertThat(old.settings().value("proxy_http_version")).contains("1.0");
        assertThat(now.settings().value("proxy_http_version")).contains("1.1");
        assertThat(texts(old, "proxy_set_header")).contains("proxy_set_header Connection close");
        assertThat(texts(now, "proxy_set_header"))
                .doesNotContain("proxy_set_header Connection close");
        assertThat(old.settings().get("proxy_read_timeout").orElseThrow().isDefault()).isTrue();
        assertThat(http(text).upstream("u").orElseThrow().settings().get("keepalive")).isEmpty();
        assertThat(
                        http(text, MemoryFiles.NEW)
                                .upstream("u")
                                .orElseThrow()
                                .settings()
                                .get("keepalive"))
                .hasValueSatisfying(s -> assertThat(s).hasToString("keepalive 32 local"));
    }

    @Test
    void peersHaveTheirParameters() {
        Upstream upstream =
                http("upstream u { zone z 64k; server a.example:81 weight=3 max_fails=0"
                                + " fail_timeout=1m max_conns=7 backup down; server unix:/s;"
                                + " server [::1]; }")
                        .upstream("u")
                        .orElseThrow();
        Peer first = upstream.peers().getFirst();

        assertThat(first.address()).isEqualTo(new Address.Tcp("a.example", 81));
        assertThat(List.of(first.weight(), first.maxFails(), first.maxConns()))
                .containsExactly(3, 0, 7);
        assertThat(first.failTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(first.backup() && first.down()).isTrue();
        assertThat(upstream.peers().get(1).address()).isEqualTo(new Address.Unix("/s"));
        assertThat(upstream.peers().get(2).address()).isEqualTo(new Address.Tcp("::1", 80));
        assertThat(upstream.settings().value("zone")).contains("z");
    }

    @Test
    void passesNameTheirGroup() {
        assertThat(pass("location / { proxy_pass https://a.example/x; }", "/"))
                .extracting(Pass::scheme, Pass::target)
                .containsExactly("https", new PassTarget.Group("a.example:443"));
        assertThat(pass("location / { fastcgi_pass unix:/run/a.sock; }", "/").target())
                .isEqualTo(new PassTarget.Group("unix:/run/a.sock"));
        assertThat(pass("location / { proxy_pass http://unix:/run/a.sock:/uri; }", "/").target())
                .isEqualTo(new PassTarget.Group("unix:/run/a.sock"));
        assertThat(pass("location / { grpc_pass grpcs://[::1]:5; }", "/"))
                .extracting(Pass::kind, Pass::scheme, Pass::target)
                .containsExactly(PassKind.GRPC, "grpcs", new PassTarget.Group("[::1]:5"));
        assertThat(pass("location / { uwsgi_pass suwsgi://127.0.0.1:5; }", "/").secure()).isTrue();
    }

    @Test
    void aNamedGroupIsFoundWhateverItsCaseAndPlace() {
        NginxConfiguration view =
                http(
                        "server { location / { proxy_pass http://BackEnd; } }"
                                + " upstream backend { server 127.0.0.1:1; }");

        assertThat(location(view, "/").pass().orElseThrow().target())
                .isEqualTo(new PassTarget.Group("backend"));
        assertThat(view.upstreams()).hasSize(1);
    }

    @Test
    void variablesAreFollowedThroughSetAndMap() {
        NginxConfiguration view =
                http(
                        "upstream one { server 127.0.0.1:1; }\n"
                                + "map $http_x $pool { default one; b 127.0.0.2:2; c c.example; }\n"
                                + "server { set $p $pool; location / { proxy_pass http://$p; }"
                                + " location /l { set $p one; proxy_pass http://$p/x; }"
                                + " location /u { proxy_pass http://one$request_uri; } }");
        PassTarget.Variable target =
                (PassTarget.Variable) location(view, "/").pass().orElseThrow().target();

        assertThat(target.possible()).containsExactly("one", "127.0.0.2:2");
        assertThat(target.names()).containsExactly("c.example");
        assertThat(target.undecided()).isEmpty();
        assertThat(view.upstream("127.0.0.2:2")).isPresent();
        assertThat(location(view, "/l").pass().orElseThrow().target())
                .isEqualTo(
                        new PassTarget.Variable(
                                "http://$p/x", List.of("one"), List.of(), List.of()));
        assertThat(location(view, "/u").pass().orElseThrow().target())
                .isEqualTo(
                        new PassTarget.Variable(
                                "http://one$request_uri", List.of("one"), List.of(), List.of()));
    }

    @Test
    void variablesOfTheRequestAreNamed() {
        assertThat(pass("location / { proxy_pass $scheme://$host:8000; }", "/").target())
                .isEqualTo(
                        new PassTarget.Variable(
                                "$scheme://$host:8000",
                                List.of(),
                                List.of(),
                                List.of("$scheme", "$host")));
    }

    @Test
    void aSetThatGoesInCirclesEnds() {
        assertThat(
                        pass("set $a $b; set $b $a$a; location / { proxy_pass http://$a; }", "/")
                                .target())
                .isInstanceOf(PassTarget.Variable.class);
    }

    @Test
    void listensKnowAddressTlsDefaultAndBacklog() {
        NginxConfiguration view =
                http(
                        "server { listen 80; listen [::]:443 ssl backlog=9; }"
                                + " server { listen *:80 default_server; listen unix:/s; } server { }");

        assertThat(view.sites().get(0).listens())
                .extracting(Listen::address, Listen::tls, Listen::defaultServer, Listen::backlog)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                new Address.Tcp("0.0.0.0", 80), false, false, -1),
                        org.assertj.core.groups.Tuple.tuple(
                                new Address.Tcp("::", 443), true, true, 9));
        assertThat(view.sites().get(1).listens().getFirst().defaultServer()).isTrue();
        assertThat(view.sites().get(2).listens())
                .extracting(Listen::address)
                .containsExactly(new Address.Tcp("0.0.0.0", 80));
    }

    @Test
    void logsAreCollectedFromEveryLevel() {
        NginxConfiguration view =
                MemoryFiles.of(
                                "error_log stderr warn; events {} http { access_log logs/a.log main;"
                                        + " log_format main escape=json '{\"a\":' '$status}';"
                                        + " server { error_log /var/log/e.log;"
                                        + " access_log syslog:server=127.0.0.1:5,tag=t combined if=$x;"
                                        + " location / { access_log off; }"
                                        + " location /v { access_log /l/$host.log; } } }")
                        .view(MemoryFiles.OLD);

        assertThat(view.logs())
                .extracting(LogSetting::destination)
                .containsExactly(
                        new LogDestination.Stderr(),
                        new LogDestination.File("/usr/share/nginx/logs/a.log"),
                        new LogDestination.File("/var/log/e.log"),
                        new LogDestination.Syslog("127.0.0.1:5", "t"),
                        new LogDestination.Unreadable("/l/$host.log"));
        assertThat(view.formats())
                .extracting(LogFormat::name, LogFormat::text, LogFormat::escape)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                "main", "{\"a\":$status}", LogFormat.Escape.JSON));
    }

    @Test
    void compiledInPathsHoldWhereNothingIsWritten() {
        NginxConfiguration view =
                ConfigurationReader.read(
                        MemoryFiles.of("events {} http { server { } }"),
                        "/etc/nginx/nginx.conf",
                        "/usr/share/nginx/",
                        MemoryFiles.OLD,
                        Optional.of("daemon off; worker_processes 3;"),
                        CompiledDefaults.parse(
                                "configure arguments: --with-cc-opt='-g -O2' --error-log-path=stderr"
                                        + " --http-log-path=/var/log/nginx/access.log"));

        assertThat(view.main().value("worker_processes")).contains("3");
        assertThat(view.main().value("worker_connections")).contains("512");
        assertThat(view.logs())
                .extracting(LogSetting::destination)
                .containsExactly(
                        new LogDestination.Stderr(),
                        new LogDestination.File("/var/log/nginx/access.log"));
    }

    @Test
    void streamServersPassToo() {
        NginxConfiguration view =
                MemoryFiles.of(
                                "stream { upstream db { server 127.0.0.1:5432; }"
                                        + " server { listen 5433; proxy_pass db; } }")
                        .view(MemoryFiles.OLD);
        Site site = view.sites().getFirst();

        assertThat(site.stream()).isTrue();
        assertThat(site.locations().getFirst().pass().orElseThrow().target())
                .isEqualTo(new PassTarget.Group("db"));
        assertThat(site.settings().value("proxy_timeout")).contains("10m");
    }
}
