package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A network namespace with nothing but loopback in it, where a scenario may have addresses and
 * firewall rules of its own.
 *
 * @param name under /run/netns
 */
record Namespace(String name) {
    static Namespace create(RunDirectory directory) throws IOException, InterruptedException {
        String name = "gatemend-%08x".formatted(RandomGenerator.getDefault().nextInt());
        directory.noteNamespace(name);
        Command.run("ip", "netns", "add", name);
        Namespace namespace = new Namespace(name);
        namespace.run("ip", "link", "set", "lo", "up");
        return namespace;
    }

    /** What to put before a command so that it runs inside; the mount namespace stays as it is. */
    List<String> prefix() {
        return List.of("nsenter", "--net=/run/netns/" + name, "--");
    }

    /** Runs a short program inside. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(prefix());
        command.addAll(List.of(arguments));
        return Command.run(command);
    }

    /** Asks nginx from inside, with curl. */
    int ask(Ask ask, int port) throws IOException, InterruptedException {
        String status =
                run(
                        "curl",
                        "--silent",
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{http_code}",
                        "--max-time",
                        "20",
                        "--header",
                        "Host: " + ask.site(),
                        "http://127.0.0.1:" + port + ask.path());
        return Integer.parseInt(status.strip());
    }
}
