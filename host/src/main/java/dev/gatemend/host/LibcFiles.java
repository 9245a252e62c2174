package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.Ipv6Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.Type;

/**
 * How libc answers in another root, from {@code /etc/hosts} and {@code /etc/resolv.conf} there: a
 * container's own programs must not be run with our rights.
 *
 * @param root of the process, {@code /proc/PID/root}
 * @param patience for each server
 */
record LibcFiles(Path root, Duration patience) {
    private static final int MOST_BYTES = 256 << 10;

    /** MAXNS and MAXDNSRCH of resolv.conf(5). */
    private static final int MOST_SERVERS = 3;

    private static final int MOST_DOMAINS = 6;

    /** Answers as getaddrinfo(3) would: the hosts file, then the servers with the search list. */
    DnsQuestion.Reply ask(String name) {
        List<String> inHosts = inHosts(name);
        if (!inHosts.isEmpty()) {
            return new DnsQuestion.Reply(Outcome.FOUND, inHosts);
        }
        List<String> lines = lines("/etc/resolv.conf");
        DnsQuestion.Reply last = DnsQuestion.Reply.of(Outcome.NO_SUCH_NAME);
        for (String candidate : candidates(name, lines)) {
            last = askServers(candidate, lines);
            boolean goesOn =
                    last.outcome() == Outcome.NO_SUCH_NAME || last.outcome() == Outcome.NO_ADDRESS;
            if (!goesOn) {
                return last;
            }
        }
        return last;
    }

    /** Asks the servers for exactly that name; the next one when one does not answer. */
    DnsQuestion.Reply askServers(String name) {
        return askServers(name, lines("/etc/resolv.conf"));
    }

    private DnsQuestion.Reply askServers(String name, List<String> lines) {
        DnsQuestion.Reply reply = DnsQuestion.Reply.of(Outcome.UNREACHABLE);
        for (String server : values(lines, "nameserver", MOST_SERVERS)) {
            if (!new Address.Tcp(server, 53).isLiteral()) {
                continue;
            }
            InetSocketAddress there = new InetSocketAddress(InetAddress.ofLiteral(server), 53);
            reply = new DnsQuestion(there, patience).ask(name, List.of(Type.A, Type.AAAA));
            boolean answered =
                    reply.outcome() != Outcome.TIMED_OUT
                            && reply.outcome() != Outcome.UNREACHABLE
                            && reply.outcome() != Outcome.SERVER_FAILED;
            if (answered) {
                return reply;
            }
        }
        return reply;
    }

    private List<String> inHosts(String name) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String line : lines("/etc/hosts")) {
            String[] words = line.strip().split("\\s+", 64);
            for (int i = 1; i < words.length; i++) {
                if (words[i].equalsIgnoreCase(name) && new Address.Tcp(words[0], 0).isLiteral()) {
                    addresses.add(words[0].contains(":") ? Ipv6Text.canonical(words[0]) : words[0]);
                }
            }
        }
        return List.copyOf(addresses);
    }

    /** The name with each search domain, and as it stands: first when it has {@code ndots} dots. */
    private static List<String> candidates(String name, List<String> lines) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        List<String> domains =
                values(lines, "search", MOST_DOMAINS).stream().map(d -> name + "." + d).toList();
        int ndots =
                values(lines, "options", 32).stream()
                        .filter(o -> o.matches("ndots:\\d{1,2}"))
                        .mapToInt(o -> Integer.parseInt(o.substring(6)))
                        .findFirst()
                        .orElse(1);
        boolean asItStandsFirst = name.chars().filter(c -> c == '.').count() >= ndots;
        List<String> all = new ArrayList<>(domains);
        all.add(asItStandsFirst ? 0 : all.size(), name);
        return all;
    }

    private static List<String> values(List<String> lines, String keyword, int most) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", 64))
                .filter(words -> words.length > 1 && words[0].equals(keyword))
                .flatMap(words -> List.of(words).subList(1, words.length).stream())
                .limit(most)
                .toList();
    }

    private List<String> lines(String path) {
        try {
            String real = RootedPath.real(root, path);
            return SmallFile.read(root.resolve(real.substring(1)), MOST_BYTES)
                    .lines()
                    .map(line -> line.replaceFirst("[#;].*", ""))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
