package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.DnsLookup;
import dev.gatemend.model.NginxMaster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How the names of peers resolve: as libc answers, which nginx asks at load, and as each of nginx's
 * own resolvers answers, which it asks at run time and which know neither hosts file nor search
 * domains.
 */
public final class Names implements Observer {
    private static final int MOST_NAMES = 200;
    private static final int AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofMillis(4_500);

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        Map<Object, Callable<Boolean>> questions = questions(look);
        long end = System.nanoTime() + DEADLINE.toNanos();
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        AT_ONCE, Thread.ofPlatform().daemon().name("dns-", 0).factory());
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            questions.values().stream()
                    .limit(MOST_NAMES)
                    .forEach(q -> running.add(threads.submit(q)));
            int late = 0;
            for (Future<Boolean> one : running) {
                late += ended(look, one, end) ? 0 : 1;
            }
            int left = late + Math.max(0, questions.size() - MOST_NAMES);
            if (left > 0) {
                look.couldNotLook(left + " names were left out for lack of time");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean ended(Look look, Future<Boolean> question, long endNanos)
            throws InterruptedException {
        try {
            return question.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            look.couldNotLook("failed: " + e.getCause());
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Each question once for each network it is asked in. */
    private static Map<Object, Callable<Boolean>> questions(Look look) {
        Map<Object, Callable<Boolean>> questions = new LinkedHashMap<>();
        for (NamesAsked asked : NamesAsked.in(look)) {
            Optional<NginxMaster> nginx = asked.nginx();
            Object view =
                    nginx.map(m -> List.of(m.namespaces().network(), m.namespaces().mount()))
                            .orElse(List.of());
            for (String name : asked.ofLibc()) {
                questions.put(List.of(view, name), () -> askLibc(look, nginx, name));
            }
            for (NamesAsked.Asked one : asked.ofResolvers()) {
                for (Address.Tcp server : one.resolver().servers()) {
                    questions.put(
                            List.of(view, one.name(), server, one.resolver().types()),
                            () -> askResolver(look, nginx, one, server));
                }
            }
        }
        return questions;
    }

    private static boolean askLibc(Look look, Optional<NginxMaster> nginx, String name)
            throws IOException, InterruptedException {
        DnsQuestion.Reply reply = new LibcNames(look.host(), nginx).ask(name);
        look.add(
                new DnsLookup(name, DnsLookup.LIBC, reply.outcome(), reply.addresses()),
                "getent ahosts " + name);
        return true;
    }

    private static boolean askResolver(
            Look look, Optional<NginxMaster> nginx, NamesAsked.Asked asked, Address.Tcp server)
            throws IOException, InterruptedException {
        List<String> hosts =
                server.isLiteral()
                        ? List.of(server.host())
                        : new LibcNames(look.host(), nginx).ask(server.host()).addresses();
        for (String host : hosts) {
            InetSocketAddress there =
                    new InetSocketAddress(InetAddress.ofLiteral(host), server.port());
            DnsQuestion question = new DnsQuestion(there, PATIENCE);
            DnsQuestion.Reply reply =
                    NginxNetwork.inside(
                            look.host(),
                            nginx,
                            () -> question.ask(asked.name(), asked.resolver().types()));
            String resolver = new Address.Tcp(host, server.port()).toString();
            look.add(
                    new DnsLookup(asked.name(), resolver, reply.outcome(), reply.addresses()),
                    "dig @" + host + " -p " + server.port() + " " + asked.name());
        }
        return true;
    }
}
