package dev.gatemend.nginx.log;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the times of access lines from bytes. */
final class AccessTime {
    /** No time there. */
    static final long NONE = Long.MIN_VALUE;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private AccessTime() {}

    /** {@code 21/Nov/2026:08:04:45 +0000} in milliseconds since the epoch, or {@link #NONE}. */
    static long local(byte[] b, int at, int end) {
        if (end - at < 26
                || b[at + 2] != '/'
                || b[at + 6] != '/'
                || b[at + 11] != ':'
                || b[at + 20] != ' ') {
            return NONE;
        }
        int month = month(b, at + 3);
        return millis(
                number(b, at + 7, 4),
                month,
                number(b, at, 2),
                b,
                at + 12,
                offset(b, at + 21, at + 24));
    }

    /** {@code 2026-11-21T08:04:45+00:00} likewise. */
    static long iso8601(byte[] b, int at, int end) {
        if (end - at < 25
                || b[at + 4] != '-'
                || b[at + 7] != '-'
                || b[at + 10] != 'T'
                || b[at + 22] != ':') {
            return NONE;
        }
        return millis(
                number(b, at, 4),
                number(b, at + 5, 2),
                number(b, at + 8, 2),
                b,
                at + 11,
                offset(b, at + 19, at + 23));
    }

    /**
     * {@code 2026/11/21 08:04:45} in seconds, as if it were UTC; the separators are not looked at.
     */
    static long local(byte[] b, int at) {
        long millis =
                millis(number(b, at, 4), number(b, at + 5, 2), number(b, at + 8, 2), b, at + 11, 0);
        return millis == NONE ? NONE : millis / 1000;
    }

    /** What stands at the end of a local time, {@code +0000} or {@code +00:00}. */
    static Optional<ZoneOffset> offset(String time) {
        int sign = Math.max(time.lastIndexOf('+'), time.lastIndexOf('-'));
        try {
            return sign < 0 ? Optional.empty() : Optional.of(ZoneOffset.of(time.substring(sign)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code 1732176285.123} likewise. */
    static long seconds(byte[] b, int at, int end) {
        long value = 0;
        int i = at;
        for (; i < end && digit(b[i]) >= 0 && i - at < 12; i++) {
            value = value * 10 + digit(b[i]);
        }
        if (i == at || (i < end && b[i] != '.')) {
            return NONE;
        }
        int millis = i + 4 == end ? number(b, i + 1, 3) : 0;
        return millis < 0 ? NONE : value * 1000 + millis;
    }

    private static long millis(
            int year, int month, int day, byte[] b, int clock, int offsetMinutes) {
        int hour = number(b, clock, 2);
        int minute = number(b, clock + 3, 2);
        int second = number(b, clock + 6, 2);
        boolean valid =
                year >= 1970
                        && month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= 31
                        && hour >= 0
                        && hour < 24
                        && minute >= 0
                        && minute < 60
                        && second >= 0
                        && second <= 60
                        && offsetMinutes != Integer.MIN_VALUE;
        if (!valid) {
            return NONE;
        }
        long days = epochDay(year, month) + day - 1;
        return (((days * 24 + hour) * 60 + minute - offsetMinutes) * 60 + second) * 1000;
    }

    /** Of the first day of a month: years begin in March, so that the leap day is the last one. */
    private static long epochDay(int year, int month) {
        int y = month < 3 ? year - 1 : year;
        int m = month < 3 ? month + 9 : month - 3;
        return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 - 719_468;
    }

    private static int offset(byte[] b, int at, int minutesAt) {
        int hours = number(b, at + 1, 2);
        int minutes = number(b, minutesAt, 2);
        if (hours < 0 || minutes < 0 || (b[at] != '+' && b[at] != '-')) {
            return Integer.MIN_VALUE;
        }
        return (b[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    private static int month(byte[] b, int at) {
        for (int i = 0; i < 36; i += 3) {
            if (b[at] == MONTHS.charAt(i)
                    && b[at + 1] == MONTHS.charAt(i + 1)
                    && b[at + 2] == MONTHS.charAt(i + 2)) {
                return i / 3 + 1;
            }
        }
        return -1;
    }

    /** Negative when one of the bytes is no digit. */
    private static int number(byte[] b, int at, int length) {
        int value = 0;
        for (int i = at; i < at + length; i++) {
            int digit = digit(b[i]);
            if (digit < 0) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int digit(byte b) {
        return b >= '0' && b <= '9' ? b - '0' : -1;
    }
}
