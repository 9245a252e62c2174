package dev.gatemend.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A unit that serves on a host, as whoever sets a watcher up would see it while all is well.
 *
 * @param name as in {@code shop.service}
 * @param pidFile as its PIDFile= says; blank without one
 * @param sockets the socket units that start it; usually none
 * @param command of its main process, with its arguments
 * @param listens where it does: {@code 127.0.0.1:8000}, or the path of a socket
 */
record WatchedUnit(
        String name,
        String pidFile,
        List<String> sockets,
        List<String> command,
        List<String> listens) {
    private static final Pattern PID = Pattern.compile("pid=([0-9]+),");

    WatchedUnit {
        sockets = List.copyOf(sockets);
        command = List.copyOf(command);
        listens = List.copyOf(listens);
    }

    /** Those that were started since the host has come up: nginx and the scenario's own. */
    static List<WatchedUnit> on(SystemdHost host) throws IOException, InterruptedException {
        long up =
                Long.parseLong(
                        host.run(
                                        "systemctl",
                                        "show",
                                        "--property=FinishTimestampMonotonic",
                                        "--value")
                                .strip());
        List<String> tcp = host.run("ss", "-Hltnp").lines().toList();
        List<String> unix = host.run("ss", "-Hlxp").lines().toList();
        List<WatchedUnit> watched = new ArrayList<>();
        for (UnitLife unit : host.units()) {
            if (unit.mainProcess() > 0 && unit.activeSince() > up) {
                watched.add(
                        new WatchedUnit(
                                unit.name(),
                                unit.pidFile(),
                                sockets(unit),
                                command(host, unit.mainProcess()),
                                listens(tcp, unix, unit.mainProcess())));
            }
        }
        return watched;
    }

    private static List<String> sockets(UnitLife unit) {
        return unit.triggeredBy().stream().filter(name -> name.endsWith(".socket")).toList();
    }

    private static List<String> command(SystemdHost host, long pid) throws IOException {
        Path file = host.files().resolve("proc/" + pid + "/cmdline");
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split("\0", -1)).filter(word -> !word.isEmpty()).toList();
    }

    /** As ss(8) prints them: the local address is the fourth word, and a path the fifth. */
    static List<String> listens(List<String> tcp, List<String> unix, long pid) {
        return Stream.concat(
                        tcp.stream().filter(line -> isOf(line, pid)).map(line -> word(line, 3)),
                        unix.stream().filter(line -> isOf(line, pid)).map(line -> word(line, 4)))
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private static boolean isOf(String line, long pid) {
        Matcher holders = PID.matcher(line);
        return holders.results().anyMatch(holder -> holder.group(1).equals(Long.toString(pid)));
    }

    private static String word(String line, int index) {
        String[] words = line.strip().split("\\s+", -1);
        return index < words.length ? words[index] : "";
    }

    /** Without what comes after the dot. */
    String shortName() {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
