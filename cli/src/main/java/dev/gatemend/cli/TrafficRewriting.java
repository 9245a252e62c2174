package dev.gatemend.cli;

import dev.gatemend.nginx.traffic.TrafficReport;
import dev.gatemend.nginx.traffic.TrafficReport.Count;
import dev.gatemend.nginx.traffic.TrafficReport.FileRead;
import dev.gatemend.nginx.traffic.TrafficReport.PeerTraffic;
import dev.gatemend.nginx.traffic.TrafficReport.Sample;
import dev.gatemend.nginx.traffic.TrafficReport.Share;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A report on traffic with every text in it rewritten: secrets taken out, controls shown. It is
 * done once and to the whole value, so that no renderer can forget one field.
 */
final class TrafficRewriting {
    private final UnaryOperator<String> text;

    private TrafficRewriting(UnaryOperator<String> text) {
        this.text = text;
    }

    static TrafficReport of(TrafficReport report, UnaryOperator<String> text) {
        return new TrafficRewriting(text).report(report);
    }

    private TrafficReport report(TrafficReport report) {
        return new TrafficReport(
                report.files().stream().map(this::file).toList(),
                report.totals(),
                failures(report.failures()),
                report.hidden(),
                report.peers().stream().map(this::peer).toList(),
                counts(report.errors()),
                report.timeline(),
                report.changes().stream()
                        .map(
                                c ->
                                        new TrafficReport.Change(
                                                c.at(),
                                                c.measure(),
                                                c.before(),
                                                c.after(),
                                                text.apply(c.text())))
                        .toList(),
                report.samples().stream()
                        .map(
                                s ->
                                        new Sample(
                                                text.apply(s.what()),
                                                text.apply(s.where()),
                                                text.apply(s.text())))
                        .toList(),
                report.approximate().stream().map(text).toList(),
                report.notes().stream().map(text).toList());
    }

    private FileRead file(FileRead file) {
        return new FileRead(
                text.apply(file.name()),
                file.kind(),
                file.bytes(),
                file.lines(),
                file.unparsed(),
                file.disordered(),
                file.format().map(text),
                file.problem().map(text));
    }

    private TrafficReport.Failures failures(TrafficReport.Failures failures) {
        return new TrafficReport.Failures(
                failures.total(),
                failures.byMaker(),
                byName(failures.byPeer()),
                shares(failures.sites()),
                shares(failures.upstreams()),
                shares(failures.uris()),
                shares(failures.clients()),
                counts(failures.byError()));
    }

    /** Names that became alike are one. */
    private SortedMap<String, SortedMap<Integer, Long>> byName(
            SortedMap<String, SortedMap<Integer, Long>> counted) {
        SortedMap<String, SortedMap<Integer, Long>> renamed = new TreeMap<>();
        counted.forEach(
                (name, statuses) -> {
                    SortedMap<Integer, Long> sum =
                            renamed.computeIfAbsent(text.apply(name), _ -> new TreeMap<>());
                    statuses.forEach((status, count) -> sum.merge(status, count, Long::sum));
                });
        return renamed;
    }

    private List<Share> shares(List<Share> shares) {
        return shares.stream()
                .map(s -> new Share(text.apply(s.name()), s.requests(), s.failures()))
                .toList();
    }

    private List<Count> counts(List<Count> counts) {
        return counts.stream().map(c -> new Count(text.apply(c.name()), c.count())).toList();
    }

    private PeerTraffic peer(PeerTraffic peer) {
        return new PeerTraffic(
                text.apply(peer.address()),
                peer.attempts(),
                peer.failed(),
                peer.hidden(),
                peer.byPosition(),
                peer.latency());
    }
}
