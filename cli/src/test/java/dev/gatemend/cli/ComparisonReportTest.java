package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {
    private static final BenchReport.NotPlayed BROKEN =
            new BenchReport.NotPlayed("wrong-port/x", "<it> did not break", true);

    @Test
    void tellsForEachFaultHowLongItLastedAndWhatWasRestarted() {
        assertThat(SampleComparison.report().text(new Page(80)).toString())
                .isEqualTo(
                        """
                        stale-socket/systemd-killed
                            mended by: a restart of shop.service
                            nobody             >90 s  nothing
                            Restart=always     0.1 s  right: shop.service
                            Monit              2.3 s  right: shop.service 2 times
                        socket-permission/systemd-umask
                            mended by: no restart
                            nobody             >90 s  nothing
                            Restart=always     >90 s  nothing
                            Monit              >90 s  wrong: nginx.service and shop.service 21 times

                        1 fault that a restart mends; the middle outage, and how many
                            nobody             >90 s  healed 0; restarted right 0, wrong 0, nothing 1
                            Restart=always     0.1 s  healed 1; restarted right 1, wrong 0, nothing 0
                            Monit              2.3 s  healed 1; restarted right 1, wrong 0, nothing 0
                        1 fault that no restart mends; the middle outage, and how many
                            nobody             >90 s  healed 0; restarted right 0, wrong 0, nothing 1
                            Restart=always     >90 s  healed 0; restarted right 0, wrong 0, nothing 1
                            Monit              >90 s  healed 0; restarted right 0, wrong 1, nothing 0
                        """);
    }

    @Test
    void tellsTheSameOnAPage() {
        assertThat(ComparisonPage.of(SampleComparison.report(), Instant.EPOCH))
                .contains(
                        "Played at 1970-01-01T00:00Z with gatemend ",
                        "| `Restart=always`, faults that a restart mends | 1 | 1 | 1 | 0 | 0 | 0.1 s |",
                        "| `stale-socket/systemd-killed`: `shop.service` | >90 s; nothing | 0.1 s; right:",
                        "| `socket-permission/systemd-umask` | >90 s; nothing |",
                        "| >90 s; wrong: nginx.service and shop.service 21 times |")
                .doesNotContain("not played");
    }

    @Test
    void tellsTheSameAsData() {
        assertThat(ComparisonJson.of(SampleComparison.report()).replaceAll("\\s+", ""))
                .startsWith("{\"schema\":\"gatemend.lab-compare/1\",\"machine\":{\"cores\":2,")
                .contains(
                        "\"boundSeconds\":90.0,",
                        "{\"id\":\"stale-socket/systemd-killed\",\"cause\":\"stale-socket\",\"mendedByRestarting\":[\"shop.service\"],",
                        "{\"watcher\":\"Monit\",\"outageSeconds\":2.34,\"healed\":true,\"requests\":30,\"failedRequests\":12,\"verdict\":\"right\",\"restarted\":[{\"unit\":\"shop.service\",\"times\":2}]}",
                        "\"verdict\":\"nothing\",\"restarted\":[]");
    }

    @Test
    void passesAlsoWhenNobodyCouldMendIt() {
        assertThat(SampleComparison.report().passed()).isTrue();
    }

    @Test
    void failsWhenAFaultDidNotComeToBeAndSaysWhy() {
        ComparisonReport report = SampleComparison.report(BROKEN);

        assertThat(report.passed()).isFalse();
        assertThat(report.text(new Page(80)).toString())
                .endsWith("wrong-port/x not played: <it> did not break\n");
        assertThat(ComparisonPage.of(report, Instant.EPOCH))
                .endsWith("* `wrong-port/x`: \\<it\\> did not break\n");
    }

    @Test
    void isNotPlayedWhenThePageIsThereAlready(@TempDir Path directory) throws Exception {
        Path page = Files.writeString(directory.resolve("others.md"), "mine");

        Played played = Played.of("lab", "compare", "-o", page.toString());

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.err()).contains("is there already; --force replaces it");
    }

    @Test
    void isNotMadeOfAScenarioThatDoesNotSayWhatMendsIt() {
        Played played = Played.of("lab", "compare", "wrong-port/node-moved");

        assertThat(played.status()).isEqualTo(2);
        assertThat(played.err()).contains("\"restart\" goes with \"host: systemd\"");
    }
}
