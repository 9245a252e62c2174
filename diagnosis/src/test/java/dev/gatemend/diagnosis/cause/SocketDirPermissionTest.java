package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.MatterBuilder.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.MatterBuilder;
import dev.gatemend.diagnosis.Verdicts;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketDirPermissionTest {
    private static final String SOCKET = "/home/deploy/run/app.sock";

    @Test
    void speaksWhenADirectoryOnTheWayIsClosedToTheWorker() {
        Judgement judgement = new SocketDirPermission().judge(denied(0700).build());

        assertThat(judgement)
                .isInstanceOfSatisfying(
                        Judgement.Possible.class,
                        possible ->
                                assertThat(possible.title())
                                        .isEqualTo(
                                                "nginx's worker (www-data) may not enter /home/deploy (0700 deploy:deploy)"));
    }

    @Test
    void isRuledOutWhenEveryDirectoryIsOpenToTheWorker() {
        Judgement judgement = new SocketDirPermission().judge(denied(0711).build());

        assertThat(judgement).isInstanceOf(Judgement.RuledOut.class);
    }

    @Test
    void staysSilentOnATcpPeer() {
        Judgement judgement =
                new SocketDirPermission()
                        .judge(
                                new MatterBuilder()
                                        .peer("127.0.0.1:8000")
                                        .logged(
                                                "connect-failed-econnrefused",
                                                "connect() failed",
                                                111,
                                                "connecting to upstream")
                                        .build());

        assertThat(judgement).isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void staysSilentWhenTheConnectCameAsFarAsTheSocket() {
        MatterBuilder refused =
                new MatterBuilder()
                        .peer("unix:" + SOCKET)
                        .seen(walk(0700), "path", "namei -l " + SOCKET)
                        .logged(
                                "connect-to-failed-econnrefused",
                                "connect() to unix:" + SOCKET + " failed (111)",
                                111,
                                "connecting to upstream");

        assertThat(new SocketDirPermission().judge(refused.build()))
                .isInstanceOf(Judgement.NotConcerned.class);
    }

    @Test
    void speaksOfASuspicionWhenASocketBelowAHomeIsDeniedAndNobodyWalkedThePath() {
        MatterBuilder pasted =
                new MatterBuilder()
                        .peer("unix:" + SOCKET)
                        .logged(
                                "connect-to-failed-eacces",
                                "connect() to unix:" + SOCKET + " failed (13: Permission denied)",
                                13,
                                "connecting to upstream");

        Diagnosis diagnosis = Verdicts.diagnose(pasted);

        assertThat(Verdicts.probability(diagnosis, "socket-dir-permission")).isBetween(0.3, 0.7);
        assertThat(Verdicts.probability(diagnosis, "socket-permission")).isBetween(0.1, 0.5);
    }

    private static MatterBuilder denied(int mode) {
        return new MatterBuilder()
                .peer("unix:" + SOCKET)
                .seen(walk(mode), "path", "namei -l " + SOCKET)
                .logged(
                        "connect-to-failed-eacces",
                        "connect() to unix:" + SOCKET + " failed (13: Permission denied)",
                        13,
                        "connecting to upstream");
    }

    private static PathWalk walk(int mode) {
        return new PathWalk(
                SOCKET,
                PathWalk.Purpose.PEER_SOCKET,
                1,
                WORKER,
                List.of(
                        step("/", FileKind.DIRECTORY, 0755, 0, "root"),
                        step("/home", FileKind.DIRECTORY, 0755, 0, "root"),
                        step("/home/deploy", FileKind.DIRECTORY, mode, 1000, "deploy"),
                        step("/home/deploy/run", FileKind.DIRECTORY, 0755, 1000, "deploy"),
                        step(SOCKET, FileKind.SOCKET, 0666, 1000, "deploy")),
                Optional.empty());
    }

    private static PathStep step(String path, FileKind kind, int mode, int uid, String owner) {
        return new PathStep(
                path, kind, mode, uid, uid, owner, owner, List.of(), 1, 1, Optional.empty());
    }
}
