package dev.gatemend.nginx.log;

/** Reads the time of a line from its bytes. */
@FunctionalInterface
interface LineTime {
    /**
     * @return milliseconds since the epoch, {@link AccessTime#NONE} for a line without a time
     */
    long millis(byte[] buffer, int from, int to);
}
