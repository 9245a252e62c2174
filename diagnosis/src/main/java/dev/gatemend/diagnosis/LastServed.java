package dev.gatemend.diagnosis;

import dev.gatemend.model.LogScan;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an nginx that does not run wrote within the window: it served, or tried to. */
public final class LastServed {
    private LastServed() {}

    /**
     * The log of its configuration with the newest line; empty when none has one in the window, or
     * while any nginx runs, which may share the log.
     */
    public static Optional<LogScan> of(Scene scene, NginxInstallation installation) {
        if (!scene.masters().isEmpty()) {
            return Optional.empty();
        }
        Set<String> paths =
                scene.facts(NginxConfiguration.class)
                        .filter(c -> c.path().equals(installation.configuration()))
                        .flatMap(c -> c.logs().stream())
                        .flatMap(l -> l.file().stream())
                        .collect(Collectors.toSet());
        return scene.facts(LogScan.class)
                .filter(s -> s.lines() > s.unparsed() && s.last().isPresent())
                .filter(s -> paths.contains(s.path()))
                .max(Comparator.comparing(s -> s.last().orElseThrow()));
    }
}
