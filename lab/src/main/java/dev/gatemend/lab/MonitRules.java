package dev.gatemend.lab;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a sensible operator writes for Monit: each unit's process by its pid file or, without one,
 * by its program, started and stopped by systemd; where it listens it is asked, in HTTP where nginx
 * or a client does so too; and what does not answer is restarted. See monit(1), "CONFIGURATION
 * EXAMPLES".
 */
final class MonitRules {
    private static final String NGINX = "nginx.service";

    private MonitRules() {}

    /**
     * The file for {@code /etc/monit/conf-enabled}.
     *
     * @param nginx its configuration, in which stands what it dials
     */
    static String of(List<WatchedUnit> units, String nginx) {
        return units.stream().map(unit -> check(unit, nginx)).collect(joining("\n"));
    }

    private static String check(WatchedUnit unit, String nginx) {
        StringBuilder text = new StringBuilder();
        text.append("check process ").append(unit.shortName()).append(' ').append(found(unit));
        for (String verb : List.of("start", "stop")) {
            text.append("\n    ").append(verb).append(" program = \"/bin/systemctl ");
            text.append(verb).append(' ').append(units(unit)).append('"');
        }
        for (String address : unit.listens()) {
            boolean http = unit.name().equals(NGINX) || isDialled(address, nginx);
            text.append("\n    if failed ").append(place(address));
            text.append(http ? " protocol http then restart" : " then restart");
        }
        return text.append('\n').toString();
    }

    /** What is started by its socket unit is started and stopped together with it. */
    private static String units(WatchedUnit unit) {
        return Stream.concat(unit.sockets().stream(), Stream.of(unit.name())).collect(joining(" "));
    }

    private static String found(WatchedUnit unit) {
        return unit.pidFile().isEmpty()
                ? "matching \"" + program(unit.command()) + "\""
                : "with pidfile " + unit.pidFile();
    }

    /** Of an interpreter's command, the script. */
    private static String program(List<String> command) {
        return command.stream()
                .skip(1)
                .filter(word -> word.startsWith("/"))
                .findFirst()
                .orElse(command.isEmpty() ? "" : command.getFirst());
    }

    private static boolean isDialled(String address, String nginx) {
        return nginx.contains(address.startsWith("/") ? "unix:" + address : "//" + address);
    }

    private static String place(String address) {
        if (address.startsWith("/")) {
            return "unixsocket " + address;
        }
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon);
        boolean any = List.of("*", "0.0.0.0", "[::]").contains(host);
        return "host %s port %s".formatted(any ? "127.0.0.1" : host, address.substring(colon + 1));
    }
}
