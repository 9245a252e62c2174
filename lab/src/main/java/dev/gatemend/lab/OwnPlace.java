package dev.gatemend.lab;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where this module lies: a directory while it is developed, a jar when it is installed. Asked of a
 * resource, because a class out of a start-up cache may have no code source.
 */
final class OwnPlace {
    private static final String RESOURCE = "bench.sh";

    private OwnPlace() {}

    /** The jar or the directory, for a class path. */
    static Path onClassPath() throws IOException {
        try {
            URL url = resource();
            return url.openConnection() instanceof JarURLConnection jar
                    ? Path.of(jar.getJarFileURL().toURI())
                    : top(Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IOException("a module without a place on disk", e);
        }
    }

    /** A directory of this package's resources, which can be listed. */
    static Path directory(String name) throws IOException {
        Path place = onClassPath();
        String inside = OwnPlace.class.getPackageName().replace('.', '/') + "/" + name;
        return Files.isDirectory(place)
                ? place.resolve(inside)
                : FileSystems.newFileSystem(place).getPath("/" + inside);
    }

    /** Up from a resource of this package. */
    private static Path top(Path resource) {
        int packages = OwnPlace.class.getPackageName().split("\\.", -1).length;
        Path top = resource;
        for (int i = 0; i <= packages; i++) {
            top = top.resolve("..");
        }
        return top.normalize();
    }

    private static URL resource() throws IOException {
        URL url = OwnPlace.class.getResource(RESOURCE);
        if (url == null) {
            throw new IOException("not part of this program: " + RESOURCE);
        }
        return url;
    }
}
