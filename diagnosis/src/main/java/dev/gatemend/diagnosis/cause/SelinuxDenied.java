package dev.gatemend.diagnosis.cause;

import static dev.gatemend.diagnosis.Strength.DECISIVE;
import static dev.gatemend.diagnosis.Strength.MODERATE;
import static dev.gatemend.diagnosis.Strength.STRONG;
import static dev.gatemend.diagnosis.Strength.WEAK;

import dev.gatemend.diagnosis.Argument;
import dev.gatemend.diagnosis.Cause;
import dev.gatemend.diagnosis.CauseInfo;
import dev.gatemend.diagnosis.CauseInfo.Frequency;
import dev.gatemend.diagnosis.CauseInfo.Group;
import dev.gatemend.diagnosis.ConnectFailure;
import dev.gatemend.diagnosis.Errno;
import dev.gatemend.diagnosis.Excerpt;
import dev.gatemend.diagnosis.Judgement;
import dev.gatemend.diagnosis.Matter;
import dev.gatemend.diagnosis.Way;
import dev.gatemend.model.KernelEvent;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Remedy;
import dev.gatemend.model.Remedy.Risk;
import dev.gatemend.model.SecurityModule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SELinux or AppArmor refuses nginx the connect. */
public final class SelinuxDenied implements Cause {
    /** What a connect over TCP needs, in SELinux's and AppArmor's words. */
    private static final Set<String> BY_TCP = Set.of("name_connect", "connect", "create");

    /** What one to a unix socket needs: the way to the file, the file, and its owner. */
    private static final Set<String> BY_SOCKET =
            Set.of("connectto", "connect", "write", "search", "open", "create");

    private static final CauseInfo INFO =
            new CauseInfo(
                    "selinux-denied",
                    Group.BLOCKED,
                    Frequency.OCCASIONAL,
                    "SELinux or AppArmor denies the connect, the lookup or the socket",
                    """
                    Under SELinux nginx runs as httpd_t, which may connect to few ports unless a boolean allows it, and to \
                    sockets with the right label only; AppArmor's profiles do alike. A refused connect fails with errno 13 \
                    although no file mode is in the way: for TCP only a route that prohibits the way gives that errno at once as well.""",
                    "errno 13 on TCP, or on a socket whose modes admit nginx; an audit line names nginx; the module enforces.",
                    List.of(),
                    List.of(
                            "setenforce 0: it switches off the protection of the whole host where one boolean would do",
                            "chmod 777 or nginx as root: the module does not look at modes",
                            "restarting the application: the connect is refused before it gets there"));

    @Override
    public CauseInfo info() {
        return INFO;
    }

    @Override
    public Judgement judge(Matter matter) {
        Optional<ConnectFailure> failure =
                ConnectFailure.of(matter, Set.of(Errno.EACCES)).filter(_ -> atOnce(matter));
        if (failure.isEmpty()) {
            return Judgement.notConcerned();
        }
        Optional<KernelEvent.Denial> denial = denial(matter);
        List<SecurityModule> modules = matter.scene().facts(SecurityModule.class).toList();
        boolean off = !modules.isEmpty() && modules.stream().noneMatch(SelinuxDenied::enforces);
        if (denial.isEmpty() && off) {
            return Judgement.ruledOut("neither SELinux nor AppArmor enforces anything on nginx");
        }
        if (denial.isEmpty() && Way.to(matter).filter(Way::isRefused).isPresent()) {
            return Judgement.ruledOut("a route refuses the way to it, with the same errno");
        }
        return argue(matter, failure.get(), denial, modules);
    }

    /**
     * A connect that failed later has met an answer of the network, 'prohibited'; nginx words the
     * two apart: "connect() to ADDRESS failed" and "connect() failed".
     */
    private static boolean atOnce(Matter matter) {
        return matter.errors().isEmpty()
                || matter.message("connect-to-failed").isPresent()
                || matter.unixPeer().isPresent();
    }

    private static boolean enforces(SecurityModule module) {
        return module.state().equals("enforcing");
    }

    /** By a process of this nginx, or of its name where the kernel's numbering is another. */
    private static Optional<KernelEvent.Denial> denial(Matter matter) {
        return matter.scene()
                .facts(KernelEvent.Denial.class)
                .filter(
                        d ->
                                d.enforced()
                                        && (matter.tcpPeer().isPresent() ? BY_TCP : BY_SOCKET)
                                                .contains(d.operation()))
                .filter(d -> isNginx(matter, d))
                .findFirst();
    }

    private static boolean isNginx(Matter matter, KernelEvent.Denial denial) {
        boolean byPid = matter.master().filter(m -> isOf(m, denial.pid())).isPresent();
        return byPid || denial.process().equals("nginx");
    }

    private static boolean isOf(NginxMaster master, int pid) {
        return master.pid() == pid || master.workers().contains(pid);
    }

    private static Judgement argue(
            Matter matter,
            ConnectFailure failure,
            Optional<KernelEvent.Denial> denial,
            List<SecurityModule> modules) {
        boolean tcp = matter.tcpPeer().isPresent();
        String module = module(denial, modules);
        Argument argument =
                Argument.that(
                        "peer:" + matter.peerText(),
                        Excerpt.title(
                                "%s denies nginx the connect to %s"
                                        .formatted(module, matter.peerText())));
        // On TCP the errno has hardly another meaning; on a socket the file modes are likelier.
        argument.because(tcp ? STRONG : WEAK, failure.sighting());
        denial.ifPresentOrElse(
                d -> argument.because(DECISIVE, matter.scene().sighting(d, text(d))),
                () -> notSeen(matter, argument));
        modules.stream()
                .filter(SelinuxDenied::enforces)
                .findFirst()
                .ifPresent(
                        m ->
                                argument.because(
                                        tcp ? MODERATE : WEAK,
                                        matter.scene()
                                                .sighting(
                                                        m,
                                                        "%s is enforcing"
                                                                .formatted(name(m.name())))));
        argument.explain(
                "The kernel asked %s before it let nginx connect, and got a no; modes and owners play no part in it."
                        .formatted(module));
        remedies(matter, denial, module, argument);
        INFO.wontHelp().forEach(argument::wontHelp);
        return argument.judgement();
    }

    private static String text(KernelEvent.Denial denial) {
        return Excerpt.of(
                "%s denied %s to %s (%s)%s"
                        .formatted(
                                name(denial.module()),
                                denial.operation(),
                                denial.process(),
                                denial.subject(),
                                denial.target().map(t -> " on " + t).orElse("")),
                200);
    }

    private static void notSeen(Matter matter, Argument argument) {
        argument.missing(
                "audit log",
                matter.scene()
                        .couldNotLook("audit log")
                        .or(() -> matter.scene().couldNotLook("kernel log"))
                        .orElse("a line of the refusal, there or in the kernel log"));
        argument.next(
                "sudo ausearch -m avc,user_avc -c nginx -ts recent",
                "shows what was refused, on which label");
    }

    private static String module(
            Optional<KernelEvent.Denial> denial, List<SecurityModule> modules) {
        return denial.map(KernelEvent.Denial::module)
                .or(
                        () ->
                                modules.stream()
                                        .filter(SelinuxDenied::enforces)
                                        .map(SecurityModule::name)
                                        .findFirst())
                .map(SelinuxDenied::name)
                .orElse("SELinux or AppArmor");
    }

    private static String name(String module) {
        return module.equals("apparmor") ? "AppArmor" : "SELinux";
    }

    private static void remedies(
            Matter matter, Optional<KernelEvent.Denial> denial, String module, Argument argument) {
        if (module.equals("AppArmor")) {
            argument.now(
                    "allow it in nginx's profile",
                    Risk.MEDIUM,
                    new Remedy.Step(
                            "sudo aa-logprof", "asks for each refusal whether to allow it"));
            return;
        }
        if (matter.tcpPeer().isPresent()) {
            argument.now(
                    "allow nginx to connect over the network",
                    Risk.LOW,
                    new Remedy.Step(
                            "sudo setsebool -P httpd_can_network_connect on",
                            "the boolean for a reverse proxy; for ports that carry http_port_t httpd_can_network_relay is enough"));
        } else {
            argument.now(
                    "give the socket a label that nginx may connect to",
                    Risk.MEDIUM,
                    new Remedy.Step(
                            "sudo ausearch -m avc -c nginx -ts recent | audit2why",
                            "says which rule or label is missing"),
                    new Remedy.Step(
                            "",
                            "semanage fcontext and restorecon with the label it names (httpd_var_run_t for sockets below /run)%s"
                                    .formatted(
                                            denial.flatMap(KernelEvent.Denial::target)
                                                    .map(t -> "; now it is on " + Excerpt.of(t, 80))
                                                    .orElse(""))));
        }
        argument.toStay("keep the boolean or label in the host's provisioning", Risk.LOW);
    }
}
