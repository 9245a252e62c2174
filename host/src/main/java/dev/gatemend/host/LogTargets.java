package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.LogDestination;
import dev.gatemend.model.LogFormat;
import dev.gatemend.model.LogSetting;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every log of every configuration, each once, error logs first: they say most. */
final class LogTargets {
    private LogTargets() {}

    static List<LogTarget> of(Look look) {
        List<LogTarget> targets = new ArrayList<>();
        for (NginxConfiguration configuration : look.facts(NginxConfiguration.class).toList()) {
            RequestPlaces places = new RequestPlaces(configuration);
            List<NginxMaster> masters = Served.by(look, configuration);
            masters.forEach(m -> targets.addAll(of(configuration, Optional.of(m), places)));
            if (masters.isEmpty()) {
                targets.addAll(of(configuration, Optional.empty(), places));
            }
        }
        targets.sort(Comparator.comparing(t -> !t.error()));
        return targets;
    }

    private static List<LogTarget> of(
            NginxConfiguration configuration, Optional<NginxMaster> nginx, RequestPlaces places) {
        Map<List<Object>, List<LogSetting>> byDestination = new LinkedHashMap<>();
        for (LogSetting log : configuration.logs()) {
            byDestination
                    .computeIfAbsent(
                            List.of(log.error(), log.destination()), _ -> new ArrayList<>())
                    .add(log);
        }
        Set<String> sockets = sockets(configuration);
        return byDestination.values().stream()
                .map(
                        logs ->
                                new LogTarget(
                                        nginx,
                                        logs.getFirst().error(),
                                        logs.getFirst().destination(),
                                        formats(configuration, logs),
                                        places.in(logs.getFirst().destination()),
                                        sockets))
                .filter(t -> !isNull(t.destination()))
                .toList();
    }

    /** {@code error_log /dev/null} asks for nothing to be kept. */
    private static boolean isNull(LogDestination destination) {
        return destination.equals(new LogDestination.File("/dev/null"));
    }

    private static List<LogFormat> formats(
            NginxConfiguration configuration, List<LogSetting> logs) {
        Set<String> names = logs.stream().map(LogSetting::format).collect(Collectors.toSet());
        return configuration.formats().stream().filter(f -> names.contains(f.name())).toList();
    }

    private static Set<String> sockets(NginxConfiguration configuration) {
        return configuration.upstreams().stream()
                .flatMap(u -> u.peers().stream())
                .map(p -> p.address())
                .filter(Address.Unix.class::isInstance)
                .map(a -> ((Address.Unix) a).path())
                .collect(Collectors.toSet());
    }
}
