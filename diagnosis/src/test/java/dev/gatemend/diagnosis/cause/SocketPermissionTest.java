package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.step;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.walk;
import static dev.gatemend.diagnosis.Refusals.GUNICORN;
import static dev.gatemend.diagnosis.Refusals.SOCKET;
import static dev.gatemend.diagnosis.Refusals.SOCKET_PEER;
import static dev.gatemend.diagnosis.Refusals.at;
import static dev.gatemend.diagnosis.Refusals.failed;
import static dev.gatemend.diagnosis.Verdicts.assertVerdict;
import static dev.gatemend.diagnosis.Verdicts.commands;
import static dev.gatemend.diagnosis.Verdicts.diagnose;
import static dev.gatemend.diagnosis.Verdicts.probability;
import static dev.gatemend.diagnosis.Verdicts.ruledOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.Finding;
import dev.gatemend.model.PathStep;
import org.junit.jupiter.api.Test;

/** The socket does not admit the worker. */
class SocketPermissionTest {
    @Test
    void speaksWhenTheModeDoesNotAdmitTheWorkerAndItsGroupWould() {
        Diagnosis diagnosis =
                diagnose(
                        failed(13, "eacces")
                                .seen(at(FileKind.SOCKET, 0660, 7), "path", "namei")
                                .seen(table(listener(SOCKET_PEER, 900)), "sockets", "ss")
                                .seen(GUNICORN, "processes", "ps"));

        Finding verdict = assertVerdict(diagnosis, "socket-permission", 0.95);
        assertThat(verdict.title())
                .isEqualTo(
                        "nginx's worker (www-data) may not write to /run/shop/shop.sock (0660 deploy:deploy)");
        assertThat(commands(verdict))
                .contains(
                        "sudo usermod -aG deploy www-data",
                        "sudo nginx -t && sudo systemctl reload nginx.service");
    }

    @Test
    void speaksOfAnAclWhereTheGroupMayNotWrite() {
        Finding verdict =
                assertVerdict(
                        diagnose(
                                failed(13, "eacces")
                                        .seen(at(FileKind.SOCKET, 0755, 7), "path", "namei")),
                        "socket-permission",
                        0.9);

        assertThat(commands(verdict))
                .contains("sudo setfacl -m u:www-data:rw /run/shop/shop.sock")
                .noneMatch(c -> c.contains("usermod"));
    }

    @Test
    void speaksOfNoMembershipInTheGroupRoot() {
        PathStep socket = step(SOCKET, FileKind.SOCKET, 0660, "root", 7);

        Finding verdict =
                assertVerdict(
                        diagnose(failed(13, "eacces").seen(walk(SOCKET, socket), "path", "namei")),
                        "socket-permission",
                        0.9);

        assertThat(commands(verdict)).noneMatch(c -> c.contains("usermod"));
    }

    @Test
    void isRuledOutWhenTheSocketAdmitsTheWorker() {
        Diagnosis diagnosis =
                diagnose(failed(13, "eacces").seen(at(FileKind.SOCKET, 0666, 7), "path", "namei"));

        assertThat(ruledOut(diagnosis)).contains("socket-permission");
    }

    @Test
    void isRuledOutWhenNoSocketStandsThere() {
        Diagnosis diagnosis =
                diagnose(
                        failed(13, "eacces")
                                .seen(at(FileKind.DIRECTORY, 0755, 7), "path", "namei"));

        assertThat(ruledOut(diagnosis)).contains("socket-permission");
    }

    @Test
    void staysSilentWhenOnlyADirectoryIsClosed() {
        Diagnosis diagnosis =
                diagnose(
                        failed(13, "eacces")
                                .seen(
                                        walk(
                                                SOCKET,
                                                step(
                                                        "/run/shop",
                                                        FileKind.DIRECTORY,
                                                        0700,
                                                        "deploy",
                                                        5),
                                                step(SOCKET, FileKind.SOCKET, 0666, "deploy", 7)),
                                        "path",
                                        "namei"));

        assertVerdict(diagnosis, "socket-dir-permission", 0.9);
        assertThat(probability(diagnosis, "socket-permission")).isZero();
    }
}
