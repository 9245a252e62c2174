package dev.gatemend.host;

import dev.gatemend.model.SystemdUnit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One unit as {@code systemctl show} prints it: lines of {@code Name=value}, a name may come again.
 *
 * @param values by property
 */
record ShownUnit(Map<String, List<String>> values) {
    /** What is asked for. */
    static final String PROPERTIES =
            "Id,Description,LoadState,ActiveState,SubState,Result,ExecMainCode,ExecMainStatus,"
                    + "MainPID,NRestarts,UnitFileState,ExecStart,Listen,Triggers,Environment,"
                    + "StateChangeTimestampMonotonic";

    private static final Pattern ARGV =
            Pattern.compile("argv\\[]=(.{0,4096}?) ; (?:ignore_errors|flags)=");
    private static final int LONGEST = 4_096;

    /** Units are parted by an empty line. */
    static List<ShownUnit> read(String output) {
        List<ShownUnit> units = new ArrayList<>();
        Map<String, List<String>> values = new HashMap<>();
        for (String line : output.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (line.isEmpty() && !values.isEmpty()) {
                units.add(new ShownUnit(values));
                values = new HashMap<>();
            } else if (equals > 0) {
                values.computeIfAbsent(line.substring(0, equals), _ -> new ArrayList<>())
                        .add(cut(line.substring(equals + 1)));
            }
        }
        if (!values.isEmpty()) {
            units.add(new ShownUnit(values));
        }
        return units;
    }

    String name() {
        return value("Id");
    }

    boolean exists() {
        return !name().isEmpty() && !value("LoadState").equals("not-found");
    }

    /** systemd tells nothing of what a masked unit would run. */
    boolean isMasked() {
        return value("LoadState").equals("masked");
    }

    /**
     * As a fact.
     *
     * @param boot when the machine's monotonic clock began
     * @param environment more text that may name a listening address
     * @param sockets what socket units hold open for it
     */
    SystemdUnit fact(Optional<Boot> boot, String environment, List<String> sockets) {
        boolean ended = !value("ExecMainCode").isEmpty() && !value("ExecMainCode").equals("0");
        return new SystemdUnit(
                name(),
                value("Description"),
                value("ActiveState"),
                value("SubState"),
                value("Result"),
                ended ? number("ExecMainStatus") : OptionalInt.empty(),
                number("MainPID").orElse(0) > 0 ? number("MainPID") : OptionalInt.empty(),
                number("NRestarts").orElse(0),
                value("UnitFileState"),
                commands(),
                listens(environment, sockets),
                boot.flatMap(b -> since(b.at())));
    }

    /** Instants are printed in the host's zone by name; the monotonic ones need no zone. */
    private Optional<Instant> since(Instant booted) {
        String micros = value("StateChangeTimestampMonotonic");
        return micros.matches("[1-9]\\d{0,17}")
                ? Optional.of(booted.plus(Long.parseLong(micros), ChronoUnit.MICROS))
                : Optional.empty();
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (String written : values.getOrDefault("ExecStart", List.of())) {
            Matcher argv = ARGV.matcher(written);
            commands.add(argv.find() ? argv.group(1) : written);
        }
        return commands;
    }

    /** The addresses of those among these that start it when somebody connects. */
    List<String> ofItsSockets(List<ShownUnit> units) {
        return units.stream()
                .filter(u -> List.of(u.value("Triggers").split(" ", -1)).contains(name()))
                .flatMap(u -> u.values().getOrDefault("Listen", List.of()).stream())
                .map(ListeningWords::ofSocketUnit)
                .toList();
    }

    private List<String> listens(String environment, List<String> sockets) {
        Set<String> listens = new LinkedHashSet<>(sockets);
        values.getOrDefault("Listen", List.of())
                .forEach(l -> listens.add(ListeningWords.ofSocketUnit(l)));
        commands().forEach(c -> listens.addAll(ListeningWords.in(c)));
        listens.addAll(ListeningWords.in(value("Environment")));
        listens.addAll(ListeningWords.in(environment));
        return List.copyOf(listens);
    }

    private String value(String property) {
        return values.getOrDefault(property, List.of("")).getFirst();
    }

    private OptionalInt number(String property) {
        String text = value(property);
        return text.matches("\\d{1,9}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
