package dev.gatemend.model;

/**
 * A {@code listen} of a site.
 *
 * @param address wildcard addresses as {@code 0.0.0.0} or {@code ::}
 * @param tls {@code ssl} or {@code quic} is set
 * @param defaultServer whether it is marked (or, as the first one, made) the default server
 * @param backlog the {@code backlog=} asked for, or -1 for nginx's default (511 on Linux)
 */
public record Listen(
        Address address, boolean tls, boolean defaultServer, int backlog, Position position) {}
