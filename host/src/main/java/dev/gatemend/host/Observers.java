package dev.gatemend.host;

import java.util.List;

/**
 * Every observer, in the stages they run in: those of a stage side by side, each seeing what the
 * stages before it saw. Making them looks at nothing.
 */
public final class Observers {
    private Observers() {}

    /** A new set, for one look or for many, one after the other. */
    public static List<List<Observer>> all() {
        NginxBuilds builds = new NginxBuilds();
        return List.of(
                nginxItself(builds),
                whatItIsTold(builds),
                whatItMeets(),
                whoIsThere(),
                whatTheySay(builds),
                whichWayItWent());
    }

    /**
     * Those that find nginx and read its configuration, and ask nobody else: cheap enough for
     * often.
     */
    public static List<List<Observer>> ofNginxAlone() {
        NginxBuilds builds = new NginxBuilds();
        return List.of(nginxItself(builds), List.of(new ConfigurationObserver(builds)));
    }

    /** The masters that run; everything else is about them. */
    private static List<Observer> nginxItself(NginxBuilds builds) {
        return List.of(new NginxProcesses(builds));
    }

    /** Configuration, containers and sockets, which ask at most for the masters. */
    private static List<Observer> whatItIsTold(NginxBuilds builds) {
        return List.of(
                new AuditLog(),
                new ConfigurationObserver(builds),
                new Conntrack(),
                new Containers(),
                new Interfaces(),
                new KernelLog(),
                new Load(),
                new SecurityModules(),
                new Sockets());
    }

    /** What the configuration names: logs, ways, rules on the way, owners of listeners. */
    private static List<Observer> whatItMeets() {
        return List.of(
                new AcceptQueues(),
                new Connections(),
                new Firewall(),
                new Logs(),
                new Paths(),
                new Processes(),
                new Space());
    }

    /** Whom the logs and the configuration point at: names, units, kept programs. */
    private static List<Observer> whoIsThere() {
        return List.of(new ControlGroups(), new KeptPrograms(), new Names(), new Units());
    }

    /** What answers, once names are resolved and units known. */
    private static List<Observer> whatTheySay(NginxBuilds builds) {
        return List.of(
                new ApplicationLogs(),
                new Changes(),
                new Journal(),
                new NginxVerdict(builds),
                new PoolStatuses(),
                new Probes());
    }

    /** What the kernel learnt of the ways while peers were asked. */
    private static List<Observer> whichWayItWent() {
        return List.of(new Ways());
    }
}
