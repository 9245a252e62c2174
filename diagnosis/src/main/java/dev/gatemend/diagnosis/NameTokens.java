package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Upstream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words in the names people give to sites, upstreams, units, users and directories. Words that
 * everybody uses say nothing and are left out.
 */
final class NameTokens {
    private static final int SHORTEST = 3;
    private static final Set<String> EVERYBODYS =
            Set.of(
                    "admin",
                    "and",
                    "api",
                    "app",
                    "application",
                    "apps",
                    "asgi",
                    "backend",
                    "bin",
                    "bind",
                    "com",
                    "conf",
                    "config",
                    "current",
                    "data",
                    "debian",
                    "default",
                    "deploy",
                    "dist",
                    "env",
                    "etc",
                    "example",
                    "fpm",
                    "front",
                    "frontend",
                    "gunicorn",
                    "home",
                    "host",
                    "html",
                    "http",
                    "https",
                    "index",
                    "jar",
                    "java",
                    "lib",
                    "listen",
                    "local",
                    "localhost",
                    "main",
                    "manage",
                    "master",
                    "net",
                    "nginx",
                    "node",
                    "nodejs",
                    "opt",
                    "org",
                    "php",
                    "php-fpm",
                    "pool",
                    "port",
                    "prod",
                    "production",
                    "proxy",
                    "puma",
                    "python",
                    "python3",
                    "releases",
                    "root",
                    "ruby",
                    "run",
                    "runserver",
                    "sbin",
                    "serve",
                    "server",
                    "servers",
                    "service",
                    "share",
                    "shared",
                    "site",
                    "sites",
                    "sock",
                    "socket",
                    "sockets",
                    "src",
                    "srv",
                    "staging",
                    "start",
                    "test",
                    "the",
                    "tmp",
                    "ubuntu",
                    "unicorn",
                    "upstream",
                    "user",
                    "usr",
                    "uwsgi",
                    "var",
                    "venv",
                    "web",
                    "workers",
                    "wsgi",
                    "www",
                    "www-data");

    private static final Set<String> DEFAULT_STAGES =
            Set.of("dev", "development", "test", "testing");

    private static final Set<String> STAGES =
            Set.of(
                    "backup",
                    "bak",
                    "canary",
                    "dev",
                    "development",
                    "old",
                    "preprod",
                    "preview",
                    "qa",
                    "sandbox",
                    "stage",
                    "staging",
                    "test",
                    "testing",
                    "uat");

    private NameTokens() {}

    static Set<String> of(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", 64))
                .filter(t -> t.length() >= SHORTEST && !EVERYBODYS.contains(t))
                .filter(t -> !t.matches("[a-z]?\\d+"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the upstream's name, the failing sites' and the socket's path. */
    static Set<String> ofMatter(Matter matter) {
        Stream<String> upstreams =
                matter.upstreams().filter(u -> !u.implicit()).map(Upstream::name);
        Stream<String> sites =
                matter.errors().stream().map(ErrorGroup::site).flatMap(Optional::stream);
        Stream<String> socket = matter.unixPeer().map(u -> u.path()).stream();
        return Stream.of(upstreams, sites, socket)
                .flatMap(s -> s)
                .flatMap(s -> of(s).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> ofProcess(ProcessState process) {
        return of(named(process));
    }

    private static String named(ProcessState process) {
        return String.join(
                " ",
                process.unit().orElse(""),
                process.container().orElse(""),
                process.identity().user(),
                process.command(),
                process.directory().orElse(""));
    }

    /**
     * The word by which a process belongs to another stage than the matter's sites, upstream and
     * peer: {@code staging} of {@code /srv/shop-staging}, where nothing of those is called so.
     * Frameworks run in development and test by default, so of variables those two say nothing.
     */
    static Optional<String> otherStage(Matter matter, ProcessState process) {
        Stream<String> variables =
                process.environment().stream()
                        .flatMap(v -> words(v))
                        .filter(w -> !DEFAULT_STAGES.contains(w));
        Set<String> own =
                Stream.concat(
                                matter.upstreams().map(Upstream::name),
                                matter.errors().stream().flatMap(e -> e.site().stream()))
                        .flatMap(NameTokens::words)
                        .collect(Collectors.toSet());
        matter.unixPeer().ifPresent(u -> words(u.path()).forEach(own::add));
        return Stream.concat(words(named(process)), variables)
                .filter(STAGES::contains)
                .filter(w -> !own.contains(w))
                .findFirst();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", 64));
    }

    static Optional<String> shared(Set<String> one, Set<String> other) {
        return one.stream().filter(other::contains).findFirst();
    }
}
