package dev.gatemend.lab;

import dev.gatemend.model.Diagnosis;
import dev.gatemend.model.Finding;
import dev.gatemend.model.Maker;
import dev.gatemend.model.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<Diagnosis> rest = new ArrayList<>(diagnoses);
        for (Expected fault : faults(scenario, truth)) {
            rest.stream()
                    .filter(d -> truth.others().isEmpty() || fault.isAt(d.symptom()))
                    .findFirst()
                    .ifPresentOrElse(
                            found -> {
                                rest.remove(found);
                                judge(fault, found, complaints);
                            },
                            () -> complaints.add("nothing is said of " + fault.cause()));
        }
        rest.forEach(d -> complaints.add("nothing else is wrong, but it says " + describe(d)));
        diagnoses.forEach(d -> judgeInnocence(truth, d, complaints));
        return complaints;
    }

    /**
     * Something that has to be found.
     *
     * @param site whose clients meet it; empty when no request shows it
     */
    private record Expected(
            String cause, Maker madeBy, Optional<String> site, Optional<String> peer) {
        boolean isAt(Symptom symptom) {
            return site.filter(name -> sitesOf(symptom).anyMatch(name::equals)).isPresent();
        }
    }

    private static List<Expected> faults(Scenario scenario, Truth truth) {
        Optional<String> site = scenario.ask().map(Ask::site);
        Expected first =
                new Expected(scenario.cause().orElseThrow(), scenario.madeBy(), site, truth.peer());
        return Stream.concat(
                        Stream.of(first),
                        truth.others().stream()
                                .map(
                                        o ->
                                                new Expected(
                                                        o.cause(),
                                                        o.madeBy(),
                                                        Optional.of(o.ask().site()),
                                                        o.peer())))
                .toList();
    }

    /**
     * A finding is of something that was made wrong: of several faults, at the site of that one.
     */
    static boolean isTrue(Scenario scenario, Diagnosis diagnosis, Finding finding) {
        if (scenario.also().isEmpty()) {
            return scenario.cause().filter(finding.cause()::equals).isPresent();
        }
        Truth placeless = new Truth(Optional.empty(), List.of(), scenario.also());
        return faults(scenario, placeless).stream()
                .filter(fault -> fault.cause().equals(finding.cause()))
                .anyMatch(fault -> fault.isAt(diagnosis.symptom()));
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

    private static void judge(Expected fault, Diagnosis diagnosis, List<String> complaints) {
        if (diagnosis.verdict().map(Finding::cause).filter(fault.cause()::equals).isEmpty()) {
            complaints.add(fault.cause() + " is not named first in " + describe(diagnosis));
        }
        Symptom symptom = diagnosis.symptom();
        fault.peer()
                .filter(peer -> !peersOf(symptom).toList().contains(peer))
                .ifPresent(p -> complaints.add(p + " is not the peer of " + describe(diagnosis)));
        if (symptom.kind() == Symptom.Kind.TRAFFIC) {
            judgeTraffic(fault, symptom, complaints);
        }
    }

    private static void judgeTraffic(Expected fault, Symptom symptom, List<String> complaints) {
        if (symptom.madeBy() != fault.madeBy() && symptom.madeBy() != Maker.UNKNOWN) {
            complaints.add("made by " + fault.madeBy() + ", not by " + symptom.madeBy());
        }
        fault.site()
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
