package dev.gatemend.watch;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Symptom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds, among the problems of a host, the one that an incident is about. */
final class Verdicts {
    private Verdicts() {}

    /** Empty when none of them is. */
    static Optional<Verdict> of(List<Diagnosis> problems, Story story) {
        return problems.stream()
                .filter(problem -> fit(problem.symptom(), story) > 0)
                // the first of the best: problems come worst first
                .min(Comparator.comparingInt(problem -> -fit(problem.symptom(), story)))
                .map(problem -> verdict(problem, story));
    }

    private static Verdict verdict(Diagnosis problem, Story story) {
        Symptom symptom = problem.symptom();
        Optional<Finding> finding = problem.verdict();
        return new Verdict(
                finding.map(Finding::cause),
                finding.map(Finding::probability).orElse(0.0),
                finding.map(Finding::title).orElse(Verdict.withoutCause()),
                symptom.site().or(story::site),
                symptom.peer().or(story::peer),
                problem.provisional());
    }

    /** How much they have in common; 0 for nothing. */
    private static int fit(Symptom symptom, Story story) {
        boolean standing =
                symptom.kind() == Symptom.Kind.NOT_RUNNING
                        || symptom.kind() == Symptom.Kind.CONFIG_REFUSED;
        if (story.trouble() == Trouble.NOT_RUNNING) {
            return standing ? 1 : 0;
        }
        if (symptom.kind() != Symptom.Kind.TRAFFIC) {
            return 0;
        }
        int fit = symptom.ongoing() ? 1 : 0;
        int place = ofPlace(symptom, story);
        return place == 0 ? 0 : fit + place;
    }

    private static int ofPlace(Symptom symptom, Story story) {
        String name = story.place().name();
        Optional<String> peer = story.peer();
        if (peer.filter(p -> names(symptom.peer(), symptom.peers(), p)).isPresent()
                || names(symptom.peer(), symptom.peers(), name)) {
            return 8;
        }
        if (symptom.upstream().filter(name::equals).isPresent()) {
            return 4;
        }
        // a peer of another address is another matter; where the symptom has none it may be this
        // one
        boolean elsewhere = peer.isPresent() && symptom.peer().isPresent();
        boolean site =
                story.site().filter(s -> names(symptom.site(), symptom.sites(), s)).isPresent();
        return site && !elsewhere ? 2 : 0;
    }

    private static boolean names(Optional<String> one, List<String> all, String name) {
        return one.filter(name::equals).isPresent() || all.contains(name);
    }
}
