package dev.gatemend.host;

import dev.gatemend.model.ConntrackTable;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How full the table of tracked connections is in the network of each nginx. The kernel shows each
 * process the numbers of its own network, so they are read from inside; where no connections are
 * tracked there are none to read.
 */
public final class Conntrack implements Observer {
    private static final Path NUMBERS = Path.of("sys/net/netfilter");

    @Override
    public String name() {
        return "conntrack";
    }

    @Override
    public void look(Look look) throws IOException, InterruptedException {
        Map<Long, Integer> pidOfNetwork = new LinkedHashMap<>();
        look.facts(NginxMaster.class)
                .forEach(m -> pidOfNetwork.putIfAbsent(m.namespaces().network(), m.pid()));
        for (Map.Entry<Long, Integer> network : pidOfNetwork.entrySet()) {
            NetworkNamespace.inside(
                            look.host(),
                            network.getValue(),
                            () -> table(look.host(), network.getKey()))
                    .ifPresent(t -> look.add(t, "sysctl net.netfilter.nf_conntrack_{count,max}"));
        }
    }

    private static Optional<ConntrackTable> table(Host host, long network) {
        Optional<Long> count = number(host, "nf_conntrack_count");
        Optional<Long> max = number(host, "nf_conntrack_max");
        return count.isPresent() && max.isPresent()
                ? Optional.of(new ConntrackTable(network, count.get(), max.get()))
                : Optional.empty();
    }

    private static Optional<Long> number(Host host, String name) {
        return SmallFile.word(host.proc().resolve(NUMBERS).resolve(name))
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::parseLong);
    }
}
