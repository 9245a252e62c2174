package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.cause.Causes;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.Maker;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A 502 in the access log, no word of it in an error log: who made it? */
class ErrorLogsTest {
    private static final String MAIN = "/var/log/nginx/error.log";
    private static final String SHOP = "/var/log/nginx/shop.error.log";

    @Test
    void silenceOfTheLogInEffectSpeaksForTheUpstream() {
        assertThat(madeBy(List.of(MAIN), errorLog(MAIN))).isEqualTo(Maker.UPSTREAM);
    }

    @Test
    void aLogOfAnotherPlaceNeedNotBeRead() {
        assertThat(madeBy(List.of(SHOP), errorLog(SHOP))).isEqualTo(Maker.UPSTREAM);
        assertThat(madeBy(List.of(MAIN), errorLog(SHOP))).isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void aLogThatTakesOnlyCriticalMessagesIsSilentAnyway() {
        assertThat(madeBy(List.of(MAIN), errorLog(MAIN, "crit"))).isEqualTo(Maker.UNKNOWN);
        assertThat(madeBy(List.of(MAIN), errorLog(MAIN, "warn"))).isEqualTo(Maker.UPSTREAM);
    }

    @Test
    void aFileThatNginxDoesNotWriteToSaysNothing() {
        assertThat(madeBy(List.of(MAIN + " (not open in nginx)"), errorLog(MAIN)))
                .isEqualTo(Maker.UNKNOWN);
    }

    @Test
    void whereThePlaceIsNotKnownAllMustHaveBeenRead() {
        assertThat(madeBy(List.of(MAIN))).isEqualTo(Maker.UNKNOWN);
        assertThat(madeBy(List.of(MAIN, SHOP))).isEqualTo(Maker.UPSTREAM);
    }

    private static Setting errorLog(String... arguments) {
        return Written.setting(9, "error_log", arguments);
    }

    private static Maker madeBy(List<String> read, Setting... inEffect) {
        String level = inEffect.length == 1 ? inEffect[0].arguments().getLast() : "error";
        NginxConfiguration written =
                withLogs(
                        Written.pass("http", PassedOnFixture.PEER, inEffect),
                        level.startsWith("/") ? "error" : level);
        MatterBuilder scene =
                new MatterBuilder()
                        .peer(PassedOnFixture.PEER)
                        .seen(written, "configuration", "nginx.conf")
                        .seen(PassedOnFixture.access(502, Optional.empty()), "access.log", "log");
        for (String path : read) {
            scene.seen(new LogScan(path, true, 0, 0, 0, 0, 0, Optional.empty()), "logs", path);
        }
        return new Diagnostician(Causes.all())
                .diagnose(scene.snapshot())
                .getFirst()
                .symptom()
                .madeBy();
    }

    private static NginxConfiguration withLogs(NginxConfiguration c, String level) {
        List<LogSetting> logs =
                List.of(MAIN, SHOP).stream()
                        .map(
                                path ->
                                        new LogSetting(
                                                true,
                                                new LogDestination.File(path),
                                                level,
                                                Optional.empty()))
                        .toList();
        return new NginxConfiguration(
                c.path(),
                c.prefix(),
                c.version(),
                c.files(),
                c.main(),
                c.sites(),
                c.upstreams(),
                logs,
                c.formats(),
                c.problems());
    }
}
