package dev.gatemend.nginx.traffic;

import dev.gatemend.nginx.log.AccessLogFormat;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads logs and counts what they hold. Access logs are read by several threads at once, each with
 * a share of the counts of its own; the shares are put together at the end.
 */
public final class TrafficAnalysis {
    private final TrafficQuestion question;
    private final TimeRange range;
    private final long seed = System.nanoTime();
    private final List<Worker> workers = new ArrayList<>();
    private final List<FileRead> files = new ArrayList<>();
    private final List<LineCounts> lineCounts = new ArrayList<>();

    private TrafficAnalysis(TrafficQuestion question) {
        this.question = question;
        this.range = new TimeRange(question.filter(), question.zone());
        for (int i = 0; i < question.workers(); i++) {
            workers.add(new Worker(seed, question.filter(), range));
        }
    }

    /** One thread's shares. */
    private record Worker(AccessTally requests, ErrorTally errors) {
        Worker(long seed, TrafficFilter filter, TimeRange range) {
            this(new AccessTally(seed, filter, range), new ErrorTally(seed, range));
        }
    }

    /**
     * Reads all of the inputs, one after the other.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    public static TrafficReport of(List<LogInput> inputs, TrafficQuestion question)
            throws InterruptedException {
        TrafficAnalysis analysis = new TrafficAnalysis(question);
        List<AccessLogFormat> formats =
                question.formats().stream().map(AccessLogFormat::compile).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(question.workers())) {
            for (LogInput input : inputs) {
                analysis.read(OpenLog.of(input, formats, analysis.range), threads);
            }
        }
        return analysis.report();
    }

    private void read(OpenLog log, ExecutorService threads) throws InterruptedException {
        int number = files.size();
        LineCounts counts = new LineCounts(log.start());
        lineCounts.add(counts);
        if (log.problem().isPresent()) {
            files.add(
                    new FileRead(
                            log.input().name(),
                            Kind.FOREIGN,
                            0,
                            0,
                            0,
                            0,
                            Optional.empty(),
                            log.problem()));
        } else if (log.head().kind() == Kind.ERROR) {
            files.add(readErrors(log, number, counts));
        } else {
            files.add(readRequests(log, number, counts, threads));
        }
    }

    private FileRead readErrors(OpenLog log, int number, LineCounts counts) {
        Worker worker = workers.getFirst();
        ErrorScan scan = new ErrorScan(number, worker.errors(), worker.requests().samples, counts);
        Optional<String> problem = Optional.empty();
        try {
            scan.run(log.blocks());
        } catch (IOException e) {
            problem = Optional.of(OpenLog.reason(e));
        }
        return new FileRead(
                log.input().name(),
                Kind.ERROR,
                log.blocks().bytesRead(),
                scan.lines(),
                scan.unparsed(),
                scan.disordered(),
                Optional.empty(),
                problem);
    }

    private FileRead readRequests(
            OpenLog log, int number, LineCounts counts, ExecutorService threads)
            throws InterruptedException {
        List<AccessLogFormat> formats =
                log.head().formats().isEmpty()
                        ? List.of(AccessLogFormat.compile(AccessLogFormat.COMBINED))
                        : log.head().formats();
        Optional<StatusGlance> glance =
                question.detail() == TrafficQuestion.Detail.MATCHING && log.head().fits()
                        ? StatusGlance.of(formats, question.filter().statuses())
                        : Optional.empty();
        long disorderedBefore = disordered();
        List<AccessScan> scans =
                workers.stream()
                        .map(
                                w ->
                                        new AccessScan(
                                                number,
                                                log.input() instanceof LogInput.Placed
                                                        ? range
                                                        : TimeRange.EVER,
                                                glance,
                                                formats,
                                                w.requests(),
                                                counts,
                                                new Strays(e -> w.errors().add(e))))
                        .toList();
        Optional<String> problem = run(scans, log.blocks(), threads);
        return new FileRead(
                log.input().name(),
                log.head().kind(),
                log.blocks().bytesRead(),
                scans.stream().mapToLong(AccessScan::lines).sum(),
                scans.stream().mapToLong(AccessScan::unparsed).sum(),
                disordered() - disorderedBefore,
                log.head().kind() == Kind.FOREIGN
                        ? Optional.empty()
                        : Optional.of(
                                formats.getFirst().format().name()
                                        + (log.head().inferred() ? " (inferred)" : "")),
                problem);
    }

    private long disordered() {
        return workers.stream().mapToLong(w -> w.requests().disordered).sum();
    }

    private static Optional<String> run(
            List<AccessScan> scans, BlockSource blocks, ExecutorService threads)
            throws InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        for (AccessScan scan : scans) {
            running.add(
                    threads.submit(
                            () -> {
                                scan.run(blocks);
                                return scan;
                            }));
        }
        Optional<String> problem = Optional.empty();
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (InterruptedException e) {
                blocks.end();
                throw e;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof IOException failure)) {
                    throw new IllegalStateException(e.getCause());
                }
                problem = Optional.of(OpenLog.reason(failure));
            }
        }
        return problem;
    }

    private TrafficReport report() {
        Worker all = workers.getFirst();
        for (Worker other : workers.subList(1, workers.size())) {
            all.requests().add(other.requests());
            all.errors().add(other.errors());
        }
        JoinCounts joins = JoinCounts.of(all.requests(), all.errors(), question.zone());
        return new ReportBuilder(files, lineCounts, all.requests(), all.errors(), joins).build();
    }
}
