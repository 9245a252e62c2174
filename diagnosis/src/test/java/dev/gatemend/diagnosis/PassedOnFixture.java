package dev.gatemend.diagnosis;

import dev.gatemend.model.AccessGroup;
import dev.gatemend.model.Address;
import dev.gatemend.model.Listener;
import dev.gatemend.model.Namespaces;
import dev.gatemend.model.ProcessState;
import dev.gatemend.model.SocketTable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Facts about a status that came from the upstream, and about who listens there. */
public final class PassedOnFixture {
    public static final String PEER = "127.0.0.1:8000";

    private PassedOnFixture() {}

    /** Twenty-four requests of this status; {@code header} empty when the format does not tell. */
    public static AccessGroup access(int status, Optional<Boolean> header) {
        return new AccessGroup(
                MatterBuilder.MASTER.pid(),
                "/var/log/nginx/access.log",
                Optional.of("shop.example"),
                Optional.of("/"),
                status,
                Optional.of(PEER),
                Optional.of(Integer.toString(status)),
                header,
                24,
                Optional.of(MatterBuilder.NOW.minusSeconds(120)),
                Optional.of(MatterBuilder.NOW.minusSeconds(2)),
                "sample",
                "/var/log/nginx/access.log:17");
    }

    /** {@code name} listens at the peer, run by {@code unit} unless that is empty. */
    public static MatterBuilder listening(MatterBuilder scene, String name, String unit) {
        Address address = Address.parse(PEER, 80).orElseThrow();
        return scene.seen(
                        new SocketTable(
                                MatterBuilder.NETWORK,
                                List.of(
                                        new Listener(
                                                address,
                                                77,
                                                OptionalInt.of(0),
                                                OptionalInt.of(511),
                                                List.of(700),
                                                33,
                                                false,
                                                OptionalLong.empty())),
                                true),
                        "sockets",
                        "ss -ltnp")
                .seen(
                        new ProcessState(
                                700,
                                1,
                                name,
                                name,
                                MatterBuilder.WORKER,
                                'S',
                                MatterBuilder.NOW.minusSeconds(86_400),
                                Namespaces.UNKNOWN,
                                unit.isEmpty() ? Optional.empty() : Optional.of(unit),
                                Optional.empty(),
                                1,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                List.of()),
                        "processes",
                        "ps");
    }
}
