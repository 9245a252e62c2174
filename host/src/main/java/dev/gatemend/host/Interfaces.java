package dev.gatemend.host;

import dev.gatemend.model.Ipv6Text;
import dev.gatemend.model.LocalAddresses;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of the network each nginx lives in, from the kernel's own tables: {@code
 * net/fib_trie} for IPv4 and {@code net/if_inet6} for IPv6 (proc_net(5)), which can be read without
 * entering the namespace.
 */
public final class Interfaces implements Observer {
    private static final int MOST_BYTES = 4 << 20;

    /**
     * A leaf of the trie that is this host itself: an address line followed by {@code /32 host
     * LOCAL}.
     */
    private static final Pattern LOCAL_LEAF =
            Pattern.compile("\\|-- (\\d{1,3}(?:\\.\\d{1,3}){3})\\n\\s+/32 host LOCAL");

    private static final Pattern IPV6_LINE = Pattern.compile("(?m)^([0-9a-f]{32}) ");

    @Override
    public String name() {
        return "interfaces";
    }

    @Override
    public void look(Look look) throws IOException {
        Map<Long, Integer> pidOfNetwork = new LinkedHashMap<>();
        look.facts(NginxMaster.class)
                .forEach(m -> pidOfNetwork.putIfAbsent(m.namespaces().network(), m.pid()));
        for (Map.Entry<Long, Integer> network : pidOfNetwork.entrySet()) {
            List<String> addresses = addresses(look.host(), network.getValue());
            look.add(new LocalAddresses(network.getKey(), addresses), "ip -brief address");
        }
    }

    private static List<String> addresses(Host host, int pid) throws IOException {
        Set<String> addresses = new TreeSet<>();
        Matcher v4 = LOCAL_LEAF.matcher(table(host, pid, "fib_trie"));
        while (v4.find()) {
            addresses.add(v4.group(1));
        }
        Matcher v6 = IPV6_LINE.matcher(ipv6Table(host, pid));
        while (v6.find()) {
            byte[] bytes = HexFormat.of().parseHex(v6.group(1));
            addresses.add(Ipv6Text.of(bytes));
        }
        return List.copyOf(addresses);
    }

    /** The file is missing where IPv6 is switched off in the kernel. */
    private static String ipv6Table(Host host, int pid) {
        try {
            return table(host, pid, "if_inet6");
        } catch (IOException e) {
            return "";
        }
    }

    private static String table(Host host, int pid, String name) throws IOException {
        return SmallFile.read(host.proc().resolve(pid + "/net/" + name), MOST_BYTES);
    }
}
