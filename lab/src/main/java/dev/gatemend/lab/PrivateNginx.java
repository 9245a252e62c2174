package dev.gatemend.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An nginx to play with: the installed one, else Debian's package unpacked into a cache directory
 * of ours. Unpacking installs nothing: no file outside the cache is written, no script of the
 * package is run, no service is started.
 */
final class PrivateNginx {
    /** Where the binary lies differs between releases of Debian and Ubuntu. */
    private static final List<String> PACKAGES = List.of("nginx", "nginx-light", "nginx-core");

    private final Path cache;

    private PrivateNginx(Path cache) {
        this.cache = cache;
    }

    /**
     * What came of the search.
     *
     * @param story one sentence for the operator: which one, or why none
     */
    record Found(Optional<Path> binary, String story) {}

    /** Looks for one; a download is announced to the operator. */
    static Found find(PrintStream out) throws InterruptedException {
        Optional<Path> installed = Need.program("nginx").filter(PrivateNginx::works);
        if (installed.isPresent()) {
            return new Found(installed, "This runs a second " + installed.get() + " of its own.");
        }
        return new PrivateNginx(cacheDirectory()).unpacked(out);
    }

    /** The one in the cache, unpacked now if need be. */
    static Found unpackInto(Path cache, PrintStream out) throws InterruptedException {
        return new PrivateNginx(cache).unpacked(out);
    }

    private Found unpacked(PrintStream out) throws InterruptedException {
        try {
            if (!Files.isExecutable(launcher())) {
                out.println("No nginx is installed; unpacking Debian's package into " + cache);
                out.flush();
                unpack();
            }
            return new Found(
                    Optional.of(launcher()),
                    "This runs an nginx of its own, unpacked in " + cache + ", not installed.");
        } catch (IOException e) {
            return new Found(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static Path cacheDirectory() {
        String configured = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path base =
                configured.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(configured);
        return base.resolve("gatemend").resolve("nginx");
    }

    private Path launcher() {
        return cache.resolve("nginx");
    }

    /** Into a directory beside, which takes its place when it is complete. */
    private void unpack() throws IOException, InterruptedException {
        if (Need.program("apt-get").isEmpty() || Need.program("dpkg-deb").isEmpty()) {
            throw new IOException("no apt-get and dpkg-deb to fetch Debian's package with");
        }
        Files.createDirectories(cache);
        Path work = Files.createTempDirectory(cache, "unpacking-");
        Path root = cache.resolve("root");
        try {
            for (String name : PACKAGES) {
                if (!Files.exists(binaryIn(work))) {
                    fetch(work, name);
                }
            }
            addLibraries(work);
            if (!Files.exists(root)) {
                Files.move(work.resolve("root"), root, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Sweep.remove(work);
            if (Files.exists(ownLists())) {
                Sweep.remove(ownLists());
            }
        }
        writeLauncher();
        if (!works(launcher())) {
            Files.delete(launcher());
            throw new IOException("the unpacked nginx does not start on this machine");
        }
    }

    private Path ownLists() {
        return cache.resolve("apt");
    }

    private static Path binaryIn(Path work) {
        return work.resolve("root/usr/sbin/nginx");
    }

    /** A small machine may lack the libraries that the package depends on. */
    private void addLibraries(Path work) throws IOException, InterruptedException {
        for (Path archive : archives(work)) {
            String depends = Command.run("dpkg-deb", "--field", archive.toString(), "Depends");
            for (String dependency : depends.split("[,|]", -1)) {
                String name = dependency.strip().split("[ (:]", 2)[0];
                if (name.matches("(lib[a-z0-9.+-]+|zlib1g)") && !name.equals("libc6")) {
                    fetchUnlessInstalled(work, name);
                }
            }
        }
    }

    private void fetchUnlessInstalled(Path work, String name)
            throws IOException, InterruptedException {
        if (Command.answer(List.of("dpkg-query", "--show", name)).status() != 0) {
            fetch(work, name);
        }
    }

    private void fetch(Path work, String name) throws IOException, InterruptedException {
        List<Path> before = archives(work);
        download(work, name);
        for (Path archive : archives(work)) {
            if (!before.contains(archive)) {
                Command.run(
                        "dpkg-deb",
                        "--extract",
                        archive.toString(),
                        work.resolve("root").toString());
            }
        }
    }

    /** With the host's own package lists; if they know nothing, with lists of our own. */
    private void download(Path work, String name) throws IOException, InterruptedException {
        List<String> patience =
                List.of("--quiet", "-o", "Acquire::http::Timeout=10", "-o", "Acquire::Retries=0");
        if (Command.answer(aptGet(patience, "download", name), work).status() == 0) {
            return;
        }
        Path state = Files.createDirectories(ownLists());
        Files.createDirectories(state.resolve("state/lists/partial"));
        Files.createDirectories(state.resolve("cache/archives/partial"));
        List<String> options = new ArrayList<>(patience);
        options.addAll(
                List.of(
                        "-o",
                        "Dir::State=" + state.resolve("state"),
                        "-o",
                        "Dir::State::lists=" + state.resolve("state/lists"),
                        "-o",
                        "Dir::State::status=/var/lib/dpkg/status",
                        "-o",
                        "Dir::Cache=" + state.resolve("cache")));
        if (!Files.exists(state.resolve("updated"))) {
            get(aptGet(options, "update"), work, "the package lists");
            Files.writeString(state.resolve("updated"), "");
        }
        get(aptGet(options, "download", name), work, "the package " + name);
    }

    private static void get(List<String> command, Path work, String what)
            throws IOException, InterruptedException {
        Command.Answer answer = Command.answer(command, work);
        if (answer.status() != 0) {
            String last = answer.output().strip().lines().reduce("", (_, line) -> line);
            throw new IOException("apt-get cannot fetch %s (%s)".formatted(what, last));
        }
    }

    private static List<String> aptGet(List<String> options, String... words) {
        List<String> command = new ArrayList<>(List.of("apt-get"));
        command.addAll(options);
        command.addAll(List.of(words));
        return command;
    }

    private static List<Path> archives(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
        }
    }

    /** A launcher, because the loader has to be told of libraries outside the usual places. */
    private void writeLauncher() throws IOException, InterruptedException {
        String machine = Command.run("uname", "-m").strip();
        Path file = Files.createTempFile(cache, "launcher-", "");
        Files.writeString(
                file,
                """
                #!/bin/sh
                here=${0%%/*}
                libraries=$here/root/usr/lib/%1$s-linux-gnu:$here/root/lib/%1$s-linux-gnu
                LD_LIBRARY_PATH=$libraries exec "$here/root/usr/sbin/nginx" "$@"
                """
                        .formatted(machine));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(file, launcher(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean works(Path binary) {
        try {
            return Command.answer(List.of(binary.toString(), "-v")).status() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
