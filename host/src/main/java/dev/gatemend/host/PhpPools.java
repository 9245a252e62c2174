package dev.gatemend.host;

import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.Keeper;
import dev.gatemend.model.KeptProgram.State;
import dev.gatemend.model.PoolLimits;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pools of every PHP-FPM, running or not. A running master's title names its configuration
 * (fpm_env_init_main in php-src/sapi/fpm/fpm/fpm_env.c); those of Debian and Red Hat lie at fixed
 * places.
 */
final class PhpPools {
    private static final Pattern TITLE = Pattern.compile("php-fpm: master process \\((/[^)]+)\\)");
    private static final Pattern DEBIAN = Pattern.compile("/etc/php/([\\d.]+)/fpm/php-fpm\\.conf");
    private static final List<String> FIXED =
            List.of("/etc/php-fpm.conf", "/usr/local/etc/php-fpm.conf");

    private PhpPools() {}

    static void look(Look look, List<List<String>> commands) {
        Path root = look.host().root();
        Set<String> running = new LinkedHashSet<>();
        commands.forEach(words -> title(words).ifPresent(running::add));
        Set<String> all = new LinkedHashSet<>(running);
        all.addAll(ofDebian(root));
        all.addAll(FIXED);
        for (String file : all) {
            // One that only its container has is the container's affair.
            if (Files.isRegularFile(root.resolve(file.substring(1)))) {
                read(look, file, running.contains(file));
            }
        }
    }

    private static Optional<String> title(List<String> words) {
        Matcher title = TITLE.matcher(words.getFirst());
        return title.lookingAt() ? Optional.of(title.group(1)) : Optional.empty();
    }

    private static List<String> ofDebian(Path root) {
        List<String> files = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(root.resolve("etc/php"))) {
            versions.forEach(v -> files.add("/etc/php/" + v.getFileName() + "/fpm/php-fpm.conf"));
        } catch (IOException | DirectoryIteratorException e) {
            return files;
        }
        files.sort(null);
        return files;
    }

    private static void read(Look look, String file, boolean running) {
        try {
            List<IniFile.Section> sections = IniFile.read(look.host().root(), file);
            Optional<String> log =
                    sections.stream().flatMap(s -> s.value("error_log").stream()).findFirst();
            for (IniFile.Section section : sections) {
                section.value("listen")
                        .ifPresent(
                                listen -> {
                                    look.add(
                                            pool(section, listen, file, log, running),
                                            section.file());
                                    limits(section, listen)
                                            .ifPresent(l -> look.add(l, section.file()));
                                });
            }
        } catch (IOException e) {
            look.couldNotLook("the pools of PHP-FPM: " + Because.of(e));
        }
    }

    private static KeptProgram pool(
            IniFile.Section section,
            String listen,
            String file,
            Optional<String> log,
            boolean running) {
        return new KeptProgram(
                Keeper.PHP_FPM,
                section.name(),
                running ? State.RUNNING : State.KEEPER_DOWN,
                running ? "PHP-FPM runs with " + file : "no PHP-FPM runs with " + file,
                List.of(address(listen, section)),
                section.file(),
                section.value("user"),
                service(file),
                Stream.concat(log.stream(), section.value("slowlog").stream()).toList(),
                0,
                Optional.empty(),
                section.value("pm.status_path")
                        .map(
                                path ->
                                        new KeptProgram.StatusPage(
                                                path.replace("$pool", section.name()),
                                                section.value("pm.status_listen")
                                                        .map(l -> address(l, section)))));
    }

    private static Optional<PoolLimits> limits(IniFile.Section section, String listen) {
        return section.value("pm.max_children")
                .filter(most -> most.matches("\\d{1,6}"))
                .map(
                        most ->
                                new PoolLimits(
                                        section.name(),
                                        address(listen, section),
                                        Integer.parseInt(most),
                                        section.file()));
    }

    private static String address(String listen, IniFile.Section section) {
        String written = listen.replace("$pool", section.name());
        return written.startsWith("/") ? "unix:" + written : written;
    }

    private static Optional<String> service(String file) {
        Matcher debian = DEBIAN.matcher(file);
        if (debian.matches()) {
            return Optional.of("php" + debian.group(1) + "-fpm");
        }
        return file.equals("/etc/php-fpm.conf") ? Optional.of("php-fpm") : Optional.empty();
    }
}
