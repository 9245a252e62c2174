package dev.gatemend.watch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The driver's own library, unpacked once into the directory of the state. Left to itself the
 * driver unpacks a megabyte at each start, into a directory that everybody may write, and leaves it
 * there when the process is killed.
 */
final class NativeLibrary {
    private static final String PLACE = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private NativeLibrary() {}

    /** Where it cannot be unpacked the driver does it its way. */
    static synchronized void prepare(Path directory) {
        URL packed =
                SQLiteJDBCLoader.class.getResource(
                        LibraryLoaderUtil.getNativeLibResourcePath()
                                + "/"
                                + LibraryLoaderUtil.getNativeLibName());
        if (packed == null || System.getProperty(PLACE) != null || !isOurs(directory)) {
            return;
        }
        String name = "sqlite-" + SQLiteJDBCLoader.getVersion() + ".so";
        try {
            unpack(packed, directory.resolve(name));
            System.setProperty(NAME, name);
            System.setProperty(PLACE, directory.toString());
        } catch (IOException e) {
            return;
        }
    }

    /** Code out of a directory that somebody else may write to is somebody else's. */
    private static boolean isOurs(Path directory) {
        try {
            PosixFileAttributes place =
                    Files.readAttributes(
                            directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return place.isDirectory()
                    && place.owner().equals(Files.getOwner(Path.of("/proc/self")))
                    && !place.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    && !place.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            return false;
        }
    }

    private static void unpack(URL packed, Path file) throws IOException {
        long size = packed.openConnection().getContentLengthLong();
        if (Files.exists(file) && Files.size(file) == size) {
            return;
        }
        Path part = Files.createTempFile(file.getParent(), "sqlite", ".part");
        try (InputStream in = packed.openStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
