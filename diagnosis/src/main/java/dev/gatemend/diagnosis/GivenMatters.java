package dev.gatemend.diagnosis;

import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.GivenText;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Matters of a text that was given in place of a host: an nginx that refused its configuration, by
 * its own words; and where no line of nginx's logs tells where requests got stuck, the trouble that
 * the text speaks of.
 */
final class GivenMatters {
    private static final Pattern TROUBLE =
            Pattern.compile(
                    "(?i)\\b50[0234]\\b|bad gateway|gateway time-?out|service (?:temporarily )?unavailable|internal server error|upstream|nginx");

    private GivenMatters() {}

    static List<Matter> in(Scene scene, List<Matter> logged) {
        if (!scene.isGiven()) {
            return List.of();
        }
        List<ErrorGroup> refusals =
                scene.errors(0)
                        .filter(g -> g.sample().level().filter("emerg"::equals).isPresent())
                        .toList();
        if (!refusals.isEmpty()) {
            // With -t nginx passes over addresses that are in use (ngx_open_listening_sockets), so
            // that it was started for good.
            boolean started =
                    refusals.stream().anyMatch(g -> StandingMatters.PORTS_TAKEN.contains(g.id()));
            return List.of(
                    matter(
                            scene,
                            started ? Symptom.Kind.NOT_RUNNING : Symptom.Kind.CONFIG_REFUSED,
                            Trouble.STANDING,
                            refusals));
        }
        return logged.isEmpty() ? untold(scene).stream().toList() : List.of();
    }

    private static Optional<Matter> untold(Scene scene) {
        Matter matter = matter(scene, Symptom.Kind.TRAFFIC, Trouble.UNTOLD, List.of());
        boolean told =
                !Clues.of(matter).isEmpty()
                        || words(scene).anyMatch(text -> TROUBLE.matcher(text).find());
        return told ? Optional.of(matter) : Optional.empty();
    }

    private static Stream<String> words(Scene scene) {
        return scene.facts(GivenText.class)
                .flatMap(t -> t.lines().stream())
                .filter(l -> l.kind() == GivenText.Kind.PROSE || l.kind() == GivenText.Kind.LOG)
                .map(GivenText.Line::text);
    }

    private static Matter matter(
            Scene scene, Symptom.Kind kind, Trouble trouble, List<ErrorGroup> errors) {
        return new Matter(
                scene,
                kind,
                trouble,
                Optional.empty(),
                Optional.empty(),
                scene.facts(NginxConfiguration.class).findFirst(),
                Optional.empty(),
                Optional.empty(),
                errors,
                List.of(),
                List.of());
    }
}
