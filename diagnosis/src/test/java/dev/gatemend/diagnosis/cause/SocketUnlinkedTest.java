package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.walk;
import static dev.gatemend.diagnosis.Refusals.GUNICORN;
import static dev.gatemend.diagnosis.Refusals.SOCKET;
import static dev.gatemend.diagnosis.Refusals.SOCKET_PEER;
import static dev.gatemend.diagnosis.Refusals.at;
import static dev.gatemend.diagnosis.Refusals.failed;
import static dev.gatemend.diagnosis.Refusals.gone;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PathStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A listener whose file is gone or another. */
class SocketUnlinkedTest {
    @Test
    void speaksWhenTheListenersFileIsGone() {
        Diagnosis diagnosis =
                diagnose(
                        failed(2, "enoent")
                                .seen(gone(), "path", "namei")
                                .seen(table(listener(SOCKET_PEER, 900)), "sockets", "ss")
                                .seen(GUNICORN, "processes", "ps"));

        Finding verdict = assertVerdict(diagnosis, "socket-unlinked", 0.95);
        assertThat(verdict.title())
                .isEqualTo("gunicorn (PID 900) listens on a socket whose file was removed");
        assertThat(commands(verdict)).contains("sudo systemctl restart web.service");
        assertThat(ruledOut(diagnosis)).contains("app-not-running", "wrong-socket-path");
    }

    @Test
    void doesNotCallTheFileRemovedWhereALinkMayHaveBeenSwitched() {
        PathStep current =
                new PathStep(
                        "/run/shop",
                        FileKind.SYMLINK,
                        0777,
                        0,
                        0,
                        "root",
                        "root",
                        List.of(),
                        8,
                        1,
                        Optional.of("releases/2"));
        Diagnosis diagnosis =
                diagnose(
                        failed(2, "enoent")
                                .seen(
                                        walk(
                                                SOCKET,
                                                current,
                                                PathStep.missing("/run/releases/2/shop.sock")),
                                        "path",
                                        "namei")
                                .seen(table(listener(SOCKET_PEER, 900)), "sockets", "ss")
                                .seen(GUNICORN, "processes", "ps"));

        Finding verdict = assertVerdict(diagnosis, "socket-unlinked", 0.9);
        assertThat(verdict.title())
                .isEqualTo(
                        "gunicorn (PID 900) listens on a socket to which its path no longer leads");
        assertThat(verdict.explanation()).contains("Now /run/shop leads to releases/2");
    }

    @Test
    void speaksWhenAnotherFileStandsThere() {
        Diagnosis diagnosis =
                diagnose(
                        failed(111, "econnrefused")
                                .seen(at(FileKind.SOCKET, 0777, 7), "path", "namei")
                                .seen(
                                        table(listener(SOCKET_PEER, OptionalLong.of(6), 900)),
                                        "sockets",
                                        "ss")
                                .seen(GUNICORN, "processes", "ps"));

        assertThat(assertVerdict(diagnosis, "socket-unlinked", 0.95).title())
                .endsWith("whose file was replaced");
    }

    @Test
    void isRuledOutWhenTheFileIsTheListenersOwn() {
        Diagnosis diagnosis =
                diagnose(
                        failed(111, "econnrefused")
                                .seen(at(FileKind.SOCKET, 0777, 7), "path", "namei")
                                .seen(
                                        table(listener(SOCKET_PEER, OptionalLong.of(7), 900)),
                                        "sockets",
                                        "ss")
                                .seen(GUNICORN, "processes", "ps"));

        assertThat(ruledOut(diagnosis)).contains("socket-unlinked", "stale-socket");
    }
}
