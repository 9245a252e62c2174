package dev.gatemend.cli;

import java.util.List;
import picocli.CommandLine.ParseResult;

/** {@code gatemend nginx}: what the reading of nginx knows, for scripts and for the curious. */
final class NginxCommand implements Command {
    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String summary() {
        return "Read nginx's configuration and logs as nginx does.";
    }

    @Override
    public List<Command> subcommands() {
        return List.of(
                new NginxClassifyCommand(), new NginxMapCommand(), new NginxReprintCommand());
    }

    @Override
    public int run(ParseResult words, Screen screen) {
        throw new UsageException("which command? gatemend nginx --help lists them");
    }
}
