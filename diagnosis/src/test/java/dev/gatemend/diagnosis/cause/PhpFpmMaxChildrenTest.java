package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static dev.gatemend.diagnosis.cause.Waiting.SOCKET;
import static dev.gatemend.diagnosis.cause.Waiting.othersAnswered;
import static dev.gatemend.diagnosis.cause.Waiting.queueFull;
import static dev.gatemend.diagnosis.cause.Waiting.said;
import static dev.gatemend.diagnosis.cause.Waiting.served;
import static dev.gatemend.diagnosis.cause.Waiting.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.PoolLimits;
import dev.gatemend.model.PoolStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PHP-FPM pool has all the children it may have, all of them at work, and requests wait. */
class PhpFpmMaxChildrenTest {
    private static final String WARNING =
            "[21-Nov-2026 12:08:50] WARNING: [pool www] server reached pm.max_children setting (5), consider raising it";

    @ParameterizedTest
    @ValueSource(
            strings = {
                WARNING,
                "php-fpm[7]: [21-Nov-2026 12:08:50] WARNING: [pool www] server reached max_children setting (5), consider raising it"
            })
    void speaksWhenThePoolWarnsAndNothingElseIsKnown(String line) {
        assertVerdict(diagnose(said(timedOut(), line)), "php-fpm-max-children", 0.8);
        assertVerdict(diagnose(said(queueFull(), line)), "php-fpm-max-children", 0.8);
    }

    @Test
    void speaksWhenAsManyChildrenRunAsMayAndConnectionsWait() {
        MatterBuilder scene =
                limited(othersAnswered(served(queueFull(), "php-fpm8.2", 1, 9, 511)), 2);

        assertVerdict(diagnose(scene), "php-fpm-max-children", 0.8);
    }

    @Test
    void speaksWhenTheStatusPageOfABusyPoolTellsOfNoneIdle() {
        MatterBuilder scene =
                status(
                        served(timedOut(), "php-fpm8.2", 1, 9, 511),
                        new PoolStatus.Children(5, 0, 9, 0));

        assertVerdict(diagnose(scene), "php-fpm-max-children", 0.8);
    }

    @Test
    void isRuledOutWhenChildrenIdleAndItsLimitWasNeverReached() {
        MatterBuilder scene =
                status(
                        served(timedOut(), "php-fpm8.2", 0, 0, 511),
                        new PoolStatus.Children(1, 4, 0, 0));

        assertThat(ruledOut(diagnose(scene))).contains("php-fpm-max-children");
    }

    @Test
    void staysSilentOfServersThatAreNotPhp() {
        MatterBuilder scene = served(timedOut(), "gunicorn", 1, 9, 511);

        assertThat(probability(diagnose(scene), "php-fpm-max-children")).isZero();
    }

    @Test
    void staysSilentWhenAClientAsksForSuchWords() {
        MatterBuilder scene =
                said(
                        served(timedOut(), "gunicorn", 0, 0, 511),
                        "10.0.0.1 - - [21/Nov/2026:12:08:50 +0000] \"GET /?WARNING: [pool www] server reached pm.max_children setting (5) HTTP/1.1\" 200 5");

        assertThat(probability(diagnose(scene), "php-fpm-max-children")).isZero();
    }

    private static MatterBuilder limited(MatterBuilder scene, int children) {
        return scene.seen(
                new PoolLimits("www", SOCKET, children, "/etc/php/8.2/fpm/pool.d/www.conf"),
                "kept programs",
                "/etc/php/8.2/fpm/pool.d/www.conf");
    }

    private static MatterBuilder status(MatterBuilder scene, PoolStatus.Children children) {
        return scene.seen(
                new PoolStatus("www", SOCKET, true, Duration.ofMillis(3), Optional.of(children)),
                "php-fpm status",
                "cgi-fcgi");
    }
}
