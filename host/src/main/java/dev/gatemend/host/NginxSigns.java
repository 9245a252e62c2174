package dev.gatemend.host;

import dev.gatemend.model.ConfigurationFile;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A few signs that change when nginx does: as long as they are equal, another look would see the
 * same masters with the same workers and files. Costs a few system calls.
 *
 * @param processes start and children of each master, in proc(5)'s words
 * @param files when they were modified
 */
public record NginxSigns(List<String> processes, List<String> files) {
    /** Of a configuration with more files only the first tell of a change at once. */
    private static final int MOST_FILES = 200;

    public NginxSigns {
        processes = List.copyOf(processes);
        files = List.copyOf(files);
    }

    /** As they are now. */
    public static NginxSigns of(
            Host host, List<NginxMaster> masters, List<NginxConfiguration> configurations) {
        List<String> files = new ArrayList<>();
        for (NginxConfiguration configuration : configurations) {
            configuration.files().stream()
                    .limit(MOST_FILES - Math.min(MOST_FILES, files.size()))
                    .forEach(file -> files.add(modified(host, configuration, file)));
        }
        return new NginxSigns(processes(host, masters), files);
    }

    /** Of the masters alone, for often. */
    public static List<String> processes(Host host, List<NginxMaster> masters) {
        ProcessFiles files = new ProcessFiles(host.proc());
        return masters.stream()
                .map(
                        master ->
                                files.stat(master.pid()).map(ProcessStat::startTicks)
                                        + " "
                                        + children(host, master.pid()))
                .toList();
    }

    /** Whether a master that was seen is there no longer. */
    public static boolean isGone(Host host, NginxMaster master) {
        return new ProcessFiles(host.proc()).stat(master.pid()).isEmpty();
    }

    private static Optional<String> children(Host host, int pid) {
        try {
            return Optional.of(
                    Files.readString(host.proc().resolve(pid + "/task/" + pid + "/children")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String modified(
            Host host, NginxConfiguration configuration, ConfigurationFile file) {
        try {
            Path own =
                    host.root().resolve(file.path().substring(file.path().startsWith("/") ? 1 : 0));
            Path seen =
                    configuration.nginx() == 0
                            ? own
                            : host.seenBy(configuration.nginx(), file.path());
            return Files.getLastModifiedTime(Files.exists(seen) ? seen : own).toString();
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }
}
