package dev.gatemend.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A systemd unit as {@code systemctl show} tells it.
 *
 * @param name {@code app.service}
 * @param activeState {@code active}, {@code inactive}, {@code failed}, {@code activating}
 * @param result {@code success}, {@code exit-code}, {@code signal}, {@code oom-kill}
 * @param exitStatus of the main process's last end
 * @param commands its ExecStart lines
 * @param listens what a socket unit listens on, or what the commands and the environment name as an
 *     address
 * @param enabled {@code enabled}, {@code disabled}, {@code masked}, {@code static}
 * @param since when the unit went into this state
 */
public record SystemdUnit(
        String name,
        String description,
        String activeState,
        String subState,
        String result,
        OptionalInt exitStatus,
        OptionalInt mainPid,
        int restarts,
        String enabled,
        List<String> commands,
        List<String> listens,
        Optional<Instant> since)
        implements Fact {
    public SystemdUnit {
        commands = List.copyOf(commands);
        listens = List.copyOf(listens);
    }
}
