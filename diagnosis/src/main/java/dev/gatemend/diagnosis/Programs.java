package dev.gatemend.diagnosis;

import dev.gatemend.model.ProcessState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What kind of program a process is, told from its name and command line. */
public final class Programs {
    /** Programs that connect, and whose arguments name where to; they never serve a site. */
    private static final Set<String> CLIENTS =
            Set.of(
                    "ab",
                    "curl",
                    "dockerize",
                    "fgrep",
                    "grep",
                    "h2load",
                    "hey",
                    "http",
                    "journalctl",
                    "less",
                    "lynx",
                    "nano",
                    "nc",
                    "nc.openbsd",
                    "nc.traditional",
                    "ncat",
                    "netcat",
                    "nmap",
                    "openssl",
                    "siege",
                    "ssh",
                    "strace",
                    "sudo",
                    "tail",
                    "tcpdump",
                    "telnet",
                    "vegeta",
                    "vi",
                    "vim",
                    "vim.basic",
                    "watch",
                    "wget",
                    "wrk",
                    "xargs");

    private static final Pattern CHECKS =
            Pattern.compile("^(?:wait[-_]?for|wait4|check|probe|health)");

    /** Daemons of the host and data stores, which no site is passed to by HTTP or FastCGI. */
    private static final Set<String> INFRASTRUCTURE =
            Set.of(
                    "sshd",
                    "postgres",
                    "postmaster",
                    "mysqld",
                    "mariadbd",
                    "redis-server",
                    "valkey-server",
                    "memcached",
                    "exim4",
                    "exim",
                    "master",
                    "smtpd",
                    "dovecot",
                    "dnsmasq",
                    "named",
                    "unbound",
                    "pdns_server",
                    "cupsd",
                    "chronyd",
                    "ntpd",
                    "dockerd",
                    "containerd",
                    "podman",
                    "rpcbind",
                    "rpc.statd",
                    "rpc.mountd",
                    "smbd",
                    "nmbd",
                    "vsftpd",
                    "proftpd",
                    "slapd",
                    "mongod",
                    "mongos",
                    "epmd",
                    "prometheus",
                    "node_exporter",
                    "telegraf",
                    "zabbix_agentd",
                    "snmpd",
                    "rsyslogd",
                    "avahi-daemon",
                    "tailscaled",
                    "etcd",
                    "kubelet",
                    "kube-proxy",
                    "influxd",
                    "munin-node",
                    "pgbouncer",
                    "xinetd",
                    "inetd",
                    "init",
                    "dbus-daemon",
                    "polkitd",
                    "supervisord",
                    "fail2ban-server",
                    "gpg-agent",
                    "ssh-agent",
                    "rpc.rquotad",
                    "multipathd",
                    "snapd",
                    "lxd",
                    "incusd",
                    "libvirtd",
                    "virtlogd",
                    "acpid",
                    "udevd",
                    "cloudflared",
                    "opendkim",
                    "clamd",
                    "spamd");

    /** Interpreters and servers that applications run in; docker-proxy stands for a container. */
    private static final Pattern RUNTIME =
            Pattern.compile(
                    "(node|nodejs|npm|bun|deno|python[\\d.]*|gunicorn|uwsgi(-core)?|uvicorn|hypercorn|daphne|waitress-serve"
                            + "|ruby[\\d.]*|puma|unicorn|passenger|thin|rackup|java|php|php-fpm[\\d.]*|php-cgi[\\d.]*|dotnet"
                            + "|beam\\.smp|perl|starman|plackup|docker-proxy|pm2|fcgiwrap|spawn-fcgi)");

    /** Those of them that listen for one end: that a web server passes requests to them. */
    private static final Pattern APPLICATION_SERVER =
            Pattern.compile(
                    "(gunicorn|uwsgi(-core)?|uvicorn|hypercorn|daphne|waitress-serve|puma|unicorn|passenger|thin|rackup"
                            + "|php-fpm[\\d.]*|php-cgi[\\d.]*|fcgiwrap|spawn-fcgi|starman|plackup)");

    private static final Pattern INTERPRETER =
            Pattern.compile(
                    "(?:node|nodejs|bun|deno|python|ruby|java|php|dotnet|perl|beam\\.smp)[\\d.]*");

    private static final Pattern ENTRY_POINT =
            Pattern.compile(
                    "(?:server|app|index|main|start|run|www|wsgi|asgi|application)(?:\\.(?:[cm]?js|ts|py|rb|pl|php))?|manage\\.py");

    private static final Pattern FASTCGI =
            Pattern.compile("(php-fpm[\\d.]*|php-cgi[\\d.]*|fcgiwrap|spawn-fcgi)");

    /** They hold a terminal, a user or a trace for a program, and show its arguments as theirs. */
    private static final Set<String> WRAPPERS =
            Set.of(
                    "abduco",
                    "bwrap",
                    "catchsegv",
                    "chroot",
                    "dbus-run-session",
                    "doas",
                    "dtach",
                    "expect",
                    "faketime",
                    "firejail",
                    "gdb",
                    "login",
                    "ltrace",
                    "mosh-server",
                    "nsenter",
                    "perf",
                    "runuser",
                    "screen",
                    "script",
                    "setpriv",
                    "sshd",
                    "su",
                    "tmux",
                    "unbuffer",
                    "unshare",
                    "xterm",
                    "zellij");

    /** They start programs and are none of their own. */
    public static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "zsh", "ash", "ksh", "env", "setsid", "sudo", "timeout");

    private Programs() {}

    /**
     * A tool that asks or watches a server and is none: its arguments are somebody else's address.
     */
    public static boolean isClient(ProcessState process) {
        String name = name(process);
        return CLIENTS.contains(name)
                || CLIENTS.contains(process.name())
                || CHECKS.matcher(name).find();
    }

    /** What it was told to run is a process of its own. */
    static boolean isWrapper(ProcessState process) {
        return WRAPPERS.contains(name(process));
    }

    /** Whether a command of a script is such a tool, behind variables and commands before it. */
    static boolean isClient(String command) {
        return Arrays.stream(command.split("\\s+", 6))
                .limit(5)
                .map(w -> w.substring(w.lastIndexOf('/') + 1))
                .anyMatch(
                        w ->
                                (CLIENTS.contains(w) && !w.equals("sudo"))
                                        || CHECKS.matcher(w).find());
    }

    /** The short name: of the kernel's comm without the decoration servers give themselves. */
    public static String name(ProcessState process) {
        String name = process.name().toLowerCase(Locale.ROOT);
        int end = name.indexOf(':');
        return (end > 0 ? name.substring(0, end) : name).replaceAll("[\\[(].*", "").strip();
    }

    public static boolean isNginx(ProcessState process) {
        return name(process).equals("nginx") || name(process).equals("openresty");
    }

    public static boolean isInfrastructure(ProcessState process) {
        String name = name(process);
        return INFRASTRUCTURE.contains(name)
                || name.startsWith("systemd")
                || name.startsWith("(sd-")
                || name.endsWith("_exporter");
    }

    /** An interpreter or application server by name, or by the program of its command line. */
    public static boolean isRuntime(ProcessState process) {
        return names(process).stream().anyMatch(n -> RUNTIME.matcher(n).matches());
    }

    /** Likewise by its name alone. */
    public static boolean isRuntime(String name) {
        String bare = name.toLowerCase(Locale.ROOT).replaceFirst(":.*", "");
        return RUNTIME.matcher(bare).matches();
    }

    /** A server that listens in order to be passed to, not an interpreter that may do anything. */
    public static boolean isApplicationServer(ProcessState process) {
        return names(process).stream().anyMatch(n -> APPLICATION_SERVER.matcher(n).matches());
    }

    /** An interpreter that runs a file by which applications are customarily started. */
    public static boolean isEntryPoint(ProcessState process) {
        List<String> words = List.of(process.command().split(" ", 3));
        return isRuntime(process)
                && words.size() > 1
                && ENTRY_POINT
                        .matcher(words.get(1).substring(words.get(1).lastIndexOf('/') + 1))
                        .matches();
    }

    /** A name that says nothing of what runs in it. */
    public static boolean isInterpreter(String name) {
        return INTERPRETER.matcher(name).matches();
    }

    /** It speaks FastCGI and nothing else. */
    public static boolean speaksFastcgi(ProcessState process) {
        return names(process).stream().anyMatch(n -> FASTCGI.matcher(n).matches());
    }

    public static boolean is(ProcessState process, String prefix) {
        return names(process).stream().anyMatch(n -> n.startsWith(prefix));
    }

    /** comm, the program and, of an interpreter, the script: {@code python3 /usr/bin/gunicorn}. */
    private static List<String> names(ProcessState process) {
        List<String> words =
                Arrays.stream(process.command().split(" ", 4))
                        .limit(2)
                        .map(w -> w.substring(w.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT))
                        .map(w -> w.endsWith(":") ? w.substring(0, w.length() - 1) : w)
                        .toList();
        return Stream.concat(Stream.of(name(process)), words.stream()).toList();
    }
}
