package dev.gatemend.host.logs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a name cannot be read as a log, and what to do about it. */
final class Unreadable {
    private Unreadable() {}

    static String because(String name, IOException failure) {
        return name + ": " + meaning(name, failure);
    }

    /** Of something that is there and holds no text. */
    static String because(String name, FileKind kind) {
        return name
                + ": "
                + switch (kind) {
                    case DIRECTORY -> "is a directory: name the logs in it: " + within(name);
                    case SOCKET ->
                            "is a socket: name the file that is written by what listens there";
                    case DEVICE -> "is a device: name a file, or - for standard input";
                    case REGULAR, PIPE -> throw new IllegalArgumentException("readable: " + kind);
                };
    }

    private static String meaning(String name, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> missing(name);
            case AccessDeniedException _ -> "permission denied: run with sudo";
            case PackedException packed ->
                    "is packed with %s: unpack it: %s %s | gatemend logs -"
                            .formatted(packed.packing().word(), packed.packing().command(), name);
            case FileSystemException other when other.getReason() != null ->
                    reason(other.getReason());
            default -> reason(String.valueOf(failure.getMessage()));
        };
    }

    private static String missing(String name) {
        Path path = Path.of(name);
        return Files.isSymbolicLink(path)
                ? "is a link to nothing: see where it leads: readlink -m " + name
                : "no such file: see what is there: ls -l " + directory(path);
    }

    private static String reason(String reason) {
        return reason + ": name another file";
    }

    private static String directory(Path path) {
        Path parent = path.getParent();
        return parent == null ? "." : parent.toString();
    }

    private static String within(String directory) {
        return directory + (directory.endsWith("/") ? "" : "/") + "*.log";
    }
}
