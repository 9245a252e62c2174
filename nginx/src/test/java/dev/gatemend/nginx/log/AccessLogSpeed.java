package dev.gatemend.nginx.log;

import dev.gatemend.model.LogFormat;
import dev.gatemend.model.Window;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Measures, by hand, how fast a log of combined and upstream fields is read: run main, look at the
 * best round.
 */
final class AccessLogSpeed {
    private static final LogFormat FORMAT =
            new LogFormat(
                    "upstream",
                    AccessLogFormat.COMBINED.text()
                            + " rt=$request_time ua=\"$upstream_addr\" us=\"$upstream_status\" uct=\"$upstream_connect_time\""
                            + " uht=\"$upstream_header_time\" urt=\"$upstream_response_time\"",
                    LogFormat.Escape.DEFAULT);

    private AccessLogSpeed() {}

    public static void main(String[] arguments) throws IOException {
        byte[] log = log(400_000);
        AccessLogFormat format = AccessLogFormat.compile(FORMAT);
        for (int round = 0; round < 12; round++) {
            long begin = now();
            long sum = newlines(log);
            report("count newlines", log.length, begin, sum);
        }
        for (int round = 0; round < 8; round++) {
            long begin = now();
            long sum = lines(log);
            report("find lines", log.length, begin, sum);
        }
        for (int round = 0; round < 12; round++) {
            long begin = now();
            long sum = parse(log, format);
            report("parse", log.length, begin, sum);
        }
        LogQuestion question =
                new LogQuestion(
                        1,
                        "a",
                        ZoneOffset.UTC,
                        new Window(Instant.EPOCH, Instant.now().plus(Duration.ofDays(4_000))),
                        RequestPlace.nowhere(),
                        Set.of(),
                        new ScanLimits(1L << 30, () -> false));
        for (int round = 0; round < 6; round++) {
            long begin = now();
            long requests =
                    AccessLogScanner.scan(new MemoryLog(log), question, List.of(format))
                            .scan()
                            .requests();
            report("scan and group", log.length, begin, requests);
        }
    }

    private static long parse(byte[] log, AccessLogFormat format) {
        AccessLine line = new AccessLine();
        long sum = 0;
        int from = 0;
        int to = ByteSearch.find(log, 0, log.length, (byte) '\n');
        while (to >= 0) {
            if (format.parse(log, from, to, line)) {
                sum += line.status().orElse(0);
            }
            from = to + 1;
            to = ByteSearch.find(log, from, log.length, (byte) '\n');
        }
        return sum;
    }

    /** Of this thread's processor time, so that a busy machine does not count. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long lines(byte[] log) {
        long count = 0;
        int at = ByteSearch.find(log, 0, log.length, (byte) '\n');
        while (at >= 0) {
            count++;
            at = ByteSearch.find(log, at + 1, log.length, (byte) '\n');
        }
        return count;
    }

    private static long newlines(byte[] log) {
        long count = 0;
        for (byte b : log) {
            count += b == '\n' ? 1 : 0;
        }
        return count;
    }

    private static void report(String what, long bytes, long begin, long sum) {
        double seconds = (now() - begin) / 1e9;
        System.out.printf("%s: %.0f MB/s (%d)%n", what, bytes / seconds / 1e6, sum);
    }

    private static byte[] log(int lines) {
        Random random = new Random(7);
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            int status = random.nextInt(20) == 0 ? 502 : 200;
            log.append("10.0.")
                    .append(random.nextInt(255))
                    .append('.')
                    .append(random.nextInt(255))
                    .append(" - - [21/Nov/2026:08:")
                    .append(10 + i * 49 / lines)
                    .append(":45 +0000] \"GET /shop/item/")
                    .append(random.nextInt(5_000))
                    .append("?ref=list HTTP/1.1\" ")
                    .append(status)
                    .append(' ')
                    .append(random.nextInt(90_000))
                    .append(
                            " \"https://shop.example/list\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0\" rt=0.012")
                    .append(" ua=\"127.0.0.1:8000\" us=\"")
                    .append(status)
                    .append("\" uct=\"0.000\" uht=\"0.012\" urt=\"0.012\"\n");
        }
        return log.toString().getBytes(StandardCharsets.UTF_8);
    }
}
