package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.MASTER;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Diagnostician;
import dev.gatemend.diagnosis.Facts;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.Address;
import dev.gatemend.model.Change;
import dev.gatemend.model.Change.Kind;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PassKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first failure was a minute ago. */
class RecentChangeRegressionTest {
    private static final String PEER = "127.0.0.1:8000";
    private static final Instant RESTARTED = NOW.minusSeconds(65);
    private static final Instant CHANGED = NOW.minusSeconds(100);
    private static final Change CHECKOUT =
            ofShop(Kind.CHECKOUT, "/srv/shop", CHANGED, "pull: Fast-forward, to 1a2b3c4d by Ann");

    @Test
    void speaksWhenNothingWorksSinceACheckoutThatTheApplicationWasStartedWith() {
        Finding finding = verdict(closed(RESTARTED).seen(CHECKOUT, "changes", "git reflog"));

        assertThat(finding.cause()).isEqualTo("recent-change-regression");
        assertThat(finding.title())
                .isEqualTo("Nothing has worked here since the checkout in /srv/shop (12:08:55)");
        assertThat(finding.evidence())
                .extracting(Evidence::text)
                .contains(
                        "git in /srv/shop: pull: Fast-forward, to 1a2b3c4d by Ann, at 12:08:20, 40 s before the first failure; it took effect at 12:08:55");
        assertThat(finding.remedies().getFirst().steps().getFirst().command())
                .isEqualTo("sudo git -C /srv/shop diff 'HEAD@{1}' HEAD");
        assertThat(finding.probability()).isBetween(0.7, 0.97);
    }

    @Test
    void speaksOfAPackageWhoseFilesTheApplicationRuns() {
        Change upgrade = ofShop(Kind.PACKAGE, "shop", CHANGED, "upgrade from 1.0 to 1.1");

        assertThat(verdict(closed(RESTARTED).seen(upgrade, "changes", "dpkg.log")).title())
                .contains("since package shop: upgrade from 1.0 to 1.1");
    }

    @Test
    void speaksOfAnEditThatNginxHasLoaded() {
        NginxMaster reloaded = MatterBuilder.reloadedAt(RESTARTED);

        assertThat(
                        verdict(
                                        closed(new MatterBuilder(reloaded), NOW.minusSeconds(9000))
                                                .seen(edit(), "changes", "stat"))
                                .cause())
                .isEqualTo("recent-change-regression");
    }

    @Test
    void staysSilentOnAnEditThatNginxHasNotLoaded() {
        assertThat(only(closed(NOW.minusSeconds(9000)).seen(edit(), "changes", "stat")).findings())
                .isEmpty();
    }

    @Test
    void staysSilentWhenTheApplicationWasNotStartedSinceTheChange() {
        assertThat(
                        only(closed(CHANGED.minusSeconds(60)).seen(CHECKOUT, "changes", "git"))
                                .findings())
                .isEmpty();
    }

    @Test
    void staysSilentWhenItWorkedWithTheChangeForAWhile() {
        Change earlier =
                ofShop(Kind.CHECKOUT, "/srv/shop", NOW.minusSeconds(600), "pull: Fast-forward");

        assertThat(only(closed(NOW.minusSeconds(590)).seen(earlier, "changes", "git")).findings())
                .isEmpty();
    }

    @Test
    void staysSilentOnAChangeOfWhatIsNotConcerned() {
        Change stranger =
                new Change(
                        Kind.PACKAGE,
                        "libtiff6",
                        CHANGED,
                        "upgrade from 1 to 2",
                        new Change.Part(List.of(), List.of(), List.of()));

        assertThat(only(closed(RESTARTED).seen(stranger, "changes", "dpkg.log")).findings())
                .isEmpty();
    }

    @Test
    void addsTheChangeToTheStoryOfWhateverExplainsMore() {
        Finding finding =
                verdict(
                        new MatterBuilder()
                                .peer(PEER)
                                .seen(configuration(), "configuration", "nginx.conf")
                                .logged(
                                        "connect-failed-econnrefused",
                                        "connect() failed (111: Connection refused)",
                                        111,
                                        "connecting to upstream")
                                .seen(answers(NOW.minusSeconds(61)), "access.log", "access.log")
                                .seen(Facts.table(), "sockets", "ss")
                                .seen(
                                        Facts.unit(
                                                "shop.service",
                                                "failed",
                                                "failed",
                                                "/srv/shop/run --port 8000"),
                                        "systemd",
                                        "systemctl")
                                .seen(CHECKOUT, "changes", "git reflog"));

        assertThat(finding.cause()).isNotEqualTo("recent-change-regression");
        assertThat(finding.evidence().getLast())
                .satisfies(
                        e -> {
                            assertThat(e.text()).contains("40 s before the first failure");
                            assertThat(e.source()).isEqualTo("changes");
                            assertThat(e.at()).contains(CHANGED);
                            assertThat(e.weight()).isZero();
                        });
    }

    /** Connections that the application closes without an answer; nothing says why. */
    private static MatterBuilder closed(Instant started) {
        return closed(new MatterBuilder(), started);
    }

    private static MatterBuilder closed(MatterBuilder builder, Instant started) {
        return builder.peer(PEER)
                .seen(configuration(), "configuration", "nginx.conf")
                .logged(
                        "prematurely-closed",
                        "upstream prematurely closed connection",
                        0,
                        "reading response header from upstream")
                .seen(answers(NOW.minusSeconds(66)), "access.log", "access.log")
                .seen(Facts.table(Facts.listener(PEER, 77)), "sockets", "ss")
                .seen(
                        Facts.process(
                                77,
                                "python3",
                                "python3 /srv/shop/app.py",
                                Duration.between(started, NOW),
                                "shop.service"),
                        "processes",
                        "ps");
    }

    private static dev.gatemend.model.NginxConfiguration configuration() {
        return Facts.configuration(PassKind.PROXY, "shop", List.of(PEER));
    }

    private static dev.gatemend.model.AccessGroup answers(Instant last) {
        return Facts.answered("", NOW.minusSeconds(800), last);
    }

    private static Change edit() {
        return new Change(
                Kind.NGINX_FILE,
                "/etc/nginx/conf.d/shop.conf",
                CHANGED,
                "",
                new Change.Part(List.of(), List.of(), List.of(MASTER.pid())));
    }

    private static Change ofShop(Kind kind, String what, Instant at, String detail) {
        return new Change(
                kind,
                what,
                at,
                detail,
                new Change.Part(
                        List.of(Address.parse(PEER, 80).orElseThrow()), List.of(), List.of()));
    }

    private static Finding verdict(MatterBuilder builder) {
        Optional<Finding> verdict = only(builder).verdict();
        assertThat(verdict).isPresent();
        return verdict.orElseThrow();
    }

    private static Diagnosis only(MatterBuilder builder) {
        List<Diagnosis> problems = new Diagnostician(Causes.all()).diagnose(builder.snapshot());
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
