package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.Maker;
import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import dev.gatemend.nginx.traffic.TrafficReport.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first line on a set of logs: how much failed, who made it, and what nobody saw. */
final class TrafficHeadline {
    private final TrafficReport report;

    private TrafficHeadline(TrafficReport report) {
        this.report = report;
    }

    static String of(TrafficReport report) {
        return new TrafficHeadline(report).sentence();
    }

    /** Whether anything in the logs went wrong that somebody should look at. */
    static boolean isTrouble(TrafficReport report) {
        return report.failures().total() > 0
                || report.hidden().retried() > 0
                || report.hidden().cutAfterHeader() > 0
                || (noAccess(report) && !report.errors().isEmpty());
    }

    /** Whether there are lines, and none of them could be read. */
    static boolean isForeign(TrafficReport report) {
        return report.totals().requests() == 0
                && report.errors().isEmpty()
                && lines(report) > 0
                && report.files().stream().allMatch(TrafficHeadline::isForeign);
    }

    private static boolean isForeign(FileRead file) {
        return file.kind() == Kind.FOREIGN || file.unparsed() >= file.lines();
    }

    /** Whether nothing is wrong, and next to nothing was left unread. */
    static boolean isAllWell(TrafficReport report) {
        return !noAccess(report)
                && !isTrouble(report)
                && isMostlyRead(report)
                && report.files().stream().allMatch(file -> file.problem().isEmpty());
    }

    /** A line in a hundred: more than what is torn where a log is rotated or a disk was full. */
    private static boolean isMostlyRead(TrafficReport report) {
        return unparsed(report) * 100 <= report.totals().requests();
    }

    private static long unparsed(TrafficReport report) {
        return report.files().stream().mapToLong(FileRead::unparsed).sum();
    }

    /** The slots in which requests failed, first and last; empty when none did. */
    static Optional<List<Slot>> failing(TrafficReport report) {
        List<Slot> failing =
                report.timeline().slots().stream().filter(slot -> slot.failures() > 0).toList();
        return failing.isEmpty()
                ? Optional.empty()
                : Optional.of(List.of(failing.getFirst(), failing.getLast()));
    }

    private static boolean noAccess(TrafficReport report) {
        return report.totals().requests() == 0;
    }

    private String sentence() {
        if (noAccess(report)) {
            return withoutRequests();
        }
        String failed = failed();
        List<String> hidden = hidden();
        if (hidden.isEmpty()) {
            return report.failures().total() > 0 ? failed : nothingWrong(failed);
        }
        return failed + "; " + String.join(", ", hidden);
    }

    /** Calm is only as sure as the reading was whole. */
    private String nothingWrong(String failed) {
        long cut = report.files().stream().filter(file -> file.problem().isPresent()).count();
        if (cut > 0) {
            return "nothing wrong seen: %s; %s not read to %s end"
                    .formatted(
                            failed,
                            Words.count(cut, "file") + (cut == 1 ? " was" : " were"),
                            cut == 1 ? "its" : "their");
        }
        return isMostlyRead(report)
                ? "nothing wrong: " + failed
                : "nothing wrong seen: %s; %s fit no format"
                        .formatted(failed, Words.count(unparsed(report), "line"));
    }

    private String withoutRequests() {
        if (report.errors().isEmpty()) {
            return withoutAnything();
        }
        long entries =
                report.errors().stream().mapToLong(TrafficReport.Count::count).reduce(0, Long::sum);
        return "%s about an upstream in the error log, most often %s; without an access log nobody can say who got what"
                .formatted(
                        entries == 1 ? "1 entry" : Words.thousands(entries) + " entries",
                        report.errors().getFirst().name());
    }

    private String withoutAnything() {
        if (lines(report) == 0) {
            return "nothing to count: no line was read";
        }
        if (isForeign(report)) {
            return report.files().stream().allMatch(file -> file.kind() == Kind.FOREIGN)
                    ? "nothing to count: no line is of an nginx log"
                    : "nothing to count: no line fits the format";
        }
        boolean access = report.files().stream().anyMatch(file -> file.kind() == Kind.ACCESS);
        return (access
                        ? "nothing to count: of %s none is a request that was asked for"
                        : "nothing wrong: no trouble with an upstream in %s")
                .formatted(Words.count(lines(report), "line"));
    }

    private static long lines(TrafficReport report) {
        return report.files().stream().mapToLong(FileRead::lines).sum();
    }

    private String failed() {
        long failures = report.failures().total();
        String requests = Words.count(report.totals().requests(), "request");
        if (failures == 0) {
            return "none of " + requests + " failed (5xx)";
        }
        return "%s of %s failed (5xx): %s"
                .formatted(Words.thousands(failures), requests, makers(failures));
    }

    private String makers(long failures) {
        for (Maker maker : Maker.values()) {
            if (made(maker) == failures) {
                return switch (maker) {
                    case NGINX -> "all made by nginx";
                    case UPSTREAM -> "all made by an upstream";
                    case UNKNOWN -> "who made them the logs do not tell";
                };
            }
        }
        return "%s made by nginx, %s by an upstream, %s unknown"
                .formatted(
                        Words.thousands(made(Maker.NGINX)),
                        Words.thousands(made(Maker.UPSTREAM)),
                        Words.thousands(made(Maker.UNKNOWN)));
    }

    private long made(Maker maker) {
        return report.failures().byMaker().getOrDefault(maker, 0L);
    }

    private List<String> hidden() {
        List<String> told = new ArrayList<>();
        long retried = report.hidden().retried();
        long cut = report.hidden().cutAfterHeader();
        if (retried > 0) {
            told.add(
                    "%s more failed at a peer first and %s saved by a retry"
                            .formatted(Words.thousands(retried), retried == 1 ? "was" : "were"));
        }
        if (cut > 0) {
            told.add(
                    "%s broke off behind a good header".formatted(Words.count(cut, "more answer")));
        }
        return told;
    }
}
