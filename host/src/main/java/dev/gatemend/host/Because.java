package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, said so that the operator knows what would help. */
public final class Because {
    private Because() {}

    /** The JDK's file exceptions carry only the path; this adds what happened there. */
    public static String of(IOException failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied: " + message + "; run with sudo";
            case NoSuchFileException _ -> "no such file: " + message;
            case NotDirectoryException _ -> "not a directory: " + message;
            case FileSystemLoopException _ -> "too many symbolic links: " + message;
            default -> message;
        };
    }
}
