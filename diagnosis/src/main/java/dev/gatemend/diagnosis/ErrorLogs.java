package dev.gatemend.diagnosis;

import dev.gatemend.model.FileSystemSpace;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogScan;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the silence of nginx's error logs says something. */
final class ErrorLogs {
    /** Levels that leave out {@code error}, at which nginx logs each 502 and 504 of its own. */
    private static final Set<String> DEAF = Set.of("crit", "alert", "emerg");

    private ErrorLogs() {}

    /**
     * Whether nginx's word on a failed request of this matter would have been seen: a log in effect
     * where it failed takes the level and was read. While that place is not known, any log may hold
     * it, so that all must have been read.
     */
    static boolean wouldShow(Matter matter) {
        return matter.configuration().filter(c -> wouldShow(matter, c)).isPresent();
    }

    /** The file that an error at the matter's place goes to; any, while that is not known. */
    static Optional<String> file(Matter matter) {
        List<Setting> inEffect = inEffect(matter);
        return matter.configuration().stream()
                .flatMap(
                        c ->
                                c.logs().stream()
                                        .filter(LogSetting::error)
                                        .filter(
                                                l ->
                                                        inEffect.isEmpty()
                                                                || inEffect.stream()
                                                                        .anyMatch(
                                                                                s ->
                                                                                        isAt(
                                                                                                l,
                                                                                                s,
                                                                                                c))))
                .flatMap(l -> l.file().stream())
                .findFirst();
    }

    private static List<Setting> inEffect(Matter matter) {
        return matter.location().map(l -> l.settings().all("error_log")).orElse(List.of());
    }

    private static boolean wouldShow(Matter matter, NginxConfiguration configuration) {
        List<LogSetting> logs = configuration.logs().stream().filter(LogSetting::error).toList();
        List<Setting> inEffect = inEffect(matter);
        if (inEffect.isEmpty()) {
            return !logs.isEmpty() && logs.stream().allMatch(log -> wasRead(matter, log));
        }
        return inEffect.stream()
                .filter(setting -> hears(setting.arguments()))
                .flatMap(setting -> logs.stream().filter(l -> isAt(l, setting, configuration)))
                .anyMatch(log -> wasRead(matter, log));
    }

    private static boolean hears(List<String> arguments) {
        return arguments.size() < 2 || !DEAF.contains(arguments.get(1));
    }

    private static boolean isAt(LogSetting log, Setting written, NginxConfiguration read) {
        return log.destination() instanceof LogDestination.File file
                && (file.path().equals(written.value())
                        || file.path().equals(read.prefix() + written.value()));
    }

    private static boolean wasRead(Matter matter, LogSetting log) {
        return !DEAF.contains(log.format())
                && log.destination() instanceof LogDestination.File file
                // On a full file system nginx drops its lines without a word.
                && matter.scene().space(file.path()).filter(FileSystemSpace::full).isEmpty()
                && matter.scene()
                        .facts(LogScan.class)
                        .anyMatch(s -> s.error() && s.path().equals(file.path()));
    }
}
