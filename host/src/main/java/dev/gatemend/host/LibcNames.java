package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup.Outcome;
import dev.gatemend.model.Ipv6Text;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How libc resolves a name for nginx. getent(1) is libc itself, without the caches of Java; it runs
 * in nginx's network, but never from nginx's file system when that is another one.
 */
record LibcNames(Host host, Optional<NginxMaster> nginx) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    DnsQuestion.Reply ask(String name) throws IOException, InterruptedException {
        if (inAnotherRoot()) {
            return NginxNetwork.inside(
                    host, nginx, () -> files(nginx.orElseThrow().pid() + "/root").ask(name));
        }
        Commands.Answer answer;
        try {
            answer = host.commands().run(PATIENCE, command(name));
        } catch (IOException e) {
            boolean slow = String.valueOf(e.getMessage()).contains("did not answer");
            return slow ? DnsQuestion.Reply.of(Outcome.TIMED_OUT) : withoutGetent(name);
        }
        List<String> addresses = addresses(answer.output());
        return addresses.isEmpty()
                ? refusal(name)
                : new DnsQuestion.Reply(Outcome.FOUND, addresses);
    }

    private boolean inAnotherRoot() {
        long own = NamespaceIds.of(host, "self", "mnt");
        long its = nginx.map(m -> m.namespaces().mount()).orElse(0L);
        return own != 0 && its != 0 && own != its;
    }

    private List<String> command(String name) {
        long own = NamespaceIds.of(host, "self", "net");
        long its = nginx.map(m -> m.namespaces().network()).orElse(0L);
        List<String> command = new ArrayList<>();
        if (own != 0 && its != 0 && own != its) {
            Path net = host.proc().resolve(nginx.orElseThrow().pid() + "/ns/net");
            command.addAll(List.of("nsenter", "--net=" + net, "--"));
        }
        command.addAll(List.of("getent", "ahosts", name));
        return command;
    }

    /** getent says only that there is none; the servers themselves say why. */
    private DnsQuestion.Reply refusal(String name) throws IOException, InterruptedException {
        if (name.indexOf('.') < 0) {
            return DnsQuestion.Reply.of(Outcome.NO_SUCH_NAME);
        }
        DnsQuestion.Reply reply =
                NginxNetwork.inside(host, nginx, () -> files("self/root").askServers(name));
        return reply.outcome() == Outcome.FOUND
                ? DnsQuestion.Reply.of(Outcome.NO_SUCH_NAME)
                : reply;
    }

    private LibcFiles files(String process) {
        return new LibcFiles(host.proc().resolve(process), PATIENCE);
    }

    private static DnsQuestion.Reply withoutGetent(String name) {
        try {
            return new DnsQuestion.Reply(
                    Outcome.FOUND,
                    Arrays.stream(InetAddress.getAllByName(name))
                            .map(InetAddress::getHostAddress)
                            .map(a -> a.contains(":") ? Ipv6Text.canonical(a) : a)
                            .toList());
        } catch (UnknownHostException e) {
            return DnsQuestion.Reply.of(Outcome.NO_SUCH_NAME);
        }
    }

    /** {@code 127.0.0.1 STREAM localhost}, once for each kind of socket. */
    private static List<String> addresses(String output) {
        return output.lines()
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length > 1 && words[1].equals("STREAM"))
                .map(words -> words[0].contains(":") ? Ipv6Text.canonical(words[0]) : words[0])
                .filter(address -> new Address.Tcp(address, 0).isLiteral())
                .distinct()
                .limit(64)
                .toList();
    }
}
