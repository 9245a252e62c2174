package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a diagnosis with what is really wrong. */
final class Judgement {
    private Judgement() {}

    /** What is wrong with the diagnoses; empty when they are right. */
    static List<String> complaints(Scenario scenario, Truth truth, List<Diagnosis> diagnoses) {
        List<String> complaints = new ArrayList<>();
        if (scenario.cause().isEmpty()) {
            diagnoses.forEach(d -> complaints.add("nothing is wrong, but it says " + describe(d)));
            return complaints;
        }
        if (diagnoses.isEmpty()) {
            return List.of("it sees nothing wrong");
        }
        judgeWorst(scenario, truth, diagnoses.getFirst(), complaints);
        for (Diagnosis other : diagnoses.subList(1, diagnoses.size())) {
            complaints.add("one thing is wrong, but it also says " + describe(other));
        }
        diagnoses.forEach(d -> judgeInnocence(truth, d, complaints));
        return complaints;
    }

    static String describe(Diagnosis diagnosis) {
        Symptom symptom = diagnosis.symptom();
        return "[%s at %s %s, %s, made by %s] %s, unknown %.2f"
                .formatted(
                        symptom.kind(),
                        symptom.sites(),
                        symptom.peers(),
                        symptom.statuses(),
                        symptom.madeBy(),
                        diagnosis.findings().stream()
                                .limit(3)
                                .map(Judgement::describe)
                                .collect(Collectors.joining(" ")),
                        diagnosis.unknown());
    }

    private static String describe(Finding finding) {
        return "%s %.2f".formatted(finding.cause(), finding.probability());
    }

    private static void judgeWorst(
            Scenario scenario, Truth truth, Diagnosis worst, List<String> complaints) {
        String cause = scenario.cause().orElseThrow();
        boolean named = worst.verdict().map(Finding::cause).filter(cause::equals).isPresent();
        if (!named) {
            complaints.add("not named first in " + describe(worst));
        }
        Symptom symptom = worst.symptom();
        truth.peer()
                .filter(peer -> !peersOf(symptom).toList().contains(peer))
                .ifPresent(peer -> complaints.add(peer + " is not the peer of " + describe(worst)));
        if (symptom.kind() == Symptom.Kind.TRAFFIC) {
            judgeTraffic(scenario, symptom, complaints);
        }
    }

    private static void judgeTraffic(Scenario scenario, Symptom symptom, List<String> complaints) {
        if (symptom.madeBy() != scenario.madeBy() && symptom.madeBy() != Maker.UNKNOWN) {
            complaints.add("made by " + scenario.madeBy() + ", not by " + symptom.madeBy());
        }
        scenario.ask()
                .map(Ask::site)
                .filter(site -> !sitesOf(symptom).toList().contains(site))
                .ifPresent(site -> complaints.add(site + " is not among " + symptom.sites()));
    }

    private static void judgeInnocence(Truth truth, Diagnosis diagnosis, List<String> complaints) {
        Symptom symptom = diagnosis.symptom();
        for (String word : truth.innocent()) {
            if (Stream.concat(peersOf(symptom), sitesOf(symptom)).anyMatch(word::equals)) {
                complaints.add(word + " is well, but is named in " + describe(diagnosis));
            }
        }
    }

    private static Stream<String> peersOf(Symptom symptom) {
        return Stream.concat(symptom.peer().stream(), symptom.peers().stream());
    }

    private static Stream<String> sitesOf(Symptom symptom) {
        return Stream.concat(symptom.site().stream(), symptom.sites().stream());
    }
}
