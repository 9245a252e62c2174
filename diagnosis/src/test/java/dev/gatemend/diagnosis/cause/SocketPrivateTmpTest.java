package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.MatterBuilder.NETWORK;
import static dev.gatemend.diagnosis.Refusals.GUNICORN;
import static dev.gatemend.diagnosis.Refusals.SOCKET_PEER;
import static dev.gatemend.diagnosis.Refusals.at;
import static dev.gatemend.diagnosis.Refusals.failed;
import static dev.gatemend.diagnosis.Refusals.gone;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.ProcessState;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A socket in a /tmp that nginx does not see. */
class SocketPrivateTmpTest {
    @Test
    void speaksWhenTheListenerLivesInAnotherMountNamespace() {
        MatterBuilder scene =
                failed(2, "enoent")
                        .seen(gone(), "path", "namei")
                        .seen(table(listener(SOCKET_PEER, 900)), "sockets", "ss")
                        .seen(inMounts(77), "processes", "ps");

        Finding verdict = assertVerdict(diagnose(scene), "socket-private-tmp", 0.95);
        assertThat(verdict.title())
                .isEqualTo(
                        "gunicorn (PID 900) made /run/shop/shop.sock where nginx does not see it, in another mount namespace");
        assertThat(commands(verdict))
                .contains("systemctl show -p PrivateTmp web.service nginx.service");
    }

    @Test
    void speaksWhenAnOldFileStandsInNginxsView() {
        MatterBuilder scene =
                failed(111, "econnrefused")
                        .seen(at(FileKind.SOCKET, 0777, 7), "path", "namei")
                        .seen(
                                table(listener(SOCKET_PEER, OptionalLong.of(6), 900)),
                                "sockets",
                                "ss")
                        .seen(inMounts(77), "processes", "ps");

        assertVerdict(diagnose(scene), "socket-private-tmp", 0.9);
    }

    @Test
    void staysSilentWhenBothSeeTheSameFile() {
        MatterBuilder scene =
                failed(111, "econnrefused")
                        .seen(at(FileKind.SOCKET, 0777, 7), "path", "namei")
                        .seen(
                                table(listener(SOCKET_PEER, OptionalLong.of(7), 900)),
                                "sockets",
                                "ss")
                        .seen(inMounts(77), "processes", "ps");

        assertThat(probability(diagnose(scene), "socket-private-tmp")).isZero();
    }

    @Test
    void staysSilentWhenTheListenerLivesWhereNginxDoes() {
        MatterBuilder scene =
                failed(2, "enoent")
                        .seen(gone(), "path", "namei")
                        .seen(table(listener(SOCKET_PEER, 900)), "sockets", "ss")
                        .seen(GUNICORN, "processes", "ps");

        assertThat(probability(diagnose(scene), "socket-private-tmp")).isZero();
        assertVerdict(diagnose(scene), "socket-unlinked", 0.95);
    }

    private static ProcessState inMounts(long mount) {
        return new ProcessState(
                GUNICORN.pid(),
                GUNICORN.parent(),
                GUNICORN.name(),
                GUNICORN.command(),
                GUNICORN.identity(),
                GUNICORN.state(),
                GUNICORN.startedAt(),
                new Namespaces(NETWORK, mount, 1),
                GUNICORN.unit(),
                GUNICORN.container(),
                GUNICORN.threads(),
                GUNICORN.openFiles(),
                GUNICORN.openFilesLimit(),
                GUNICORN.waitingIn(),
                GUNICORN.children());
    }
}
