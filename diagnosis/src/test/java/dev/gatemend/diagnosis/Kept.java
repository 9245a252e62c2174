package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.Refusals.PEER;

import dev.gatemend.model.KeptProgram;
import dev.gatemend.model.KeptProgram.Keeper;
import dev.gatemend.model.KeptProgram.State;
import java.util.List;
import java.util.Optional;

/** A program that should listen at the peer, as its keeper tells of it. */
public final class Kept {
    private Kept() {}

    /** What the keeper said comes first, as in {@code FATAL: Exited too quickly}. */
    public static KeptProgram program(Keeper keeper, State state, String said, int restarts) {
        return new KeptProgram(
                keeper,
                "shop",
                state,
                said,
                List.of(PEER),
                "/etc/shop",
                Optional.of("deploy"),
                Optional.empty(),
                List.of("/var/log/shop.log"),
                restarts,
                Optional.empty(),
                Optional.empty());
    }
}
