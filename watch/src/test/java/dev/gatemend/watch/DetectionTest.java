package dev.gatemend.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DetectionTest {
    private final Played played = new Played();

    @Test
    void opensAtTheSecondFailureInARow() {
        played.fails().after(500).fails();

        assertThat(played.alarms())
                .singleElement()
                .satisfies(
                        alarm -> {
                            assertThat(alarm.trouble()).isEqualTo(Trouble.FAILING);
                            assertThat(alarm.severity()).isEqualTo(Severity.HIGH);
                            assertThat(alarm.why()).isEqualTo("2 requests in a row failed (502)");
                            assertThat(Duration.between(alarm.first(), played.now)).hasMillis(500);
                        });
    }

    @Test
    void staysSilentAfterOneFailure() {
        played.answers().fails().after(1_000).answers().after(1_000).answers();

        assertThat(played.changes).isEmpty();
    }

    @Test
    void opensWithFiveRequestsAMinute() {
        played.answers().after(12_000).fails().after(12_000).fails();

        assertThat(played.alarms()).hasSize(1);
    }

    @Test
    void staysSilentWhenFailuresLieFarApart() {
        played.fails().after(61_000).fails().after(61_000).fails();

        assertThat(played.changes).isEmpty();
    }

    @Test
    void opensWhenAShareFails() {
        for (int i = 0; i < 5; i++) {
            played.fails().after(500).answers("203.0.113.1", "/cart").after(500);
        }

        assertThat(played.alarms())
                .singleElement()
                .satisfies(
                        alarm -> {
                            assertThat(alarm.severity()).isEqualTo(Severity.HIGH);
                            assertThat(alarm.why())
                                    .isEqualTo("5 of the last 9 requests failed (502)");
                        });
    }

    @Test
    void staysSilentWhenOneInTwentyFails() {
        for (int i = 0; i < 400; i++) {
            played.after(100);
            if (i % 20 == 0) {
                played.fails();
            } else {
                played.answers();
            }
        }

        assertThat(played.changes).isEmpty();
    }

    @Test
    void staysSilentWhenTwoFailInARowByChanceAmongThousands() {
        for (int i = 0; i < 4_000; i++) {
            played.after(1);
            if (i % 1_000 == 500 || i % 1_000 == 501) {
                played.fails();
            } else {
                played.answers();
            }
        }

        assertThat(played.changes).isEmpty();
    }

    @Test
    void opensWhenABusyPlaceStopsAnswering() {
        for (int i = 0; i < 100; i++) {
            played.after(1).answers();
        }
        played.fails().fails().fails().fails();
        assertThat(played.changes).isEmpty();

        played.fails();

        assertThat(played.alarms()).hasSize(1);
    }

    @Test
    void resolvesOnceRequestsAreAnsweredForAWhile() {
        played.fails().fails();
        for (int i = 0; i < 6; i++) {
            played.after(1_000).answers();
        }

        assertThat(played.clears())
                .containsExactly("the last 5 requests were answered; no failure for 5 s");
    }

    @Test
    void staysOpenWhileAnswersAreTooFewOrTooSoon() {
        played.fails().fails();
        for (int i = 0; i < 20; i++) {
            played.after(100).answers();
        }
        played.after(50).fails().after(10_000).answers().after(10_000).answers();

        assertThat(played.clears()).isEmpty();
    }

    @Test
    void resolvesAfterAQuietMinuteWithASingleAnswer() {
        played.fails().fails().after(30_000).answers();
        assertThat(played.clears()).isEmpty();

        played.after(31_000);

        assertThat(played.clears())
                .containsExactly("the last 1 request was answered; no failure for 61 s");
    }

    @Test
    void staysOpenWhenNobodyAsks() {
        played.fails().fails().after(3_600_000);

        assertThat(played.clears()).isEmpty();
    }

    @Test
    void resolvesWhenNobodyAsksAndALookFoundItWell() {
        played.fails().fails().after(299_000);
        assertThat(played.detection.foundWell(Played.SHOP, played.now)).isEmpty();

        played.after(2_000);

        assertThat(played.detection.foundWell(Played.SHOP, played.now))
                .containsInstanceOf(Change.AllClear.class);
    }

    @Test
    void tellsOfWhatRetriesHideAsALesserMatter() {
        played.failsHidden().after(10_000).failsHidden().after(10_000).answers().failsHidden();

        assertThat(played.alarms())
                .singleElement()
                .satisfies(
                        alarm -> {
                            assertThat(alarm.trouble()).isEqualTo(Trouble.HIDDEN);
                            assertThat(alarm.severity()).isEqualTo(Severity.LOW);
                            assertThat(alarm.why()).contains("no user saw them");
                        });
    }

    @Test
    void staysSilentAtASingleRetry() {
        played.failsHidden().after(30_000).failsHidden().after(61_000).failsHidden();

        assertThat(played.changes).isEmpty();
    }

    @Test
    void tellsAgainWhenUsersBeginToSeeIt() {
        played.failsHidden().failsHidden().failsHidden().fails().fails();

        assertThat(played.alarms())
                .extracting(Change.Alarm::trouble)
                .containsExactly(Trouble.HIDDEN, Trouble.FAILING);
    }

    @Test
    void namesTheOneUriThatFails() {
        for (int i = 0; i < 5; i++) {
            played.fails("203.0.113." + i, "/export").after(100).answers().after(100);
        }

        assertThat(played.alarms())
                .singleElement()
                .satisfies(
                        alarm -> {
                            assertThat(alarm.severity()).isEqualTo(Severity.LOW);
                            assertThat(alarm.why()).endsWith(", only for the URI /export");
                        });
    }

    @Test
    void namesTheOneClientThatFails() {
        for (int i = 0; i < 5; i++) {
            played.fails("198.51.100.7", "/" + i).after(100).answers().after(100);
        }

        assertThat(played.alarms())
                .singleElement()
                .satisfies(
                        alarm ->
                                assertThat(alarm.why())
                                        .endsWith(", only for the client 198.51.100.7"));
    }

    @Test
    void callsNobodyAloneWhileNobodyElseIsAnswered() {
        played.fails().fails();

        assertThat(played.alarms())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.why()).doesNotContain("only"));
    }

    @Test
    void takesAnswersOfALogWithoutPeersForWhatFailedThere() {
        played.failsNamelessly("/cart").answersNamelessly("/cart").failsNamelessly("/cart");

        assertThat(played.alarms()).isEmpty();
    }

    @Test
    void opensWhenALogWithoutPeersAnswersOtherThings() {
        played.failsNamelessly("/cart").answersNamelessly("/logo.png").failsNamelessly("/cart");

        assertThat(played.alarms()).hasSize(1);
    }

    @Test
    void whatALookEndedComesBackWithNewFailuresOnly() {
        played.fails().fails().after(6 * 60_000);

        assertThat(played.detection.foundWell(Played.SHOP, played.now)).isPresent();
        for (int i = 0; i < 10; i++) {
            played.after(1_000);
        }
        assertThat(played.alarms()).hasSize(1);
        assertThat(played.clears()).isEmpty();

        played.fails().fails();
        assertThat(played.alarms()).hasSize(2);
    }

    @Test
    void answersToOtherPathsOfALogWithoutPeersEndNothing() {
        played.failsNamelessly("/cart").failsNamelessly("/cart");

        for (int i = 0; i < 100; i++) {
            played.after(1_000).answersNamelessly("/logo.png");
        }

        assertThat(played.alarms()).hasSize(1);
        assertThat(played.clears()).isEmpty();
    }

    @Test
    void oneAnswerAfterARestartOfTheWatchDoesNotEndWhatWasOpen() {
        played.detection.resume(
                Played.SHOP, Trouble.FAILING, played.now.minusSeconds(7_200), played.now);

        played.answers().after(1_000);

        assertThat(played.clears()).isEmpty();
    }

    @Test
    void takesUpWhatWasOpenBefore() {
        played.detection.resume(Played.SHOP, Trouble.FAILING, played.now, played.now);

        played.fails().fails();
        assertThat(played.alarms()).isEmpty();
        for (int i = 0; i < 6; i++) {
            played.after(1_000).answers();
        }

        assertThat(played.clears()).hasSize(1);
    }
}
