package dev.gatemend.nginx.log;

/** Reads the times of error-log entries from bytes. */
public final class ErrorTime {
    private ErrorTime() {}

    /**
     * {@code 2026/11/21 08:04:45} in seconds, as if it were UTC.
     *
     * @return {@link AccessLine#NO_TIME} when no such time stands there
     */
    public static long localSecond(byte[] b, int from, int to) {
        boolean shape =
                to - from >= ErrorHead.TIME_LENGTH
                        && b[from + 4] == '/'
                        && b[from + 7] == '/'
                        && b[from + 10] == ' '
                        && b[from + 13] == ':'
                        && b[from + 16] == ':';
        return shape ? AccessTime.local(b, from) : AccessTime.NONE;
    }
}
