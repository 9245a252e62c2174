package dev.gatemend.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which application uses files of a Debian package, by dpkg's lists of them. Those of other package
 * managers lie in databases, so there a package is tied to nothing.
 */
record PackageFiles(Path root) {
    private static final int MOST_BYTES = 1 << 20;

    /** Where an interpreter finds what packages bring for its programs. */
    private static final Map<String, List<String>> MODULES =
            Map.of(
                    "python", List.of("/lib/python3/dist-packages/"),
                    "node", List.of("/share/nodejs/", "/lib/nodejs/", "/share/node_modules/"),
                    "ruby", List.of("/lib/ruby/", "/share/rubygems-integration/"),
                    "perl", List.of("/share/perl5/"),
                    "java", List.of("/share/java/"),
                    "php", List.of("/share/php/", "/lib/php/"));

    /** Whether it runs or maps one of the package's files, or may load its modules. */
    boolean isUsedBy(String name, Deployment deployment) {
        Set<String> files = files(name);
        return deployment.programs().stream().map(PackageFiles::merged).anyMatch(files::contains)
                || deployment.definitions().stream()
                        .map(PackageFiles::merged)
                        .anyMatch(files::contains)
                || modules(deployment).anyMatch(m -> files.stream().anyMatch(m::isBefore));
    }

    /** A directory of modules. */
    private record Modules(String directory) {
        boolean isBefore(String file) {
            return file.startsWith(directory) && !file.equals(directory);
        }
    }

    private static Stream<Modules> modules(Deployment deployment) {
        Set<String> programs =
                deployment.programs().stream()
                        .map(p -> p.substring(p.lastIndexOf('/') + 1))
                        .collect(Collectors.toSet());
        return MODULES.entrySet().stream()
                .filter(e -> programs.stream().anyMatch(p -> isInterpreter(p, e.getKey())))
                .flatMap(e -> e.getValue().stream())
                .map(Modules::new);
    }

    /** {@code python3.11}, {@code php-fpm8.2}. */
    private static boolean isInterpreter(String program, String language) {
        return program.matches(language + "(?:-fpm)?[\\d.]*");
    }

    private Set<String> files(String name) {
        Path lists = root.resolve("var/lib/dpkg/info");
        String bare = name.replaceFirst(":.*", "");
        return Stream.of(name, bare)
                .map(n -> lists.resolve(n + ".list"))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(PackageFiles::read)
                .orElse(Set.of());
    }

    private static Set<String> read(Path list) {
        try {
            Set<String> files = new HashSet<>();
            TextTail.lines(list, MOST_BYTES, StandardCharsets.UTF_8)
                    .forEach(file -> files.add(merged(file)));
            return files;
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** Packages name a file below /lib that merged hosts have below /usr/lib. */
    private static String merged(String path) {
        return path.startsWith("/usr/") ? path.substring(4) : path;
    }
}
