package dev.gatemend.nginx.log;

import dev.gatemend.model.LogScan;
import java.util.List;

/**
 * What a log held inside the window.
 *
 * @param groups the biggest first
 * @param stopped {@link ScanLimits#stop} ended the reading before the log's end, so that the newest
 *     lines are missing
 * @param notes sentences about what was not read or not told apart, to be shown
 */
public record LogFindings<G>(List<G> groups, LogScan scan, boolean stopped, List<String> notes) {
    public LogFindings {
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
    }
}
