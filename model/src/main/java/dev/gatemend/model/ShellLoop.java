package dev.gatemend.model;

import java.util.List;

/**
 * A live shell whose script starts programs in a loop: what keeps an application running where
 * nobody set up a service manager.
 *
 * @param pid of the shell
 * @param script its file; {@code -c} where it was handed over as an argument
 * @param commands those in the body of a {@code while} or {@code until} loop that name an address
 *     to listen on, each cut at 512 characters
 */
public record ShellLoop(int pid, String script, List<String> commands) implements Fact {
    public ShellLoop {
        commands = List.copyOf(commands);
    }
}
