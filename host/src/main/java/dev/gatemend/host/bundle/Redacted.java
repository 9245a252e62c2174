package dev.gatemend.host.bundle;

import dev.gatemend.model.Snapshot;

/**
 * A snapshot without its secrets, addresses of clients and e-mail addresses. What is judged and
 * what is written into a bundle is this, so that both come to the same words. Equal values are
 * replaced by equal words, so no verdict changes.
 */
public record Redacted(Snapshot snapshot, Bundle.Tally tally) {
    public static Redacted of(Snapshot snapshot) {
        SnapshotRedaction redaction = new SnapshotRedaction(snapshot);
        Snapshot rest = redaction.snapshot();
        return new Redacted(rest, redaction.tally());
    }
}
