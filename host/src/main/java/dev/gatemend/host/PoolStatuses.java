package dev.gatemend.host;

import dev.gatemend.model.Address;
import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.StatusPage;
import dev.gatemend.model.PoolStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks the PHP-FPM pools behind nginx's peers for their status page, where their configuration has
 * one. No page of the application is asked for.
 */
public final class PoolStatuses implements Observer {
    private static final int MOST_POOLS = 64;
    private static final int AT_ONCE = 16;
    private static final Duration CONNECT = Duration.ofMillis(500);

    /** A child that is free answers within milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "php-fpm status";
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void look(Look look) throws InterruptedException {
        PeersNamed peers = PeersNamed.of(look);
        List<KeptProgram> pools =
                look.facts(KeptProgram.class)
                        .filter(p -> p.state() == KeptProgram.State.RUNNING)
                        .filter(p -> p.status().isPresent())
                        .filter(p -> !peers.among(p.listens().stream()).isEmpty())
                        .limit(MOST_POOLS)
                        .toList();
        if (pools.isEmpty()) {
            return;
        }
        // Platform threads, as PeerConnection needs.
        ExecutorService threads =
                Executors.newFixedThreadPool(
                        Math.min(AT_ONCE, pools.size()),
                        Thread.ofPlatform().daemon().name("pool-status-", 0).factory());
        try {
            List<Future<?>> asked = new ArrayList<>();
            pools.forEach(pool -> asked.add(threads.submit(() -> ask(look, pool))));
            for (Future<?> one : asked) {
                await(look, one);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Look look, Future<?> asked) throws InterruptedException {
        try {
            asked.get();
        } catch (ExecutionException e) {
            look.couldNotLook("failed: " + e.getCause());
        }
    }

    private static void ask(Look look, KeptProgram pool) {
        StatusPage page = pool.status().orElseThrow();
        String listens = pool.listens().getFirst();
        Optional<Address> address = address(page.listens().orElse(listens));
        if (address.isEmpty()) {
            look.couldNotLook("pool %s listens at %s".formatted(pool.name(), listens));
            return;
        }
        long started = System.nanoTime();
        try {
            Optional<PoolStatus.Children> children = ask(look, address.get(), page.path());
            look.add(
                    new PoolStatus(
                            pool.name(),
                            listens,
                            page.listens().isPresent(),
                            Duration.ofNanos(System.nanoTime() - started),
                            children),
                    "cgi-fcgi -bind -connect " + connectable(address.get()));
        } catch (IOException e) {
            look.couldNotLook(
                    "the status page of pool %s at %s: %s"
                            .formatted(pool.name(), address.get(), e.getMessage()));
        }
    }

    private static String connectable(Address address) {
        return address instanceof Address.Unix unix ? unix.path() : address.toString();
    }

    /** A port alone is bound on all addresses (fpm_sockets.c). */
    private static Optional<Address> address(String listens) {
        String written = listens.matches("\\d{1,5}") ? "127.0.0.1:" + listens : listens;
        return Address.parse(written, 0)
                .map(
                        a ->
                                a instanceof Address.Tcp tcp && tcp.isWildcard()
                                        ? new Address.Tcp(
                                                tcp.isIpv6() ? "::1" : "127.0.0.1", tcp.port())
                                        : a);
    }

    /** Empty when no answer comes in time. */
    private static Optional<PoolStatus.Children> ask(Look look, Address address, String path)
            throws IOException {
        Path file =
                address instanceof Address.Unix unix
                        ? look.host().root().resolve(unix.path().substring(1))
                        : Path.of("");
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (PeerConnection connection = PeerConnection.open(address, file, CONNECT)) {
            connection.write(FastCgi.request(parameters(path)), PATIENCE);
            String answer =
                    FastCgi.answer(
                            (into, from) ->
                                    connection.read(
                                            into, from, Duration.ofNanos(end - System.nanoTime())));
            return Optional.of(children(answer));
        } catch (PeerConnection.TimedOut e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> parameters(String path) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("REQUEST_METHOD", "GET");
        parameters.put("SCRIPT_NAME", path);
        parameters.put("SCRIPT_FILENAME", path);
        parameters.put("REQUEST_URI", path + "?json");
        parameters.put("QUERY_STRING", "json");
        parameters.put("SERVER_PROTOCOL", "HTTP/1.1");
        return parameters;
    }

    /** A header, an empty line, and an object of JSON. */
    private static PoolStatus.Children children(String answer) throws IOException {
        int body = answer.indexOf("\r\n\r\n");
        Json status = Json.read(body < 0 ? answer : answer.substring(body + 4));
        if (status.at("pool").text().isEmpty()) {
            throw new IOException("it answered something else");
        }
        return new PoolStatus.Children(
                status.at("active processes").count().orElse(0),
                status.at("idle processes").count().orElse(0),
                status.at("listen queue").count().orElse(0),
                status.at("max children reached").count().orElse(0));
    }
}
