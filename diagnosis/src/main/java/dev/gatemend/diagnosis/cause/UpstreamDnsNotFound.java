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
import dev.gatemend.diagnosis.NamedPasses;
import dev.gatemend.diagnosis.Names;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.diagnosis.Spelling;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx could not resolve a name of its configuration while it loaded it. */
public final class UpstreamDnsNotFound implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "upstream-dns-not-found",
                    Group.NAMES,
                    Frequency.VERY_COMMON,
                    "A host name in the configuration does not resolve when nginx loads it",
                    """
                    A name in an upstream block or a literal pass is looked up once, by libc, while the configuration is \
                    loaded. If the lookup fails nginx refuses the whole configuration: it does not start, or keeps serving \
                    the one it has. Typical are a misspelt name, a container that does not run yet, and a boot at which \
                    nginx is faster than the network.""",
                    "An [emerg] line 'host not found in upstream' at start, reload or test; no request is involved.",
                    List.of(),
                    List.of(
                            "a resolver directive alone: names written in upstream or a literal pass are looked up by libc at load",
                            "resolver ... ipv6=off: the resolver directive has no part in names looked up at load",
                            "starting nginx again while the name does not resolve"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return concerned(matter)
                .flatMap(refusal -> name(refusal).map(name -> argue(matter, refusal, name)))
                .or(() -> latent(matter))
                .orElse(Judgement.notConcerned());
    }

    /** The first name nginx refused; for failing traffic only when its own lines say so. */
    private static Optional<Emergency> concerned(Matter matter) {
        boolean standing =
                matter.kind() == Symptom.Kind.NOT_RUNNING
                        || matter.kind() == Symptom.Kind.CONFIG_REFUSED;
        boolean ownLines =
                matter.error(g -> Names.notFoundAtLoad(g.sample().message()).isPresent())
                        .isPresent();
        return standing || ownLines
                ? Emergency.of(matter).stream().filter(r -> name(r).isPresent()).findFirst()
                : Optional.empty();
    }

    private static Optional<String> name(Emergency refusal) {
        return Names.notFoundAtLoad(refusal.text());
    }

    private static Judgement argue(Matter matter, Emergency refusal, String name) {
        Optional<DnsLookup> now = libc(matter, name);
        boolean found = now.filter(l -> l.outcome() == Outcome.FOUND).isPresent();
        Argument argument = Argument.that("name:" + name, title(refusal, name, found));
        // nginx names the name it stumbled over and stops there: there is nothing to infer.
        argument.because(DECISIVE, refusal.sighting());
        now.ifPresent(lookup -> weighLookup(matter, argument, lookup));
        PeerContainer.apart(matter, name)
                .ifPresent(
                        other ->
                                argument.against(
                                        DECISIVE,
                                        matter.scene()
                                                .sighting(
                                                        other,
                                                        PeerContainer.networksApart(
                                                                matter, other))));
        if (now.isEmpty()) {
            argument.missing("dns", "whether libc resolves " + name + " now was not asked");
            argument.next(
                    Shell.command("getent", "ahosts", name),
                    "asks libc, as nginx does while it loads");
        }
        if (!refusal.current()) {
            Emergency.accepted(matter)
                    .ifPresent(
                            verdict ->
                                    argument.because(
                                            WEAK,
                                            matter.scene()
                                                    .sighting(
                                                            verdict,
                                                            "nginx accepts the files by now: the name was missing only for a time")));
        }
        argument.explain(explanation(matter, refusal, name, found));
        remedies(matter, argument, refusal.place(), name, found);
        return argument.judgement();
    }

    private static String title(Emergency refusal, String name, boolean found) {
        String place = refusal.place().map(p -> " (" + p + ")").orElse("");
        return Excerpt.title(
                found
                        ? "the host name %s did not resolve when nginx loaded it%s"
                                .formatted(name, place)
                        : "the host name %s in the configuration does not resolve%s"
                                .formatted(name, place));
    }

    private static void weighLookup(Matter matter, Argument argument, DnsLookup lookup) {
        switch (lookup.outcome()) {
            case NO_SUCH_NAME, NO_ADDRESS, SERVER_FAILED, TIMED_OUT, UNREACHABLE ->
                    argument.because(
                            DECISIVE,
                            matter.scene()
                                    .sighting(
                                            lookup,
                                            "libc does not resolve %s now either (%s)"
                                                    .formatted(
                                                            lookup.name(),
                                                            words(lookup.outcome()))));
            // Not against: what nginx met while it loaded is in its own message.
            case FOUND ->
                    argument.because(
                            WEAK,
                            matter.scene()
                                    .sighting(
                                            lookup,
                                            "%s resolves now, to %s: it was missing only when nginx loaded"
                                                    .formatted(
                                                            lookup.name(),
                                                            String.join(
                                                                    ", ", lookup.addresses()))));
        }
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case FOUND -> "found";
            case NO_SUCH_NAME -> "no such name";
            case NO_ADDRESS -> "the name has no address";
            case SERVER_FAILED -> "the name server failed";
            case TIMED_OUT -> "no answer from the name server";
            case UNREACHABLE -> "no name server there";
        };
    }

    private static String explanation(
            Matter matter, Emergency refusal, String name, boolean found) {
        String load =
                "nginx looks names of upstream servers and literal passes up once, while it loads, and refuses the whole configuration when one is missing. ";
        String serving =
                matter.kind() == Symptom.Kind.CONFIG_REFUSED
                        ? "The running workers keep the configuration they have; the next restart will fail."
                        : matter.kind() == Symptom.Kind.NOT_RUNNING ? "So it did not come up." : "";
        String transience =
                found && !refusal.current()
                        ? " %s resolves by now, so nginx was earlier than the network, the name server or the container."
                                .formatted(name)
                        : "";
        return (load + serving + transience).strip();
    }

    private static void remedies(
            Matter matter, Argument argument, Optional<String> place, String name, boolean found) {
        String where = place.map(p -> "in " + p + " ").orElse("");
        meant(matter, name)
                .ifPresent(
                        meant ->
                                argument.because(
                                        WEAK,
                                        "configuration",
                                        "a similar name is known: " + meant,
                                        place.orElse("nginx.conf")));
        if (found) {
            argument.now(
                    "load the configuration again, now that the name resolves",
                    Risk.LOW,
                    matter.master().map(Edit::reload).orElseGet(() -> startStep(matter)));
        } else {
            String instead =
                    meant(matter, name)
                            .map(m -> "write " + m)
                            .orElse("write a name or address that exists");
            argument.now(
                    "make %s resolvable, or %sname what exists".formatted(name, where),
                    Risk.LOW,
                    Edit.of(matter, where + instead + ", or bring up what answers to " + name));
        }
        argument.toStay(
                "start nginx after what it names: After=network-online.target in a drop-in of its unit; depends_on with condition: service_healthy in Compose",
                Risk.LOW);
        argument.toStay(runTime(matter), Risk.MEDIUM);
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    private static Remedy.Step startStep(Matter matter) {
        return Edit.of(matter, "")[1];
    }

    /** {@code server NAME resolve} is in open source since 1.27.3. */
    private static String runTime(Matter matter) {
        boolean resolve =
                matter.configuration().filter(c -> c.version().atLeast(1, 27, 3)).isPresent();
        return resolve
                ? "let nginx resolve it while it runs: 'server NAME:PORT resolve;' with a zone in the upstream and a resolver"
                : "let nginx resolve it while it runs: a variable in the pass together with a resolver directive";
    }

    private static Optional<String> meant(Matter matter, String name) {
        return Spelling.nearest(name, Stream.concat(NamedPasses.blocks(matter), resolving(matter)));
    }

    /** Other hosts of the configuration that do resolve. */
    private static Stream<String> resolving(Matter matter) {
        return NamedPasses.hosts(matter)
                .filter(
                        host ->
                                libc(matter, host)
                                        .filter(l -> l.outcome() == Outcome.FOUND)
                                        .isPresent());
    }

    private static Optional<DnsLookup> libc(Matter matter, String name) {
        return matter.scene()
                .lookups(name)
                .filter(l -> l.resolver().equals(DnsLookup.LIBC))
                .findFirst();
    }

    /** nginx runs on what it resolved earlier, but could not load the same files again. */
    private static Optional<Judgement> latent(Matter matter) {
        if (matter.kind() != Symptom.Kind.LATENT) {
            return Optional.empty();
        }
        return matter.name()
                .flatMap(name -> libc(matter, name))
                .filter(l -> l.outcome() == Outcome.NO_SUCH_NAME)
                .filter(l -> NamedPasses.hosts(matter).anyMatch(l.name()::equals))
                .map(lookup -> argueLatent(matter, lookup));
    }

    private static Judgement argueLatent(Matter matter, DnsLookup lookup) {
        String name = lookup.name();
        Argument argument =
                Argument.that(
                        "name:" + name,
                        Excerpt.title(
                                name + " no longer resolves: nginx cannot load its files again"));
        // The state is there to see; whether a load really follows is another matter.
        argument.because(
                STRONG, matter.scene().sighting(lookup, "libc says: no such name (" + name + ")"));
        argument.explain(
                "nginx still runs on the address it resolved earlier. The next reload will be refused, and the next start will fail.");
        remedies(matter, argument, Optional.empty(), name, false);
        return argument.judgement();
    }
}
