package dev.gatemend.diagnosis;

import dev.gatemend.model.Evidence;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the words of a given text add to the judgement of a cause. A cause that was ruled out by a
 * fact stays so; one that nothing else speaks of needs more than a weak hint, and where nginx's own
 * log speaks, more than a fair one.
 */
final class Clues {
    private final Matter matter;
    private final List<Clue> all;

    private Clues(Matter matter, List<Clue> all) {
        this.matter = matter;
        this.all = all;
    }

    /** All that the texts of the matter's scene hold; nothing where none was given. */
    static Clues of(Matter matter) {
        List<GivenText> texts = matter.scene().facts(GivenText.class).toList();
        if (texts.isEmpty()) {
            return new Clues(matter, List.of());
        }
        Stream<Clue> phrases =
                matter.scene().phrases().stream()
                        .filter(found -> found.phrase().fits(matter))
                        .map(Phrases.Found::clue);
        List<Clue> all = Stream.concat(Comparisons.of(matter, texts), phrases).toList();
        return new Clues(matter, all.stream().filter(c -> !isSaidBetter(c, all)).toList());
    }

    /** What is most likely where nothing that was given speaks of any cause. */
    static Clues usual(Matter matter) {
        return new Clues(
                matter, matter.scene().isGiven() ? UsualCauses.of(matter).toList() : List.of());
    }

    /** What one line says twice of a cause counts once, as the stronger. */
    private static boolean isSaidBetter(Clue clue, List<Clue> all) {
        return all.stream()
                .filter(other -> other.cause().equals(clue.cause()))
                .filter(other -> other.against() == clue.against())
                .filter(other -> other.sighting().where().equals(clue.sighting().where()))
                .anyMatch(
                        other ->
                                other.strength().compareTo(clue.strength()) > 0
                                        || (other.strength() == clue.strength()
                                                && all.indexOf(other) < all.indexOf(clue)));
    }

    boolean isEmpty() {
        return all.stream().allMatch(Clue::against);
    }

    /** A judgement with what the text adds to it. */
    Judgement added(CauseInfo info, Judgement judgement) {
        List<Clue> own = of(info);
        if (own.isEmpty()) {
            return judgement;
        }
        return switch (judgement) {
            case Judgement.Possible possible -> with(possible, own);
            case Judgement.NotConcerned _ -> suffice(own) ? alone(info, own) : judgement;
            case Judgement.RuledOut _ -> judgement;
        };
    }

    /** A judgement by the clues alone; not concerned where none speaks of the cause. */
    Judgement alone(CauseInfo info) {
        List<Clue> own = of(info);
        return own.isEmpty() ? Judgement.notConcerned() : alone(info, own);
    }

    private List<Clue> of(CauseInfo info) {
        return all.stream().filter(c -> c.cause().equals(info.id())).toList();
    }

    private boolean suffice(List<Clue> own) {
        List<Clue> clues = own.stream().filter(c -> !c.against()).toList();
        Strength least = matter.errors().isEmpty() ? Strength.MODERATE : Strength.STRONG;
        return clues.stream().anyMatch(c -> c.strength().compareTo(least) >= 0);
    }

    private static Judgement with(Judgement.Possible possible, List<Clue> clues) {
        List<Evidence> evidence = new ArrayList<>(possible.evidence());
        clues.forEach(c -> evidence.add(evidence(c)));
        return new Judgement.Possible(
                possible.place(),
                possible.title(),
                possible.explanation(),
                evidence,
                possible.common(),
                possible.remedies(),
                possible.wontHelp(),
                possible.next(),
                possible.provisional());
    }

    /** What only the words speak of is told as the catalogue tells it. */
    private Judgement alone(CauseInfo info, List<Clue> clues) {
        Argument argument =
                Argument.that(matter.peerText(), info.summary())
                        .explain(info.description() + " " + info.toldApart());
        GeneralRemedies.of(info.id()).ifPresent(remedies -> advise(argument, remedies));
        clues.forEach(
                c -> {
                    if (c.against()) {
                        argument.against(c.strength(), c.sighting());
                    } else {
                        argument.because(c.strength(), c.sighting());
                    }
                });
        argument.missing(
                "host", "only a text was given: gatemend diagnose on the host itself would look");
        info.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static void advise(Argument argument, GeneralRemedies remedies) {
        argument.now(remedies.now(), Remedy.Risk.LOW);
        argument.toStay(remedies.toStay(), Remedy.Risk.LOW);
        if (!remedies.command().isEmpty()) {
            argument.next(remedies.command(), "would decide it on the host");
        }
    }

    private static Evidence evidence(Clue clue) {
        return new Evidence(
                clue.against() ? Evidence.Kind.AGAINST : Evidence.Kind.FOR,
                clue.sighting().source(),
                clue.sighting().text(),
                clue.sighting().where(),
                clue.sighting().at(),
                clue.against() ? -clue.strength().weight() : clue.strength().weight());
    }
}
