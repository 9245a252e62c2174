package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLine;
import dev.gatemend.nginx.log.AccessVariable;

/** Reads {@code $upstream_response_time}, one value an attempt, in seconds with three decimals. */
final class AttemptTimes {
    private AttemptTimes() {}

    /** Adds each attempt's time to its peer. */
    static void add(AccessLine line, LatencyTally[] peers) {
        int at = line.start(AccessVariable.UPSTREAM_RESPONSE_TIME);
        if (at < 0) {
            return;
        }
        byte[] buffer = line.buffer();
        int end = line.end(AccessVariable.UPSTREAM_RESPONSE_TIME);
        int attempt = 0;
        while (at < end && attempt < peers.length) {
            int from = at;
            while (at < end && buffer[at] != ',' && buffer[at] != ' ') {
                at++;
            }
            long millis = millis(buffer, from, at);
            if (millis >= 0) {
                peers[attempt].add(millis);
            }
            attempt++;
            while (at < end && (buffer[at] == ',' || buffer[at] == ' ' || buffer[at] == ':')) {
                at++;
            }
        }
    }

    /** {@code 0.120} as 120; -1 for anything else. */
    private static long millis(byte[] buffer, int from, int to) {
        int point = to - 4;
        if (point <= from - 1 || to - from > 14 || point < from || buffer[point] != '.') {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (i == point) {
                continue;
            }
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
