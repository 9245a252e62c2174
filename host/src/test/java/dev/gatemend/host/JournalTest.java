package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.JournalLine;
import dev.gatemend.model.SystemdUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private final Journal observer = new Journal();
    private final FakeCommands commands = new FakeCommands();

    @TempDir Path root;
    private Scene scene = new Scene(Path.of("/nowhere"));

    @BeforeEach
    void booted() throws Exception {
        Files.createDirectories(root.resolve("run/systemd/system"));
        scene = new Scene(root).commands(commands).seen(unit("shop.service"));
    }

    @Test
    void readsWhatAUnitWroteAndWhatSystemdSaidOfIt() throws Exception {
        commands.answer("journalctl", Fixture.text("systemd/journal.json"));

        assertThat(scene.facts(observer, JournalLine.class))
                .containsExactly(
                        new JournalLine(
                                "shop.service",
                                Instant.parse("2026-03-01T11:58:20.123456Z"),
                                "ModuleNotFoundError: No module named 'shop'"),
                        new JournalLine(
                                "shop.service",
                                Instant.parse("2026-03-01T11:58:21Z"),
                                "shop.service: Main process exited, code=exited,"
                                        + " status=203/EXEC"),
                        new JournalLine(
                                "shop.service",
                                Instant.parse("2026-03-01T11:58:22Z"),
                                "\u00fc\ufffd\u001b"),
                        new JournalLine("shop.service", Instant.parse("2026-03-01T11:58:23Z"), ""));
    }

    @Test
    void asksForTheWindowOnly() throws Exception {
        commands.answer("journalctl", "");

        scene.observations(observer);

        assertThat(commands.asked)
                .singleElement()
                .asString()
                .contains("--since=@1772365500", "--until=@1772366401", "--unit=shop.service");
    }

    @Test
    void saysThatItMayNotReadTheJournal() throws Exception {
        commands.answer(
                "journalctl",
                0,
                "",
                "Hint: You are currently not seeing messages from other users and the system.\n");

        assertThat(scene.excuses(observer))
                .containsExactly(
                        "permission denied; run with sudo (sudo journalctl -u shop.service)");
    }

    @Test
    void asksNothingWithoutAUnit() throws Exception {
        new Scene(root).commands(commands).observations(observer);

        assertThat(commands.asked).isEmpty();
    }

    private static SystemdUnit unit(String name) {
        return new SystemdUnit(
                name,
                "",
                "failed",
                "failed",
                "exit-code",
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                "enabled",
                List.of(),
                List.of(),
                Optional.empty());
    }
}
