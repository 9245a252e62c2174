package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.Edit;
import dev.gatemend.diagnosis.Emergency;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Names;
import dev.gatemend.diagnosis.Strength;
import dev.gatemend.model.ConfigurationProblem;
import dev.gatemend.model.Printable;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** nginx refuses its configuration for a reason other than a name. */
public final class InvalidNginxConfig implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "invalid-nginx-config",
                    Group.OTHER,
                    Frequency.RARE,
                    "nginx refuses its configuration files",
                    """
                    A missing semicolon or brace, an unknown directive, a certificate that cannot be read: nginx refuses the \
                    whole configuration. At a start it does not come up; at a reload it goes on with the configuration it has, \
                    so nothing seems wrong until the next restart fails.""",
                    "nginx's own verdict on the files (nginx -t), with file and line.",
                    List.of("upstream-dns-not-found"),
                    List.of(
                            "restarting nginx: it stops what still serves and cannot start again",
                            "reloading again without a change: the same line is refused again"));

    /** Told by other causes: who holds the port, and what cannot be written. */
    private static final Pattern PORT_TAKEN =
            Pattern.compile("bind\\(\\).* failed \\(98:|still could not bind");

    private static final Pattern DIRECTORY =
            Pattern.compile(
                    "^(mkdir|chown|chmod|stat)\\(.* failed \\((1|13|28|30|122):|failed \\((28|30|122):");

    private record Hint(Pattern message, String words) {}

    private static final List<Hint> HINTS =
            List.of(
                    hint(
                            "unknown directive",
                            "it is misspelt, or its module is not loaded (load_module)"),
                    hint(
                            "unexpected (\"[}{;]\"|end of file)|is not terminated by",
                            "a brace, quote or semicolon is missing there or just before"),
                    hint(
                            "invalid number of arguments",
                            "often the semicolon of the line before is missing"),
                    hint("directive is not allowed here", "it belongs into another block"),
                    hint("duplicate", "keep one of the two"),
                    hint("key values mismatch", "the key does not belong to the certificate"),
                    hint(
                            "cannot load certificate|BIO_new_file|no \"ssl_certificate\"",
                            "the certificate or key is missing, unreadable or not PEM"),
                    hint(
                            "_busy_buffers_size|_temp_file_write_size",
                            "the buffer sizes must fit together: largest buffer <= busy size <= all buffers but one"),
                    hint("open\\(\\) .* failed \\(2:", "the file or its directory does not exist"),
                    hint(
                            "open\\(\\) .* failed \\(13:",
                            "whoever starts nginx may not open that file"),
                    hint("could not build .* hash", "raise the size the message names"),
                    hint(
                            "getpwnam|getgrnam",
                            "the user or group of the user directive does not exist"),
                    hint(
                            "bind\\(\\).* failed \\(99:",
                            "the listen address is not (yet) one of this host"),
                    hint(
                            "bind\\(\\).* failed \\(13:",
                            "ports below 1024 need root, others perhaps an SELinux port type"),
                    hint(
                            "invalid (URL prefix|port)|no port in upstream",
                            "write the target as http://HOST:PORT"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        boolean standing =
                matter.kind() == Symptom.Kind.NOT_RUNNING
                        || matter.kind() == Symptom.Kind.CONFIG_REFUSED;
        if (!standing) {
            return Judgement.notConcerned();
        }
        return emergencies(matter)
                .filter(e -> !PORT_TAKEN.matcher(e.text()).find())
                .findFirst()
                .or(() -> emergencies(matter).findFirst())
                .map(emergency -> argue(matter, emergency))
                .or(() -> problem(matter).map(problem -> argue(matter, problem)))
                .orElse(Judgement.notConcerned());
    }

    private static Stream<Emergency> emergencies(Matter matter) {
        return Emergency.of(matter).stream()
                .filter(e -> Names.notFoundAtLoad(e.text()).isEmpty())
                .filter(e -> !DIRECTORY.matcher(e.text()).find());
    }

    /**
     * Our own reading counts where nginx itself was not asked: it knows every module, we do not.
     */
    private static Optional<ConfigurationProblem> problem(Matter matter) {
        return matter.verdict().isPresent()
                ? Optional.empty()
                : matter.configuration().stream()
                        .flatMap(c -> c.problems().stream())
                        .filter(ConfigurationProblem::fatal)
                        .findFirst();
    }

    private static Judgement argue(Matter matter, Emergency emergency) {
        String text = Printable.oneLine(emergency.text());
        boolean portTaken = PORT_TAKEN.matcher(text).find();
        Argument argument =
                Argument.that(
                        "configuration:" + emergency.place().orElse(text),
                        title(emergency.place(), text));
        argument.because(portTaken ? WEAK : strength(matter, emergency), emergency.sighting());
        if (!emergency.current()) {
            Emergency.accepted(matter)
                    .ifPresent(
                            verdict ->
                                    argument.against(
                                            STRONG,
                                            matter.scene()
                                                    .sighting(
                                                            verdict,
                                                            "nginx accepts the files as they are now")));
        }
        argument.explain(
                portTaken
                        ? "The files are read well; another process holds an address nginx wants to listen on."
                        : consequence(matter));
        remedies(matter, argument, emergency.place(), text);
        return argument.judgement();
    }

    /** The verdict is on the files as they are; a line of the log may be about older ones. */
    private static Strength strength(Matter matter, Emergency emergency) {
        return emergency.current() || matter.kind() == Symptom.Kind.NOT_RUNNING ? DECISIVE : STRONG;
    }

    private static Judgement argue(Matter matter, ConfigurationProblem problem) {
        String place = problem.position().fileAndLine();
        Argument argument =
                Argument.that(
                        "configuration:" + place,
                        title(Optional.of(place), Printable.oneLine(problem.message())));
        argument.because(
                STRONG,
                "configuration",
                Printable.oneLine(problem.message()),
                problem.position().toString());
        argument.missing("nginx", "nginx itself was not asked what it says of the files");
        argument.next("sudo nginx -t", "nginx's own verdict");
        argument.explain(consequence(matter));
        remedies(matter, argument, Optional.of(place), problem.message());
        return argument.judgement();
    }

    private static String title(Optional<String> place, String text) {
        return Excerpt.title(
                "nginx refuses " + place.map(p -> p + ": ").orElse("its configuration: ") + text);
    }

    private static String consequence(Matter matter) {
        return matter.kind() == Symptom.Kind.CONFIG_REFUSED
                ? "The running workers keep the configuration loaded before, so sites still answer; changes do not arrive, and the next restart will fail."
                : "nginx does not start with a configuration it refuses, so nothing answers.";
    }

    private static void remedies(
            Matter matter, Argument argument, Optional<String> place, String text) {
        String where = place.map(p -> "correct " + p).orElse("correct what the message names");
        String why = hint(matter, place, text).map(h -> ": " + h).orElse("");
        argument.now("correct the file", Risk.LOW, Edit.of(matter, where + why));
        argument.toStay("run nginx -t before each reload, also in deployments", Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    private static Optional<String> hint(Matter matter, Optional<String> place, String text) {
        Optional<String> ours =
                matter.configuration().stream()
                        .flatMap(c -> c.problems().stream())
                        .filter(p -> place.filter(p.position().fileAndLine()::equals).isPresent())
                        .map(p -> Excerpt.of(Printable.oneLine(p.message()), 160))
                        .filter(m -> !m.equals(text))
                        .findFirst();
        return ours.or(
                () ->
                        HINTS.stream()
                                .filter(h -> h.message().matcher(text).find())
                                .map(Hint::words)
                                .findFirst());
    }

    private static Hint hint(String pattern, String words) {
        return new Hint(Pattern.compile(pattern), words);
    }
}
