package dev.gatemend.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What scenarios were played on: without it, times say nothing.
 *
 * @param cores that the program may use
 * @param kernel its release
 * @param nginx the versions, as in {@code nginx 1.22.1}
 */
public record BenchMachine(int cores, String kernel, List<String> nginx) {
    public BenchMachine {
        nginx = List.copyOf(nginx);
    }

    /**
     * This machine.
     *
     * @param nginx to play with; the installed one when none is given
     */
    public static BenchMachine here(Optional<Path> nginx) throws InterruptedException {
        List<String> versions = new ArrayList<>();
        Optional<Path> used = nginx.or(() -> Need.program("nginx"));
        if (used.isPresent()) {
            NginxVersions.versionOf(used.get()).ifPresent(v -> versions.add("nginx " + v));
        }
        Optional<Path> booted = SystemdHost.root().map(root -> root.resolve("usr/sbin/nginx"));
        if (nginx.isEmpty() && booted.isPresent()) {
            NginxVersions.versionOf(booted.get())
                    .ifPresent(v -> versions.add("nginx " + v + " on hosts with systemd"));
        }
        return new BenchMachine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                versions);
    }
}
