package dev.gatemend.host;

import dev.gatemend.model.NginxMaster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Packet filters between nginx and its peers: those of nginx's network namespace, and those of this
 * one for an nginx in a container, whose packets are forwarded here.
 */
public final class Firewall implements Observer {
    private static final int MOST_NAMESPACES = 8;

    /** Of connections that begin and may end in the namespace. */
    private static final Set<String> OWN_HOOKS =
            Set.of("input", "output", "prerouting", "postrouting");

    /** Of connections that come from a container. */
    private static final Set<String> FOREIGN_HOOKS = Set.of("forward", "input", "prerouting");

    @Override
    public String name() {
        return "firewall";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(4);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        long own = NamespaceIds.of(look.host(), "self", "net");
        Map<Long, NginxMaster> elsewhere = new LinkedHashMap<>();
        boolean here = look.facts(NginxMaster.class).findAny().isEmpty();
        for (NginxMaster master : look.facts(NginxMaster.class).toList()) {
            long namespace = master.namespaces().network();
            if (namespace == 0 || namespace == own) {
                here = true;
            } else if (elsewhere.size() < MOST_NAMESPACES) {
                elsewhere.putIfAbsent(namespace, master);
            }
        }
        if (here || !elsewhere.isEmpty()) {
            Set<String> hooks = here ? elsewhere.isEmpty() ? OWN_HOOKS : union() : FOREIGN_HOOKS;
            in(look, "self", own, List.of(), hooks);
        }
        for (Map.Entry<Long, NginxMaster> entry : elsewhere.entrySet()) {
            String pid = Integer.toString(entry.getValue().pid());
            String net = "--net=" + look.host().proc().resolve(pid).resolve("ns/net");
            in(look, pid, entry.getKey(), List.of("nsenter", net, "--"), OWN_HOOKS);
        }
    }

    private static Set<String> union() {
        return Set.of("input", "output", "prerouting", "postrouting", "forward");
    }

    private static void in(
            Look look, String pid, long namespace, List<String> enter, Set<String> hooks)
            throws InterruptedException {
        if (!look.host().privileged() && FirewallReading.mayHaveRules(look.host(), pid)) {
            look.couldNotLook(
                    (ufwIsOn(look.host())
                                    ? "ufw is switched on here (/etc/ufw/ufw.conf), but its rules"
                                    : "the rules")
                            + " are for root's eyes; run with sudo");
            return;
        }
        new FirewallReading(look, pid, namespace, enter, hooks).read();
    }

    private static boolean ufwIsOn(Host host) {
        Path settings = host.root().resolve("etc/ufw/ufw.conf");
        return Files.isReadable(settings)
                && SmallFile.word(settings)
                        .filter(t -> t.lines().anyMatch(l -> l.strip().equals("ENABLED=yes")))
                        .isPresent();
    }
}
