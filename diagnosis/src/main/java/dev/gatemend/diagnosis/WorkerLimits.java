package dev.gatemend.diagnosis;

import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Position;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.Setting;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The limits of nginx's own workers: connections and open files. */
public final class WorkerLimits {
    /** ngx_event.c: DEFAULT_CONNECTIONS. */
    private static final long DEFAULT_CONNECTIONS = 512;

    private WorkerLimits() {}

    /** Whose limits they are, as the key of a place. */
    public static String place(Matter matter) {
        return "nginx:" + matter.master().map(m -> Integer.toString(m.pid())).orElse("");
    }

    public static Stream<ProcessState> workers(Matter matter) {
        return matter.master().stream()
                .flatMap(m -> m.workers().stream())
                .flatMap(pid -> matter.scene().process(pid).stream());
    }

    /** The soft limit a worker runs with; empty when no worker could be looked at. */
    public static Optional<Integer> openFiles(Matter matter) {
        return workers(matter)
                .map(ProcessState::openFilesLimit)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .findFirst();
    }

    /** worker_connections of the files, else nginx's default. */
    public static long connections(Matter matter) {
        return main(matter, "worker_connections")
                .map(Setting::value)
                .filter(v -> v.matches("\\d{1,9}"))
                .map(Long::parseLong)
                .orElse(DEFAULT_CONNECTIONS);
    }

    /** Where a directive of the main or events level stands, {@code file:line}. */
    public static Optional<String> setting(Matter matter, String directive) {
        return main(matter, directive).flatMap(Setting::position).map(Position::fileAndLine);
    }

    private static Optional<Setting> main(Matter matter, String directive) {
        return matter.configuration().flatMap(c -> c.main().get(directive));
    }

    public static int workerCount(Matter matter) {
        return matter.master().map(NginxMaster::workers).map(w -> w.size()).orElse(0);
    }

    /** The next power of two, at least 1,024: numbers people expect to see here. */
    public static long roundedUp(long number) {
        long least = Math.clamp(number, 1024, 1L << 20);
        return least == Long.highestOneBit(least) ? least : Long.highestOneBit(least) << 1;
    }
}
