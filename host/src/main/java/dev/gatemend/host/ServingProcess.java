package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SocketTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A process of this host, outside containers and not nginx's, that listens at peers, or was started
 * to, as its command line says.
 */
record ServingProcess(ProcessState process, Set<Address> peers) {
    /**
     * Those seen.
     *
     * @param others peers that processes are known to serve in another way, by pid
     */
    static List<ServingProcess> of(Look look, PeersNamed named, Map<Integer, Set<Address>> others) {
        Set<Integer> nginx = new HashSet<>();
        look.facts(NginxMaster.class)
                .forEach(
                        m -> {
                            nginx.add(m.pid());
                            nginx.addAll(m.workers());
                        });
        Map<Integer, Set<String>> listening = listening(look);
        List<ServingProcess> serving = new ArrayList<>();
        look.facts(ProcessState.class)
                .filter(p -> !nginx.contains(p.pid()) && p.container().isEmpty())
                .forEach(
                        p -> {
                            Set<Address> peers = new HashSet<>(named.in(p.command()));
                            peers.addAll(others.getOrDefault(p.pid(), Set.of()));
                            peers.addAll(
                                    named.among(
                                            listening.getOrDefault(p.pid(), Set.of()).stream()));
                            if (!peers.isEmpty()) {
                                serving.add(new ServingProcess(p, peers));
                            }
                        });
        return serving;
    }

    private static Map<Integer, Set<String>> listening(Look look) {
        Map<Integer, Set<String>> addresses = new HashMap<>();
        for (SocketTable table : look.facts(SocketTable.class).toList()) {
            for (Listener listener : table.listeners()) {
                listener.pids()
                        .forEach(
                                pid ->
                                        addresses
                                                .computeIfAbsent(pid, _ -> new HashSet<>())
                                                .add(listener.address().toString()));
            }
        }
        return addresses;
    }
}
