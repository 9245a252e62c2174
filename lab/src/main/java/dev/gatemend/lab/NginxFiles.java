package dev.gatemend.lab;

import java.nio.file.Path;

/**
 * Where an nginx has its files, as nginx itself sees them.
 *
 * @param root of its file system, as seen from here
 * @param temp holds a directory for each kind of temporary file
 */
record NginxFiles(Path root, Path configuration, Path logs, Path temp, Path pid) {
    /** All below one directory. */
    static NginxFiles in(Path home) {
        return new NginxFiles(
                Path.of("/"),
                home.resolve("nginx.conf"),
                home.resolve("logs"),
                home.resolve("temp"),
                home.resolve("nginx.pid"));
    }

    /** As Debian's package has them. */
    static NginxFiles ofPackage(Path root) {
        return new NginxFiles(
                root,
                Path.of("/etc/nginx/nginx.conf"),
                Path.of("/var/log/nginx"),
                Path.of("/var/lib/nginx"),
                Path.of("/run/nginx.pid"));
    }

    Path errorLog() {
        return logs.resolve("error.log");
    }

    Path accessLog() {
        return logs.resolve("access.log");
    }

    /** One of them, as seen from here. */
    Path here(Path seenByNginx) {
        return root.resolve(Path.of("/").relativize(seenByNginx));
    }
}
