package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.Change;
import dev.gatemend.model.Change.Kind;
import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.Identity;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SystemdUnit;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host is asked at 12:00 for the last fifteen minutes. */
class ChangesTest {
    private static final Instant LATELY = Instant.parse("2026-03-01T11:58:00Z");
    private static final Instant LONG_AGO = Instant.parse("2026-02-01T00:00:00Z");
    private static final String OLD = "1".repeat(40);
    private static final String NEW = "2".repeat(40);
    private final Changes observer = new Changes();

    @TempDir Path root;
    private Scene scene = new Scene(Path.of("/nowhere"));

    @BeforeEach
    void aShop() throws IOException {
        scene =
                new Scene(root)
                        .seen(
                                Given.peers("127.0.0.1:8000"),
                                unit("shop.service", "/usr/bin/python3 /srv/shop/app.py"));
        file("/srv/shop/app.py", LONG_AGO);
        file("/etc/systemd/system/shop.service", LONG_AGO);
    }

    @Test
    void seesNothingWhereNothingWasChangedLately() throws Exception {
        assertThat(changes()).isEmpty();
    }

    @Test
    void looksAtNothingWithoutNginx() throws Exception {
        scene = new Scene(root).seen(unit("shop.service", "/usr/bin/python3 /srv/shop/app.py"));
        file("/srv/shop/app.py", LATELY);

        assertThat(changes()).isEmpty();
    }

    @Test
    void seesAFileOfNginxsConfiguration() throws Exception {
        NginxConfiguration given = Given.peers("127.0.0.1:8000");
        scene.seen(
                new NginxConfiguration(
                                given.path(),
                                given.prefix(),
                                given.version(),
                                List.of(
                                        new ConfigurationFile(
                                                "/etc/nginx/conf.d/shop.conf", Optional.of(LATELY)),
                                        new ConfigurationFile(
                                                "/etc/nginx/nginx.conf", Optional.of(LONG_AGO))),
                                given.main(),
                                given.sites(),
                                given.upstreams(),
                                given.logs(),
                                given.formats(),
                                given.problems())
                        .readBy(7),
                Given.master(7, new Namespaces(1, 1, 1)));

        assertThat(changes())
                .singleElement()
                .satisfies(
                        c -> {
                            assertThat(c.kind()).isEqualTo(Kind.NGINX_FILE);
                            assertThat(c.what()).isEqualTo("/etc/nginx/conf.d/shop.conf");
                            assertThat(c.at()).isEqualTo(LATELY);
                            assertThat(c.of().masters()).containsExactly(7);
                        });
    }

    @Test
    void seesADropInOfTheUnitThatShouldServeAPeer() throws Exception {
        file("/etc/systemd/system/shop.service.d/override.conf", LATELY);

        assertThat(changes())
                .singleElement()
                .satisfies(
                        c -> {
                            assertThat(c.kind()).isEqualTo(Kind.DEFINITION);
                            assertThat(c.what()).endsWith("/shop.service.d/override.conf");
                            assertThat(c.of().units()).containsExactly("shop.service");
                            assertThat(c.of().peers()).hasToString("[127.0.0.1:8000]");
                        });
    }

    @Test
    void seesCodeAndSettingsThatWereWrittenTogether() throws Exception {
        file("/srv/shop/app.py", LATELY.plusSeconds(2));
        file("/srv/shop/pages/cart.py", LATELY);
        file("/srv/shop/settings.yaml", LATELY.plusSeconds(4));

        assertThat(changes())
                .singleElement()
                .satisfies(
                        c -> {
                            assertThat(c.kind()).isEqualTo(Kind.FILES);
                            assertThat(c.what()).isEqualTo("/srv/shop");
                            assertThat(c.at()).isEqualTo(LATELY);
                            assertThat(c.detail()).isEqualTo("pages/cart.py, app.py and 1 more");
                        });
    }

    @Test
    void takesWhatAnApplicationWritesItselfForNoChange() throws Exception {
        file("/srv/shop/shop.log", LATELY);
        file("/srv/shop/shop.sqlite3", LATELY);
        file("/srv/shop/__pycache__/app.py", LATELY);
        file("/srv/shop/storage/view.php", LATELY);

        assertThat(changes()).isEmpty();
    }

    @Test
    void seesALinkToAReleaseThatWasLedElsewhere() throws Exception {
        file("/srv/blog/releases/2/app.py", LONG_AGO);
        Path link =
                Files.createSymbolicLink(root.resolve("srv/blog/current"), Path.of("releases/2"));
        Instant now = Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toInstant();
        scene.at(now.plusSeconds(5))
                .seen(
                        unit("blog.service", "/usr/bin/python3 /srv/blog/current/app.py"),
                        process(77, "python3 /srv/blog/current/app.py 127.0.0.1:8000"));

        assertThat(changes())
                .filteredOn(c -> c.kind() == Kind.LINK)
                .extracting(Change::what, Change::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/srv/blog/current", "releases/2"));
    }

    @Test
    void tellsACheckoutInGitsOwnWordsAndItsFilesNotAgain() throws Exception {
        file("/srv/shop/app.py", LATELY.minusSeconds(1));
        scene.file(
                "/srv/shop/.git/logs/HEAD",
                line(OLD, OLD, "Bob", LONG_AGO, "clone: from host:shop")
                        + line(OLD, NEW, "Ann Lee", LATELY, "pull: Fast-forward")
                        + "no line of git's\n");

        assertThat(changes())
                .singleElement()
                .satisfies(
                        c -> {
                            assertThat(c.kind()).isEqualTo(Kind.CHECKOUT);
                            assertThat(c.what()).isEqualTo("/srv/shop");
                            assertThat(c.at()).isEqualTo(LATELY);
                            assertThat(c.detail())
                                    .isEqualTo("pull: Fast-forward, to 22222222 by Ann Lee");
                        });
    }

    @Test
    void tiesAPackageToTheApplicationThatUsesItsFiles() throws Exception {
        scene.file(
                        "/var/log/dpkg.log",
                        """
                        2026-02-28 11:58:00 upgrade shop:all 0.8 0.9
                        2026-03-01 11:58:00 startup archives unpack
                        2026-03-01 11:58:00 upgrade shop:all 0.9 1.0
                        2026-03-01 11:58:00 status half-configured shop:all 0.9
                        2026-03-01 11:58:01 upgrade libtiff6:amd64 4.5.0-6 4.5.0-7
                        2026-03-01 11:58:02 upgrade python3-flask:all 2.2.2-3 2.2.2-4
                        """)
                .file("/var/lib/dpkg/info/shop.list", "/.\n/srv\n/srv/shop\n/srv/shop/app.py\n")
                .file("/var/lib/dpkg/info/libtiff6:amd64.list", "/usr/lib/libtiff.so.6\n")
                .file(
                        "/var/lib/dpkg/info/python3-flask.list",
                        "/usr/lib/python3/dist-packages/flask/app.py\n");
        touch("/var/log/dpkg.log", LATELY);

        assertThat(changes())
                .extracting(Change::what, Change::detail, c -> c.of().units())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "shop:all", "upgrade from 0.9 to 1.0", List.of("shop.service")),
                        org.assertj.core.groups.Tuple.tuple(
                                "libtiff6:amd64", "upgrade from 4.5.0-6 to 4.5.0-7", List.of()),
                        org.assertj.core.groups.Tuple.tuple(
                                "python3-flask:all",
                                "upgrade from 2.2.2-3 to 2.2.2-4",
                                List.of("shop.service")));
    }

    @Test
    void readsDnfsLogToo() throws Exception {
        scene.file(
                "/var/log/dnf.rpm.log",
                "2026-03-01T11:58:00+0000 SUBDEBUG Upgrade: nginx-core-1:1.20.1-16.el9.x86_64\n");
        touch("/var/log/dnf.rpm.log", LATELY);

        assertThat(changes())
                .extracting(Change::what, Change::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "nginx-core", "Upgrade: 1.20.1-16.el9.x86_64"));
    }

    @Test
    void aFileThatWasPutThereWithItsOldTimeCountsByItsInode() throws Exception {
        Path file = file("/srv/shop/app.py", LONG_AGO);
        Instant now = Instant.now();

        assertThat(Touched.in(Window.endingAt(now.plusSeconds(60), Duration.ofMinutes(5)), file))
                .hasValueSatisfying(t -> assertThat(t.written()).isFalse());
    }

    private List<Change> changes() throws IOException, InterruptedException {
        assertThat(scene.excuses(observer)).isEmpty();
        return scene.facts(observer, Change.class);
    }

    private Path file(String path, Instant at) throws IOException {
        scene.file(path, "x\n");
        return touch(path, at);
    }

    private Path touch(String path, Instant at) throws IOException {
        Path file = root.resolve(path.substring(1));
        return Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private static String line(String from, String to, String who, Instant at, String what) {
        return "%s %s %s <x@example.org> %d +0100\t%s%n"
                .formatted(from, to, who, at.getEpochSecond(), what);
    }

    private static ProcessState process(int pid, String command) {
        return new ProcessState(
                pid,
                1,
                "python3",
                command,
                new Identity("shop", 1000, 1000, List.of()),
                'S',
                LONG_AGO,
                new Namespaces(1, 1, 1),
                Optional.empty(),
                Optional.empty(),
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of());
    }

    private static SystemdUnit unit(String name, String command) {
        return new SystemdUnit(
                name,
                "",
                "active",
                "running",
                "success",
                OptionalInt.empty(),
                OptionalInt.empty(),
                0,
                "enabled",
                List.of(command),
                List.of("127.0.0.1:8000"),
                Optional.of(LONG_AGO));
    }
}
