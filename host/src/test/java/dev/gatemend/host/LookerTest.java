package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.SecurityModule;
import dev.gatemend.model.Snapshot;
import dev.gatemend.model.Window;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LookerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final LookRequest REQUEST =
            new LookRequest(
                    Window.endingAt(NOW, Duration.ofMinutes(15)),
                    ZoneOffset.UTC,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
    private static final SecurityModule FACT = new SecurityModule("selinux", "enforcing");

    @Test
    void showsALaterStageWhatAnEarlierOneSaw() throws Exception {
        Observer second =
                observer(
                        "second",
                        look -> look.facts(SecurityModule.class).forEach(f -> again(look)));

        Snapshot snapshot = look(observer("first", LookerTest::again), second);

        assertThat(snapshot.observations())
                .extracting(o -> o.source().name())
                .containsExactly("first", "second");
    }

    @Test
    void keepsWhatWasSeenBeforeAFailureAndSaysWhyItEnded() throws Exception {
        Snapshot snapshot =
                look(
                        observer(
                                "journal",
                                look -> {
                                    again(look);
                                    throw new AccessDeniedException("/var/log/journal");
                                }));

        assertThat(snapshot.facts(SecurityModule.class)).containsExactly(FACT);
        assertThat(snapshot.facts(CouldNotLook.class))
                .containsExactly(
                        new CouldNotLook(
                                "journal", "permission denied: /var/log/journal; run with sudo"));
    }

    @Test
    void survivesAnObserverThatRecursesWithoutEnd() throws Exception {
        Snapshot snapshot = look(observer("deep", _ -> forever(0)));

        assertThat(snapshot.facts(CouldNotLook.class))
                .singleElement()
                .extracting(CouldNotLook::why)
                .asString()
                .contains("StackOverflowError");
    }

    @Test
    void givesUpOnAnObserverAtItsLimitAndKeepsWhatItSaw() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Observer stuck =
                observer(
                        "stuck",
                        look -> {
                            again(look);
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                        });

        Snapshot snapshot = look(stuck);

        interrupted.await();
        assertThat(snapshot.facts(SecurityModule.class)).containsExactly(FACT);
        assertThat(snapshot.facts(CouldNotLook.class))
                .containsExactly(new CouldNotLook("stuck", "gave up after 200 ms"));
    }

    @Test
    void saysHowManyFactsOfAFloodItDidNotKeep() throws Exception {
        Snapshot snapshot =
                look(
                        observer(
                                "flood",
                                look -> {
                                    for (int i = 0; i < 20_005; i++) {
                                        again(look);
                                    }
                                }));

        assertThat(snapshot.facts(SecurityModule.class)).hasSize(20_000);
        assertThat(snapshot.facts(CouldNotLook.class))
                .containsExactly(
                        new CouldNotLook(
                                "flood", "5 more facts were not kept: the limit is 20000"));
    }

    private static void again(Look look) {
        look.add(FACT, "getenforce");
    }

    private static int forever(int depth) {
        return depth < 0 ? 0 : forever(depth + 1) + 1;
    }

    private static Snapshot look(Observer... stages) throws InterruptedException {
        Host host =
                new Host(
                        Path.of("/nowhere"), Path.of("/nowhere/proc"), new ProcessCommands(), true);
        return new Looker(host, Stream.of(stages).map(List::of).toList(), InstantSource.fixed(NOW))
                .look(REQUEST)
                .snapshot();
    }

    private interface Looking {
        void look(Look look) throws java.io.IOException, InterruptedException;
    }

    private static Observer observer(String name, Looking looking) {
        return new Observer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Duration limit() {
                return name.equals("stuck") ? Duration.ofMillis(200) : Duration.ofSeconds(20);
            }

            @Override
            public void look(Look look) throws java.io.IOException, InterruptedException {
                looking.look(look);
            }
        };
    }
}
