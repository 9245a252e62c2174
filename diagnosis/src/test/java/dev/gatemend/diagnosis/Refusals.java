package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Facts.listener;
import static dev.gatemend.diagnosis.Facts.process;
import static dev.gatemend.diagnosis.Facts.step;
import static dev.gatemend.diagnosis.Facts.table;
import static dev.gatemend.diagnosis.Facts.walk;
import static dev.gatemend.diagnosis.MatterBuilder.NOW;

import dev.gatemend.model.FileKind;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.ProcessState;
import java.time.Duration;
import java.time.Instant;

/** Scenes of a peer that nobody serves, to be completed by tests. */
public final class Refusals {
    public static final String PEER = "127.0.0.1:8000";
    public static final String SOCKET = "/run/shop/shop.sock";
    public static final String SOCKET_PEER = "unix:" + SOCKET;
    public static final Instant FAILING = NOW.minusSeconds(60);
    public static final ProcessState NODE =
            process(900, "node", "node /srv/other/server.js", Duration.ofDays(2), "");
    public static final ProcessState GUNICORN =
            process(
                    900,
                    "gunicorn",
                    "/usr/bin/python3 /usr/bin/gunicorn shop:app",
                    Duration.ofDays(2),
                    "web.service");

    private Refusals() {}

    public static MatterBuilder refused() {
        return refused(PEER);
    }

    public static MatterBuilder refused(String peer) {
        return new MatterBuilder()
                .peer(peer)
                .logged(
                        "connect-failed-econnrefused",
                        "connect() failed (111: Connection refused)",
                        111,
                        "connecting to upstream");
    }

    public static MatterBuilder missingSocket() {
        return new MatterBuilder()
                .peer("unix:" + SOCKET)
                .logged(
                        "connect-to-failed-enoent",
                        "connect() to unix:" + SOCKET + " failed (2: No such file or directory)",
                        2,
                        "connecting to upstream")
                .seen(
                        walk(
                                SOCKET,
                                step("/", FileKind.DIRECTORY, 0755, "root", 2),
                                PathStep.missing(SOCKET)),
                        "path",
                        "namei -l " + SOCKET);
    }

    public static MatterBuilder withNeighbour(MatterBuilder scene, ProcessState owner) {
        return scene.seen(table(listener("127.0.0.1:8001", owner.pid())), "sockets", "ss -ltnp")
                .seen(owner, "processes", "ps -p " + owner.pid());
    }

    public static ProcessState daemon(int pid, String name) {
        return process(pid, name, "/usr/sbin/" + name, Duration.ofDays(9), name + ".service");
    }

    public static MatterBuilder failed(int errno, String name) {
        return new MatterBuilder()
                .peer(SOCKET_PEER)
                .logged(
                        "connect-to-failed-" + name,
                        "connect() to %s failed (%d)".formatted(SOCKET_PEER, errno),
                        errno,
                        "connecting to upstream");
    }

    public static PathWalk at(FileKind kind, int mode, long inode) {
        return walk(
                SOCKET,
                step("/run", FileKind.DIRECTORY, 0755, "root", 3),
                step("/run/shop", FileKind.DIRECTORY, 0755, "deploy", 5),
                step(SOCKET, kind, mode, "deploy", inode));
    }

    public static PathWalk gone() {
        return walk(
                SOCKET,
                step("/run", FileKind.DIRECTORY, 0755, "root", 3),
                PathStep.missing(SOCKET));
    }
}
