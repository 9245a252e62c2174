package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
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
import dev.gatemend.diagnosis.Names;
import dev.gatemend.diagnosis.Spelling;
import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorGroup;
import dev.gatemend.model.Location;
import dev.gatemend.model.Pass;
import dev.gatemend.model.Position;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.Setting;
import java.util.List;
import java.util.Optional;

/** A pass with variables comes to a name, and nginx was given no resolver to look it up. */
public final class ResolverMissing implements Cause {
    private static final CauseInfo INFO =
            new CauseInfo(
                    "resolver-missing",
                    Group.NAMES,
                    Frequency.COMMON,
                    "A pass with variables needs a resolver directive, and there is none",
                    """
                    A pass with variables is decided for each request. If it comes to a name that is no upstream block, nginx \
                    must resolve it while it runs, and for that it uses only the name servers of the resolver directive, \
                    never /etc/resolv.conf. Without the directive each such request ends in 502 and no upstream is asked.""",
                    "The message 'no resolver defined'; nothing is connected to.",
                    List.of(),
                    List.of(
                            "nameserver lines in /etc/resolv.conf: nginx does not read that file while it runs",
                            "entries in /etc/hosts: they count at load, not for a pass with variables",
                            "raising proxy_connect_timeout: nobody is connected to"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        return matter.error(ResolverMissing::speaks)
                .map(group -> argue(matter, group))
                .orElse(Judgement.notConcerned());
    }

    private static boolean speaks(ErrorGroup group) {
        return group.id().equals("no-resolver-defined")
                || group.id().equals("stream-no-resolver")
                || group.id().equals("zone-no-resolver")
                || group.id().equals("stream-zone-no-resolver");
    }

    private static Judgement argue(Matter matter, ErrorGroup group) {
        String name = name(matter, group);
        Optional<Location> location = NamedPasses.resolving(matter, name);
        Argument argument =
                Argument.that(
                        "resolver:" + location.map(l -> l.position().fileAndLine()).orElse(name),
                        title(location, name));
        // nginx says what is missing; there is nothing to infer.
        argument.because(DECISIVE, matter.logged(group));
        location.flatMap(Location::pass).ifPresent(pass -> show(argument, pass));
        location.flatMap(l -> l.settings().get("resolver"))
                .ifPresent(resolver -> weighPresent(argument, resolver));
        argument.explain(explanation(matter, name));
        remedies(matter, argument, location, name);
        return argument.judgement();
    }

    private static String name(Matter matter, ErrorGroup group) {
        return Names.unresolved(group).or(matter::name).orElse("the name in the pass");
    }

    private static String title(Optional<Location> location, String name) {
        String pass =
                location.flatMap(Location::pass)
                        .map(
                                p ->
                                        "%s (%s)"
                                                .formatted(
                                                        p.kind().directive(),
                                                        p.position().fileAndLine()))
                        .orElse("a pass with variables");
        return Excerpt.title("%s comes to %s, and no resolver is set".formatted(pass, name));
    }

    private static void show(Argument argument, Pass pass) {
        argument.because(
                WEAK,
                "configuration",
                "%s %s is decided for each request, and no resolver is in effect there"
                        .formatted(pass.kind().directive(), Excerpt.of(pass.written(), 80)),
                pass.position().fileAndLine());
    }

    /** The files have one by now: then it is a reload that is missing. */
    private static void weighPresent(Argument argument, Setting resolver) {
        argument.against(
                MODERATE,
                "configuration",
                "the files have '%s' there; the running nginx was loaded without it"
                        .formatted(resolver),
                resolver.position().map(Position::fileAndLine).orElse("nginx.conf"));
    }

    private static String explanation(Matter matter, String name) {
        String rule =
                "A pass with variables that comes to a name is resolved while nginx runs, and only by the servers of the resolver directive; /etc/resolv.conf and /etc/hosts are not read. ";
        if (NamedPasses.blocks(matter).anyMatch(name::equalsIgnoreCase)) {
            return rule
                    + "There is an upstream block %s, but with another port behind the name (or none where the block's pass has one) nginx does not take it for that block."
                            .formatted(name);
        }
        return meant(matter, name)
                .map(
                        m ->
                                rule
                                        + "There is an upstream block %s: perhaps that was meant."
                                                .formatted(m))
                .orElse(rule)
                .strip();
    }

    private static Optional<String> meant(Matter matter, String name) {
        return Spelling.nearest(name, NamedPasses.blocks(matter));
    }

    private static void remedies(
            Matter matter, Argument argument, Optional<Location> location, String name) {
        String where = location.map(l -> "before " + l.position().fileAndLine() + ", ").orElse("");
        meant(matter, name)
                .ifPresent(
                        m ->
                                argument.now(
                                        "name the upstream block that exists",
                                        Risk.LOW,
                                        Edit.of(
                                                matter,
                                                "write %s instead of %s".formatted(m, name))));
        argument.now(
                "give nginx a resolver",
                Risk.LOW,
                Edit.of(
                        matter,
                        "%sin the server (or http) block, write: resolver %s valid=30s;"
                                .formatted(where, server(matter))));
        argument.toStay(
                "where the name never changes, write it literally or in an upstream block: libc then resolves it at load",
                Risk.LOW);
        INFO.wontHelp().forEach(argument::wontHelp);
    }

    /**
     * A name server known to answer here: one that listens on port 53 of loopback (systemd-resolved
     * at 127.0.0.53, dnsmasq, unbound). Docker puts its own at 127.0.0.11 of each container in a
     * user-defined network.
     */
    private static String server(Matter matter) {
        Optional<String> local =
                matter.sockets().stream()
                        .flatMap(t -> t.listeners().stream())
                        .map(l -> l.address())
                        .filter(Address.Tcp.class::isInstance)
                        .map(Address.Tcp.class::cast)
                        .filter(tcp -> tcp.port() == 53 && tcp.isLoopback() && !tcp.isIpv6())
                        .map(Address.Tcp::host)
                        .sorted()
                        .findFirst();
        if (local.isPresent()) {
            return local.get();
        }
        boolean container = matter.master().flatMap(m -> m.container()).isPresent();
        return container
                ? "127.0.0.11 (Docker's own in a user-defined network)"
                : "ADDRESS (that of a nameserver line in /etc/resolv.conf)";
    }
}
