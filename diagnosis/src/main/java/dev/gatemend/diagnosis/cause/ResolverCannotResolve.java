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
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.NamedPasses;
import dev.gatemend.diagnosis.PeerContainer;
import dev.gatemend.diagnosis.Shell;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** While it runs, nginx's resolver does not know a name, or does not answer. */
public final class ResolverCannotResolve implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "resolver-cannot-resolve",
                    Group.NAMES,
                    Frequency.COMMON,
                    "nginx's own resolver does not know the name, or does not answer",
                    """
                    Names in a pass with variables (and of servers marked resolve) are looked up while nginx runs, by the \
                    servers of the resolver directive and by plain DNS: no /etc/hosts, no search domains, no ndots. ping, \
                    curl and getent use libc, so they may find a name that nginx does not.""",
                    "Ask libc and each server of the resolver directive for the same name and compare.",
                    List.of(),
                    List.of(
                            "an entry in /etc/hosts: nginx's resolver does not read it",
                            "search domains in /etc/resolv.conf: nginx's resolver does not use them",
                            "that ping or curl finds the name: they ask libc"));

    /** nginx prints the name it asked for first, then the DNS return code (RFC 1035, 4.1.1). */
    private static final Pattern NAME =
            Pattern.compile("(\\S{1,255}) could not be resolved \\((\\d{1,3}): ([^)]{1,40})\\)");

    private record Complaint(ErrorGroup group, String name, int code, String words) {
        boolean timedOut() {
            return code == 110;
        }
    }

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.errors().stream()
                .flatMap(group -> complaint(group).stream())
                .findFirst()
                .map(complaint -> new Case(matter, complaint).argue())
                .orElse(Judgement.notConcerned());
    }

    private static Optional<Complaint> complaint(ErrorGroup group) {
        if (!group.id().contains("could-not-be-resolved")
                && !group.id().contains("could-not-resolve")) {
            return Optional.empty();
        }
        Matcher matcher = NAME.matcher(group.sample().message());
        return matcher.find()
                ? Optional.of(
                        new Complaint(
                                group,
                                matcher.group(1),
                                Integer.parseInt(matcher.group(2)),
                                matcher.group(3)))
                : Optional.empty();
    }

    /** One complaint with what libc and the resolvers say now. */
    private record Case(Matter matter, Complaint complaint) {
        Judgement argue() {
            Argument argument =
                    Argument.that("resolver:" + complaint.name(), Excerpt.title(title()));
            // nginx reports the answer it got; the lookups only say why.
            argument.because(DECISIVE, matter.logged(complaint.group()));
            weighLookups(argument);
            setting().ifPresent(resolver -> show(argument, resolver));
            elsewhere(argument);
            if (singleLabel()) {
                argument.because(
                        WEAK,
                        "name",
                        "%s has no dot: libc would try search domains, nginx's resolver does not"
                                .formatted(complaint.name()),
                        matter.logged(complaint.group()).where().orElse("error.log"));
            }
            argument.explain(explanation());
            remedies(argument);
            INFO.wontHelp().forEach(argument::wontHelp);
            return argument.judgement();
        }

        /** The name exists, on a network that nginx's container is not attached to. */
        private void elsewhere(Argument argument) {
            PeerContainer.apart(matter, complaint.name())
                    .ifPresent(
                            other ->
                                    argument.against(
                                            DECISIVE,
                                            matter.scene()
                                                    .sighting(
                                                            other,
                                                            PeerContainer.networksApart(
                                                                    matter, other))));
        }

        private String title() {
            String name = complaint.name();
            Optional<DnsLookup> silent = silent();
            if (silent.isPresent()) {
                return "nginx's resolver %s does not answer; %s stays unresolved"
                        .formatted(silent.get().resolver(), name);
            }
            if (hidden()) {
                return "nginx's resolver does not know %s, though libc does".formatted(name);
            }
            if (resolver(l -> l.outcome() == Outcome.FOUND).isPresent()) {
                return "nginx's resolver could not resolve %s (%s); now it can"
                        .formatted(name, complaint.words());
            }
            return "nginx's resolver could not resolve %s (%s)".formatted(name, complaint.words());
        }

        private void weighLookups(Argument argument) {
            List<DnsLookup> lookups = matter.scene().lookups(complaint.name()).toList();
            lookups.forEach(lookup -> weigh(argument, lookup));
            if (lookups.isEmpty()) {
                argument.missing("dns", "nobody asked libc and nginx's resolver for this name");
                argument.next(
                        Shell.command("getent", "ahosts", complaint.name()),
                        "asks libc: if it finds the name, hosts file or search domains are the difference");
            }
        }

        private void weigh(Argument argument, DnsLookup lookup) {
            String who =
                    isLibc(lookup)
                            ? "libc (hosts file, search domains)"
                            : "resolver " + lookup.resolver();
            String text = "%s: %s".formatted(who, said(lookup));
            if (isLibc(lookup)) {
                // What libc finds and the resolver does not is the very difference in question.
                argument.because(hidden() ? STRONG : WEAK, matter.scene().sighting(lookup, text));
            } else {
                // FOUND now contradicts nothing: the log says what it answered then.
                argument.because(
                        lookup.outcome() == Outcome.FOUND ? WEAK : DECISIVE,
                        matter.scene().sighting(lookup, text));
            }
        }

        private static String said(DnsLookup lookup) {
            return switch (lookup.outcome()) {
                case FOUND ->
                        "%s is %s".formatted(lookup.name(), String.join(", ", lookup.addresses()));
                case NO_SUCH_NAME -> "no such name as %s".formatted(lookup.name());
                case NO_ADDRESS -> "%s exists but has no address".formatted(lookup.name());
                case SERVER_FAILED -> "the server failed on %s".formatted(lookup.name());
                case TIMED_OUT -> "no answer";
                case UNREACHABLE -> "nobody listens there";
            };
        }

        private void show(Argument argument, Setting resolver) {
            argument.because(
                    WEAK,
                    "configuration",
                    "'%s' is in effect".formatted(Excerpt.of(resolver.toString(), 120)),
                    resolver.position().map(Position::fileAndLine).orElse("nginx.conf"));
        }

        private String explanation() {
            if (silent().isPresent() || complaint.timedOut()) {
                return "nginx asks only the servers of its resolver directive, over DNS; without an answer within resolver_timeout (30s by default) the request ends in 502.";
            }
            if (hidden()) {
                return "libc reads /etc/hosts and tries search domains, nginx's resolver does neither: the name has to exist in DNS exactly as the pass writes it.";
            }
            if (libc(l -> l.outcome() == Outcome.NO_SUCH_NAME).isPresent()) {
                return "Neither libc nor nginx's resolver knows the name: it is misspelt, or what it names does not exist (yet).";
            }
            return "nginx resolves this name while it runs, by the servers of its resolver directive alone: no /etc/hosts, no search domains.";
        }

        private void remedies(Argument argument) {
            String where =
                    setting()
                            .flatMap(Setting::position)
                            .map(p -> "in " + p.fileAndLine() + " ")
                            .orElse("");
            if (silent().isPresent()) {
                argument.now(
                        "name a server that answers",
                        Risk.LOW,
                        Edit.of(matter, where + "write the address of a name server that answers"));
                dockerOutside().ifPresent(argument::wontHelp);
            } else if (hidden()) {
                argument.now(
                        "write the name as DNS knows it, or its address",
                        Risk.LOW,
                        Edit.of(
                                matter,
                                pass()
                                        + "write the fully qualified name or the address"
                                        + known()));
            } else {
                argument.now(
                        "make the name known to nginx's resolver, or correct it",
                        Risk.LOW,
                        new Remedy.Step(
                                "",
                                "check the spelling of %s%s".formatted(complaint.name(), at())));
            }
            argument.toStay(
                    "where the address never changes, write the name literally or in an upstream block: libc then resolves it at load, hosts file included",
                    Risk.LOW);
        }

        private Optional<String> dockerOutside() {
            boolean outside = matter.master().filter(m -> m.container().isEmpty()).isPresent();
            return outside && resolver(l -> l.resolver().startsWith("127.0.0.11")).isPresent()
                    ? Optional.of(
                            "127.0.0.11: Docker's name server answers only inside a container of a user-defined network")
                    : Optional.empty();
        }

        private String known() {
            return libc(l -> l.outcome() == Outcome.FOUND)
                    .map(l -> " (libc: " + String.join(", ", l.addresses()) + ")")
                    .orElse("");
        }

        private String pass() {
            return at().isEmpty() ? "" : "in" + at().replace(" at", "") + " ";
        }

        private String at() {
            return location()
                    .flatMap(Location::pass)
                    .map(p -> " at " + p.position().fileAndLine())
                    .orElse("");
        }

        private Optional<Location> location() {
            return NamedPasses.resolving(matter, complaint.name());
        }

        private Optional<Setting> setting() {
            return location().flatMap(l -> l.settings().get("resolver"));
        }

        private boolean singleLabel() {
            return complaint.name().indexOf('.') < 0;
        }

        /** libc finds it and no resolver of nginx does. */
        private boolean hidden() {
            return libc(l -> l.outcome() == Outcome.FOUND).isPresent()
                    && resolver(l -> answers(l)).isPresent()
                    && resolver(l -> l.outcome() == Outcome.FOUND).isEmpty();
        }

        /** A resolver that says nothing, when no other says anything either. */
        private Optional<DnsLookup> silent() {
            return resolver(ResolverCannotResolve.Case::answers).isPresent()
                    ? Optional.empty()
                    : resolver(l -> !answers(l));
        }

        private static boolean answers(DnsLookup lookup) {
            return lookup.outcome() != Outcome.TIMED_OUT && lookup.outcome() != Outcome.UNREACHABLE;
        }

        private Optional<DnsLookup> libc(Predicate<DnsLookup> wanted) {
            return lookup(l -> isLibc(l) && wanted.test(l));
        }

        private Optional<DnsLookup> resolver(Predicate<DnsLookup> wanted) {
            return lookup(l -> !isLibc(l) && wanted.test(l));
        }

        private Optional<DnsLookup> lookup(Predicate<DnsLookup> wanted) {
            return matter.scene().lookups(complaint.name()).filter(wanted).findFirst();
        }

        private static boolean isLibc(DnsLookup lookup) {
            return lookup.resolver().equals(DnsLookup.LIBC);
        }
    }
}
