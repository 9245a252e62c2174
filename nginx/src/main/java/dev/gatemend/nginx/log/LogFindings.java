package dev.gatemend.nginx.log;

import dev.gatemend.model.LogScan;
import java.util.List;

/**
 * What a log held inside the window.
 *
 * @param groups the biggest first
 * @param notes sentences about what was not read or not told apart, to be shown
 */
public record LogFindings<G>(List<G> groups, LogScan scan, List<String> notes) {
    public LogFindings {
        groups = List.copyOf(groups);
        notes = List.copyOf(notes);
    }
}
