package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Fact;
import dev.gatemend.model.FileSystemSpace;
import dev.gatemend.model.Finding;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.GivenText.Kind;
import dev.gatemend.model.Observation;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Source;
import dev.gatemend.model.Window;
import dev.gatemend.nginx.log.ErrorLogGrammar;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tables of modes, containers, processes and answers say beside a line of nginx's log. */
class ShownTablesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String CONTEXT =
            " while connecting to upstream, client: 10.0.0.9, server: shop, request: \"GET / HTTP/1.1\", upstream: \"http://%s\"";
    private static final String DENIED =
            "[crit] 812#0: *1 connect() to unix:/srv/shop/app.sock failed (13: Permission denied)"
                    + CONTEXT.formatted("unix:/srv/shop/app.sock:/");
    private static final String REFUSED =
            "[error] 812#0: *1 connect() failed (111: Connection refused)"
                    + CONTEXT.formatted("127.0.0.1:8000/");

    private static List<Diagnosis> diagnose(String logged, String text, Fact... facts) {
        List<Fact> all = new ArrayList<>(List.of(facts));
        List<GivenText.Line> lines = new ArrayList<>();
        if (!logged.isEmpty()) {
            all.add(group(ErrorLogGrammar.parse(logged).orElseThrow()));
            lines.add(new GivenText.Line(1, Kind.ERROR_LOG, logged));
        }
        text.lines().forEach(l -> lines.add(new GivenText.Line(lines.size() + 1, Kind.PROSE, l)));
        all.add(new GivenText("stdin", false, lines));
        return new Diagnostician(Causes.all())
                .diagnose(
                        new Snapshot(
                                NOW,
                                "stdin",
                                ZoneOffset.UTC,
                                Window.endingAt(NOW, Duration.ofMinutes(15)),
                                all.stream()
                                        .map(
                                                f ->
                                                        new Observation(
                                                                f,
                                                                new Source("shown", "stdin:3"),
                                                                NOW))
                                        .toList()));
    }

    private static ErrorGroup group(ErrorEntry entry) {
        String peer =
                entry.upstream()
                        .orElseThrow()
                        .replaceFirst("^\\w+://", "")
                        .replaceFirst("[:/]+$", "");
        return new ErrorGroup(
                0,
                "stdin",
                Optional.of(peer),
                entry.server(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                entry,
                "stdin:1",
                1);
    }

    private static String first(List<Diagnosis> problems) {
        return problems.stream()
                .flatMap(p -> p.findings().stream())
                .findFirst()
                .map(Finding::cause)
                .orElse("none");
    }

    /** What is said of a cause by what was shown. */
    private static String said(List<Diagnosis> problems, String cause, Evidence.Kind kind) {
        return problems.stream()
                .flatMap(p -> p.findings().stream())
                .filter(f -> f.cause().equals(cause))
                .flatMap(f -> f.evidence().stream())
                .filter(e -> e.kind() == kind && e.source().equals("text"))
                .map(Evidence::text)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void speaksForTheDirectoryThatAListingShowsClosed() {
        String ls =
                """
                # ls -al /srv/shop
                drwxrwx---  2 deploy www-data 4096 Mar 17 05:35 .
                drwxr-xr-x 11 root root 4096 Mar 17 05:50 ..
                srwxrwxrwx  1 deploy www-data    0 Mar 17 05:35 app.sock
                # ps axo user,group,comm | grep nginx
                root     root     nginx
                nginx    nginx    nginx
                """;

        assertThat(first(diagnose(DENIED, ls))).isEqualTo("socket-dir-permission");
    }

    @Test
    void speaksForTheDirectoryThatNameiShowsClosed() {
        String namei =
                """
                f: /srv/shop/app.sock
                drwxr-xr-x root   root   /
                drwxr-xr-x root   root   srv
                drwx------ deploy deploy shop
                srwxrwxrwx deploy deploy app.sock
                """;

        assertThat(first(diagnose(DENIED, namei))).isEqualTo("socket-dir-permission");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drwxr-xr-x deploy deploy shop",
                "drwx------ 2 me me 4096 Mar 17 05:35 other",
                "drwx--x--x 2 me me 4096 Mar 17 05:35 /srv",
                "drwxr-x--- 2 me www-data 4096 Mar 17 05:35 /srv",
                "drwx------ 2 me me 4096 Mar 17 05:35 ."
            })
    void staysSilentOfDirectoriesThatAreOpenOrNotOnTheWayOrPerhapsTheWorkersOwn(String row) {
        assertThat(said(diagnose(DENIED, row), "socket-dir-permission", Evidence.Kind.FOR))
                .doesNotContain("may not pass");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "srwxr-xr-x 1 deploy deploy 0 Mar 17 05:35 app.sock | does not admit",
                "srw-rw---- 1 deploy deploy 0 Mar 17 05:35 /srv/shop/app.sock | does not admit",
                "srw-rw---- deploy deploy app.sock | does not admit",
                "srw-rw---- 1 root root 0 Jul  6 15:47 app.sock (no access) | does not admit"
            })
    void speaksForASocketWhoseModeIsClosed(String row, String meaning) {
        List<Diagnosis> problems = diagnose(DENIED, row);

        assertThat(first(problems)).isEqualTo("socket-permission");
        assertThat(said(problems, "socket-permission", Evidence.Kind.FOR)).contains(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srw-rw---- 1 deploy www-data 0 Mar 17 05:35 app.sock",
                "srwxr-xr-x 1 deploy deploy 0 Mar 17 05:35 other.sock",
                "-rw-r----- 1 deploy deploy 0 Mar 17 05:35 app.sock"
            })
    void staysSilentOfSocketsThatMayBeTheWorkersOrAreOthers(String row) {
        assertThat(said(diagnose(DENIED, row), "socket-permission", Evidence.Kind.FOR))
                .doesNotContain("does not admit");
    }

    @Test
    void speaksAgainstASocketThatIsOpenToAll() {
        List<Diagnosis> problems =
                diagnose(DENIED, "srwxrwxrwx 1 deploy deploy 0 Mar 17 05:35 app.sock");

        assertThat(said(problems, "socket-permission", Evidence.Kind.AGAINST)).contains("admits");
    }

    @Test
    void theConfigurationSaysWhomTheWorkerRunsAs() {
        String own = "user deploy;\nsrwx------ 1 deploy deploy 0 Mar 17 05:35 app.sock";

        assertThat(said(diagnose(DENIED, own), "socket-permission", Evidence.Kind.FOR))
                .doesNotContain("does not admit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1a2b3c4d5e6f   shop/api:2   \"node server.js\"   2 hours ago   Restarting (1) 9 seconds ago      shop_api_1 | app-crashed-at-start",
                "1a2b3c4d5e6f   shop/api:2   \"node server.js\"   2 hours ago   Exited (0) 5 minutes ago      shop_api_1 | app-not-running",
                "1a2b3c4d5e6f   shop/api:2   \"./server\"   2 hours ago   Exited (139) 5 minutes ago      shop_api_1 | app-segfault",
                "shop_api_1   docker-entrypoint.sh node   Exit 1 | app-crashed-at-start",
                "shop-api-5d9c7   0/1   CrashLoopBackOff   12   40m | app-crashed-at-start",
                "shop-api-5d9c7   0/1   OOMKilled   3   40m | out-of-memory",
                "shop-api-5d9c7   0/1   ImagePullBackOff   0   40m | app-not-running",
                "  Warning  BackOff    2m (x41 over 12m)  kubelet  Back-off restarting failed container api in pod shop-5d9c7 | app-crashed-at-start"
            })
    void speaksForWhatARowOfAnEngineShows(String row, String cause) {
        assertThat(first(diagnose(REFUSED, row))).isEqualTo(cause);
    }

    @Test
    void speaksForAPodThatTheClusterDoesNotHoldForReady() {
        String event =
                "  Warning  Unhealthy  9s (x30 over 5m)  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 500";

        assertThat(said(diagnose(REFUSED, event), "app-not-ready", Evidence.Kind.FOR))
                .contains("hold it for ready");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1a2b3c4d5e6f   shop/api:2   \"node server.js\"   2 hours ago   Up 2 hours   3000/tcp   shop_api_1",
                "shop-api-5d9c7   1/1   Running   0   40m",
                "migrate-x7d2k   0/1   Completed   0   40m",
                "            \"OOMKilled\": false,",
                "1a2b3c4d5e6f   nginx:1.25   \"/docker-entrypoint.sh\"   2 hours ago   Exited (1) 5 minutes ago      web"
            })
    void staysSilentOfContainersThatRunAndOfNginxsOwn(String row) {
        assertThat(said(diagnose(REFUSED, row), "app-not-running", Evidence.Kind.FOR))
                .doesNotContain("when this was typed");
        assertThat(said(diagnose(REFUSED, row), "app-not-ready", Evidence.Kind.FOR)).isEmpty();
        assertThat(said(diagnose(REFUSED, row), "out-of-memory", Evidence.Kind.FOR)).isEmpty();
    }

    @Test
    void speaksForNobodyWhenPsFoundOnlyTheQuestion() {
        String ps =
                "$ ps aux | grep gunicorn\nme   9044  0.0  0.0  6432   720 pts/0    S+   10:00   0:00 grep --color=auto gunicorn";

        assertThat(said(diagnose(REFUSED, ps), "app-not-running", Evidence.Kind.FOR))
                .contains("nothing but the question");
    }

    @Test
    void staysSilentWhenPsFoundItOrNginxWasAskedFor() {
        String row = "me   9044  0.0  0.0  6432   720 pts/0    S+   10:00   0:00 ";
        String found = row + "/usr/bin/python3 /usr/bin/gunicorn app:app\n" + row + "grep gunicorn";

        assertThat(said(diagnose(REFUSED, found), "app-not-running", Evidence.Kind.FOR)).isEmpty();
        assertThat(
                        said(
                                diagnose(REFUSED, row + "grep nginx"),
                                "nginx-not-running",
                                Evidence.Kind.FOR))
                .isEmpty();
    }

    @Test
    void speaksWithCurlWhereItIsRefusedAsWellAndAgainstWhereItIsAnswered() {
        String refused = "curl: (7) Failed to connect to 127.0.0.1 port 8000: Connection refused";
        String answered = "$ curl -I http://localhost:8000/\nHTTP/1.1 200 OK";

        assertThat(said(diagnose(REFUSED, refused), "app-not-running", Evidence.Kind.FOR))
                .contains("refused there as well");
        assertThat(said(diagnose(REFUSED, answered), "app-not-running", Evidence.Kind.AGAINST))
                .contains("answers curl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl: (7) Failed to connect to 127.0.0.1 port 9000: Connection refused",
                "$ curl -I http://localhost:9000/\nHTTP/1.1 200 OK",
                "$ curl -I http://localhost:8000/\nHTTP/1.1 502 Bad Gateway",
                "$ curl -I http://localhost:8000/\n$ curl -I http://localhost/\nHTTP/1.1 200 OK"
            })
    void staysSilentOfOtherPortsAndFailures(String text) {
        List<Diagnosis> problems = diagnose(REFUSED, text);

        assertThat(said(problems, "app-not-running", Evidence.Kind.FOR)).isEmpty();
        assertThat(said(problems, "app-not-running", Evidence.Kind.AGAINST)).isEmpty();
    }

    @Test
    void speaksForTheDiskThatIsShownFullWhereTheLogsAreSilent() {
        FileSystemSpace full = new FileSystemSpace("/", "ext4", "/", 1L << 35, 0, 0, 0, false);
        FileSystemSpace roomy =
                new FileSystemSpace("/", "ext4", "/", 1L << 35, 1L << 33, 0, 0, false);

        assertThat(first(diagnose("", "the site is 502", full))).isEqualTo("disk-full");
        assertThat(first(diagnose("", "the site is 502", roomy))).isNotEqualTo("disk-full");
        assertThat(first(diagnose("", "502\n/dev/loop0 56M 56M 0 100% /snap/core/1")))
                .isNotEqualTo("disk-full");
    }
}
