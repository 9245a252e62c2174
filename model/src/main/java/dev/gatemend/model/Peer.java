package dev.gatemend.model;

import java.time.Duration;
import java.util.Optional;

/**
 * One address in an upstream, as the configuration writes it. A name that resolves to several
 * addresses is one {@code Peer} here; nginx makes one peer of each address at load.
 *
 * @param address host:port or unix socket
 * @param weight default 1
 * @param maxFails default 1; 0 switches the marking off
 * @param failTimeout default 10 s
 * @param maxConns 0 is unlimited
 * @param resolve re-resolved at run time (1.27.3 and later)
 * @param position of the {@code server} line, or of the pass for an implicit upstream
 */
public record Peer(
        Address address,
        int weight,
        int maxFails,
        Duration failTimeout,
        int maxConns,
        boolean backup,
        boolean down,
        boolean resolve,
        Optional<Position> position) {}
