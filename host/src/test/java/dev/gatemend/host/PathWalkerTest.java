package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatemend.model.AclEntry;
import dev.gatemend.model.FileKind;
import dev.gatemend.model.PathStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathWalkerTest {
    @TempDir private Path root;

    @Test
    @Tag("root")
    void listsEveryElementWithModeAndOwner() throws Exception {
        Files.createDirectories(root.resolve("home/deploy"));
        Files.createFile(root.resolve("home/deploy/app.sock"));
        command("chmod", "0700", root + "/home/deploy");
        command("chown", "1000:33", root + "/home/deploy");
        command("chmod", "2660", root + "/home/deploy/app.sock");

        PathWalker.Found found = walk("/home/deploy/app.sock");

        assertThat(found.stopped()).isEmpty();
        assertThat(found.steps())
                .extracting(PathStep::path, PathStep::kind)
                .containsExactly(
                        tuple("/", FileKind.DIRECTORY),
                        tuple("/home", FileKind.DIRECTORY),
                        tuple("/home/deploy", FileKind.DIRECTORY),
                        tuple("/home/deploy/app.sock", FileKind.REGULAR));
        assertThat(found.steps().get(2).modeAndOwner()).isEqualTo("0700 deploy:www-data");
        assertThat(found.steps().get(3).modeAndOwner()).isEqualTo("2660 root:0");
    }

    @Test
    void endsAtWhatIsMissing() throws Exception {
        Files.createDirectories(root.resolve("run"));

        PathWalker.Found found = walk("/run/app/app.sock");

        assertThat(found.stopped()).isEmpty();
        assertThat(found.steps().getLast()).isEqualTo(PathStep.missing("/run/app"));
    }

    @Test
    void followsAnAbsoluteLinkInsideTheRoot() throws Exception {
        Files.createDirectories(root.resolve("run/app"));
        Files.createFile(root.resolve("run/app/s"));
        Files.createDirectories(root.resolve("var"));
        Files.createSymbolicLink(root.resolve("var/run"), Path.of("/run"));

        assertThat(walked("/var/run/app/s"))
                .containsExactly("/", "/var", "/var/run", "/run", "/run/app", "/run/app/s");
        assertThat(walk("/var/run/app/s").steps().get(2).link()).contains("/run");
    }

    @Test
    void followsRelativeLinksAndParentDirectories() throws Exception {
        Files.createDirectories(root.resolve("srv/app/shared"));
        Files.createFile(root.resolve("srv/app/shared/s"));
        Files.createDirectories(root.resolve("srv/app/current"));
        Files.createSymbolicLink(root.resolve("srv/app/current/s"), Path.of("../shared/s"));

        assertThat(walked("/srv/../../srv/app/./current/s"))
                .containsExactly(
                        "/",
                        "/srv",
                        "/srv",
                        "/srv/app",
                        "/srv/app/current",
                        "/srv/app/current/s",
                        "/srv/app/shared",
                        "/srv/app/shared/s");
    }

    @Test
    void stopsAtALoopOfLinks() throws Exception {
        Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("/a"));

        assertThat(walk("/a/x").stopped()).contains("too many symbolic links");
    }

    @Test
    void stopsWhereAFileStandsInTheWay() throws Exception {
        Files.createFile(root.resolve("run"));

        assertThat(walk("/run/app.sock").stopped()).contains("/run is not a directory");
    }

    @Test
    void readsAnAccessControlListAsGetfaclDoes() throws Exception {
        Path file = Files.createFile(root.resolve("s"));
        command("chmod", "0640", file.toString());
        command("setfacl", "-m", "u:33:rw-,g:1234:r--,m::r--", file.toString());

        PathStep step = walk("/s").steps().getLast();

        assertThat(step.acl())
                .containsExactly(
                        new AclEntry(AclEntry.Kind.USER, 33, 6),
                        new AclEntry(AclEntry.Kind.GROUP, step.gid(), 4),
                        new AclEntry(AclEntry.Kind.GROUP, 1234, 4),
                        new AclEntry(AclEntry.Kind.MASK, -1, 4));
    }

    @Test
    void isSilentAboutAccessControlListsWhereThereIsNone() throws Exception {
        Files.createFile(root.resolve("s"));

        assertThat(walk("/s").steps().getLast().acl()).isEmpty();
    }

    private PathWalker.Found walk(String path) {
        Accounts accounts = new Accounts(Map.of(0, "root", 1000, "deploy"), Map.of(33, "www-data"));
        return new PathWalker(root, accounts, true).walk(path);
    }

    private List<String> walked(String path) {
        return walk(path).steps().stream().map(PathStep::path).toList();
    }

    private static void command(String... words) throws IOException, InterruptedException {
        Commands.Answer answer = new ProcessCommands().run(Duration.ofSeconds(10), List.of(words));
        assertThat(answer.succeeded()).as(answer.error()).isTrue();
    }
}
