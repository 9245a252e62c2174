package dev.gatemend.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A network namespace with nothing but loopback in it, where a scenario may have addresses and
 * firewall rules of its own.
 *
 * @param name under /run/netns, or what it is otherwise called
 * @param file that stands for it
 */
record Namespace(String name, Path file) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static Namespace create(RunDirectory directory) throws IOException, InterruptedException {
        String name = "gatemend-%08x".formatted(RandomGenerator.getDefault().nextInt());
        directory.noteNamespace(name);
        Command.run("ip", "netns", "add", name);
        Namespace namespace = new Namespace(name, Path.of("/run/netns", name));
        namespace.run("ip", "link", "set", "lo", "up");
        return namespace;
    }

    /** What to put before a command so that it runs inside; the mount namespace stays as it is. */
    List<String> prefix() {
        return List.of("nsenter", "--net=" + file, "--");
    }

    /** Runs a short program inside. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of(arguments));
        return Command.run(command);
    }

    /**
     * Lays a link to another one, which is called {@code shop0} here and {@code shop1} there.
     *
     * @param own address and length of this side, {@code 10.77.0.1/24}
     * @param its of the other
     */
    void linkTo(Namespace there, String own, String its) throws IOException, InterruptedException {
        List<String> link = new ArrayList<>(prefix());
        link.addAll(List.of("ip", "link", "add", "shop0", "type", "veth"));
        link.addAll(List.of("peer", "name", "shop1", "netns", there.name()));
        Command.run(link);
        run("ip", "address", "add", own, "dev", "shop0");
        there.run("ip", "address", "add", its, "dev", "shop1");
        there.run("ip", "link", "set", "shop1", "up");
        run("ip", "link", "set", "shop0", "up");
    }

    /** Asks nginx from inside, with curl; 0 when nobody answers. */
    int ask(Ask ask, int port) throws IOException, InterruptedException {
        return ask(ask, port, PATIENCE);
    }

    /** The same for a client that waits only so long, in whole seconds. */
    int ask(Ask ask, int port, Duration patience) throws IOException, InterruptedException {
        if (ask.upload() > 0 || !ask.headers().isEmpty()) {
            throw new IllegalArgumentException("only plain GET requests from inside a namespace");
        }
        List<String> command = new ArrayList<>(prefix());
        command.addAll(List.of("curl", "--silent", "--output", "/dev/null"));
        command.addAll(List.of("--max-time", Long.toString(patience.toSeconds())));
        command.addAll(List.of("--write-out", "%{http_code}", "--header", "Host: " + ask.site()));
        command.add("http://127.0.0.1:" + port + ask.path());
        return Integer.parseInt(Command.answer(command).output().strip());
    }
}
