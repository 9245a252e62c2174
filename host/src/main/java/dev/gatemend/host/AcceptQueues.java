package dev.gatemend.host;

import dev.gatemend.model.AcceptOverflows;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Whether accept queues overflow in nginx's network, by the kernel's own count. */
public final class AcceptQueues implements Observer {
    private static final String COUNTER = "ListenOverflows";
    private static final String PREFIX = "TcpExt:";
    private static final int MOST_BYTES = 64 << 10;
    private static final long MOMENT_MILLIS = 250;

    AcceptQueues() {}

    @Override
    public String name() {
        return "accept queues";
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        Map<Long, Integer> pidOfNetwork = new LinkedHashMap<>();
        look.facts(NginxMaster.class)
                .forEach(m -> pidOfNetwork.putIfAbsent(m.namespaces().network(), m.pid()));
        Map<Long, Long> before = new LinkedHashMap<>();
        pidOfNetwork.forEach(
                (network, pid) ->
                        overflows(look.host(), pid).ifPresent(count -> before.put(network, count)));
        // Where none ever overflowed there is nothing to watch.
        if (look.host().live() && before.values().stream().anyMatch(count -> count > 0)) {
            Thread.sleep(MOMENT_MILLIS);
        }
        for (Map.Entry<Long, Integer> network : pidOfNetwork.entrySet()) {
            Long then = before.get(network.getKey());
            if (then != null) {
                add(look, network.getKey(), network.getValue(), then);
            }
        }
    }

    private static void add(Look look, long network, int pid, long then) {
        long now = overflows(look.host(), pid).orElse(then);
        look.add(
                new AcceptOverflows(
                        network, now, Math.max(0, now - then), longestQueue(look.host(), pid)),
                "nstat -az TcpExtListenOverflows");
    }

    /** Two lines of equal length, names and numbers, begin with {@code TcpExt:}. */
    private static Optional<Long> overflows(Host host, int pid) {
        try {
            List<List<String>> lines =
                    SmallFile.read(host.proc().resolve(pid + "/net/netstat"), MOST_BYTES)
                            .lines()
                            .filter(l -> l.startsWith(PREFIX))
                            .map(l -> Arrays.asList(l.split(" ", -1)))
                            .toList();
            int at = lines.size() == 2 ? lines.getFirst().indexOf(COUNTER) : -1;
            return at < 0 || at >= lines.getLast().size()
                    ? Optional.empty()
                    : Numbers.of(lines.getLast().get(at)).stream().boxed().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt longestQueue(Host host, int pid) {
        try {
            OptionalLong most =
                    NetworkNamespace.inside(
                            host,
                            pid,
                            () ->
                                    Numbers.in(
                                            host.proc()
                                                    .resolve(Path.of("sys/net/core/somaxconn"))));
            return most.isPresent()
                    ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, most.getAsLong()))
                    : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }
}
