package dev.gatemend.host;

import java.io.IOException;
import java.nio.file.Files;

/** The machine's name as the kernel has it. */
final class HostName {
    private HostName() {}

    static String of(Host host) {
        try {
            return Files.readString(host.proc().resolve("sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
