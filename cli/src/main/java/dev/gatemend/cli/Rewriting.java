package dev.gatemend.cli;

import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Evidence;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A report with every text in it rewritten: secrets taken out, controls shown. It is done once and
 * to the whole value, so that no renderer can forget one field.
 */
final class Rewriting {
    private final UnaryOperator<String> text;

    private Rewriting(UnaryOperator<String> text) {
        this.text = text;
    }

    static Report of(Report report, UnaryOperator<String> text) {
        return new Rewriting(text).report(report);
    }

    private Report report(Report report) {
        return new Report(
                report.at(),
                text.apply(report.host()),
                report.zone(),
                report.window(),
                report.took(),
                report.nginx().stream().map(this::nginx).toList(),
                report.health(),
                report.problems().stream().map(this::diagnosis).toList(),
                report.couldNotLook().stream()
                        .map(c -> new CouldNotLook(text.apply(c.source()), text.apply(c.why())))
                        .toList(),
                report.asked().stream()
                        .map(
                                a ->
                                        new Report.Asked(
                                                text.apply(a.url()),
                                                a.status(),
                                                text.apply(a.said())))
                        .toList(),
                report.origin());
    }

    private Report.Nginx nginx(Report.Nginx nginx) {
        return new Report.Nginx(nginx.version(), text.apply(nginx.configuration()), nginx.pid());
    }

    private Diagnosis diagnosis(Diagnosis diagnosis) {
        return new Diagnosis(
                symptom(diagnosis.symptom()),
                diagnosis.findings().stream().map(this::finding).toList(),
                diagnosis.ruledOut().stream()
                        .map(
                                r ->
                                        new Diagnosis.RuledOut(
                                                text.apply(r.cause()), text.apply(r.because())))
                        .toList(),
                diagnosis.unknown(),
                diagnosis.provisional(),
                diagnosis.next().stream()
                        .map(
                                n ->
                                        new Diagnosis.NextStep(
                                                text.apply(n.command()), text.apply(n.why())))
                        .toList(),
                diagnosis.seen().stream().map(this::evidence).toList());
    }

    private Symptom symptom(Symptom symptom) {
        return new Symptom(
                symptom.kind(),
                symptom.nginx(),
                symptom.statuses(),
                symptom.requests(),
                symptom.total(),
                symptom.hidden(),
                symptom.first(),
                symptom.last(),
                symptom.ongoing(),
                symptom.madeBy(),
                symptom.site().map(text),
                symptom.location().map(text),
                symptom.upstream().map(text),
                symptom.pass(),
                symptom.peer().map(text),
                all(symptom.peers()),
                all(symptom.sites()));
    }

    private Finding finding(Finding finding) {
        return new Finding(
                text.apply(finding.cause()),
                finding.probability(),
                text.apply(finding.title()),
                text.apply(finding.explanation()),
                finding.evidence().stream().map(this::evidence).toList(),
                finding.remedies().stream().map(this::remedy).toList(),
                all(finding.wontHelp()));
    }

    private Evidence evidence(Evidence evidence) {
        return new Evidence(
                evidence.kind(),
                text.apply(evidence.source()),
                text.apply(evidence.text()),
                evidence.where().map(text),
                evidence.at(),
                evidence.weight());
    }

    private Remedy remedy(Remedy remedy) {
        return new Remedy(
                text.apply(remedy.title()),
                remedy.now(),
                remedy.risk(),
                remedy.steps().stream()
                        .map(
                                s ->
                                        new Remedy.Step(
                                                text.apply(s.command()),
                                                text.apply(s.explanation())))
                        .toList());
    }

    private List<String> all(List<String> texts) {
        return texts.stream().map(text).toList();
    }
}
