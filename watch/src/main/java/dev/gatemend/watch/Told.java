package dev.gatemend.watch;

/**
 * An event as it is announced.
 *
 * @param sequence greater than that of any event before it, before a restart too
 * @param document one line of {@code gatemend.event/1}
 */
public record Told(WatchEvent event, long sequence, String document) {
    static Told of(WatchEvent event, long sequence) {
        return new Told(event, sequence, EventText.of(event, sequence));
    }
}
