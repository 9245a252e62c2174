package dev.gatemend.diagnosis;

import dev.gatemend.model.ConfigurationVerdict;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An {@code [emerg]} message: why nginx refused its files, at a start, a reload or a test.
 *
 * @param text nginx's words, without level and place
 * @param place {@code file:line} where nginx names one
 * @param current what nginx says of the files as they are now; otherwise a line of the log
 * @param sighting the message as evidence
 */
public record Emergency(String text, Optional<String> place, boolean current, Sighting sighting) {
    private static final Pattern HEAD =
            Pattern.compile("^[^\\[]{0,80}\\[emerg\\] (?:\\d{1,10}#\\d{1,10}: )?");
    private static final Pattern PLACE = Pattern.compile("^(.*) in (/?\\S{1,4096}:\\d{1,9})$");

    /** Every refusal in sight: of the files as they are, then of the log, earliest first. */
    public static List<Emergency> of(Matter matter) {
        Stream<Emergency> now =
                verdicts(matter)
                        .flatMap(
                                verdict ->
                                        verdict.messages().stream()
                                                .filter(m -> m.contains("[emerg]"))
                                                .map(m -> of(matter, verdict, m)));
        Stream<Emergency> logged = groups(matter).map(group -> of(matter, group));
        return Stream.concat(now, logged).toList();
    }

    /** nginx was asked, and takes the files as they are now. */
    public static Optional<ConfigurationVerdict> accepted(Matter matter) {
        return verdicts(matter).filter(ConfigurationVerdict::accepted).findFirst();
    }

    private static Emergency of(Matter matter, ConfigurationVerdict verdict, String message) {
        return read(message, true, matter.scene().sighting(verdict, message.strip()));
    }

    private static Emergency of(Matter matter, ErrorGroup group) {
        return read(group.sample().message(), false, matter.logged(group));
    }

    private static Emergency read(String message, boolean current, Sighting sighting) {
        String text = HEAD.matcher(message.strip()).replaceFirst("");
        Matcher placed = PLACE.matcher(text);
        return placed.matches()
                ? new Emergency(placed.group(1), Optional.of(placed.group(2)), current, sighting)
                : new Emergency(text, Optional.empty(), current, sighting);
    }

    private static Stream<ConfigurationVerdict> verdicts(Matter matter) {
        Optional<String> path =
                matter.configuration()
                        .map(NginxConfiguration::path)
                        .or(() -> matter.master().map(NginxMaster::configuration))
                        .or(() -> matter.installation().map(NginxInstallation::configuration));
        return matter.scene()
                .facts(ConfigurationVerdict.class)
                .filter(v -> path.filter(p -> !p.equals(v.configuration())).isEmpty());
    }

    private static Stream<ErrorGroup> groups(Matter matter) {
        int nginx = matter.master().map(NginxMaster::pid).orElse(0);
        return Stream.concat(matter.errors().stream(), matter.scene().errors(nginx))
                .filter(group -> isEmergency(group.sample()))
                .distinct();
    }

    private static boolean isEmergency(ErrorEntry entry) {
        return entry.level().filter("emerg"::equals).isPresent();
    }
}
