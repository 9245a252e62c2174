package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.FileKind;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.PathStep;
import dev.gatemend.model.PathWalk;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Version;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways of a real nginx's workers. */
class PathsTest {
    @TempDir private Path prefix;
    @TempDir private Path elsewhere;

    @Test
    void walksToAPeersSocketAsTheWorker() throws Exception {
        Path socket = elsewhere.resolve("app.sock");
        try (RealNginx _ = RealNginx.start(prefix, "user www-data;", "");
                ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            PathWalk walk = only(PathWalk.Purpose.PEER_SOCKET, "unix:" + socket);

            assertThat(walk.path()).isEqualTo(socket.toString());
            assertThat(walk.traveller().user()).isEqualTo("www-data");
            assertThat(walk.stopped()).isEmpty();
            PathStep last = walk.steps().getLast();
            assertThat(last.kind()).isEqualTo(FileKind.SOCKET);
            assertThat(last.inode()).isEqualTo(Files.getAttribute(socket, "unix:ino"));
            assertThat(last.owner()).isEqualTo("root");
            assertThat(walk.steps().get(walk.steps().size() - 2).modeAndOwner())
                    .isEqualTo("0700 root:root");
        }
    }

    @Test
    void missesASocketThatAnotherMountNamespaceHides() throws Exception {
        Path socket = Files.createFile(elsewhere.resolve("app.sock"));
        String[] hidden = {
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs none " + elsewhere + " && exec \"$@\"",
            "sh"
        };
        try (RealNginx _ = RealNginx.start(prefix, "user www-data;", "", hidden)) {
            PathWalk walk = only(PathWalk.Purpose.PEER_SOCKET, "unix:" + socket);

            assertThat(socket).exists();
            assertThat(walk.steps().getLast()).isEqualTo(PathStep.missing(socket.toString()));
            assertThat(walk.mountNamespace()).isEqualTo(master().namespaces().mount());
        }
    }

    @Test
    void findsARelativeSocketInTheWorkersDirectory() throws Exception {
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (RealNginx _ =
                RealNginx.start(
                        prefix, "user www-data; working_directory " + elsewhere + ";", "")) {
            PathWalk walk = only(PathWalk.Purpose.PEER_SOCKET, "unix:app.sock");

            assertThat(walk.path()).isEqualTo(elsewhere + "/app.sock");
        }
    }

    @Test
    void isSilentAboutPeersWithoutASocket() throws Exception {
        try (RealNginx _ = RealNginx.start(prefix, "user www-data;", "")) {
            assertThat(walks("127.0.0.1:8000")).isEmpty();
        }
    }

    private PathWalk only(PathWalk.Purpose purpose, String peer) throws Exception {
        List<PathWalk> walks = walks(peer);
        assertThat(walks).extracting(PathWalk::purpose).containsExactly(purpose);
        return walks.getFirst();
    }

    private List<PathWalk> walks(String peer) throws Exception {
        NginxConfiguration configuration =
                new NginxConfiguration(
                        prefix + "/nginx.conf",
                        prefix.toString(),
                        new Version(1, 22, 1),
                        List.of(),
                        Settings.NONE,
                        List.of(),
                        List.of(Given.upstream("app", peer)),
                        List.of(),
                        List.of(),
                        List.of());
        return Scene.real().seen(master(), configuration).facts(new Paths(), PathWalk.class);
    }

    private NginxMaster master() throws Exception {
        Optional<NginxMaster> master =
                Scene.real()
                        .configuration(prefix + "/nginx.conf")
                        .facts(new NginxProcesses(new NginxBuilds()), NginxMaster.class)
                        .stream()
                        .findFirst();
        return master.orElseThrow();
    }
}
