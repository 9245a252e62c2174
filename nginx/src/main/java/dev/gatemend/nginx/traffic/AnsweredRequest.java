package dev.gatemend.nginx.traffic;

import java.util.Optional;

/**
 * One request of an access log that neither failed nor hid a failed attempt. Texts are as the log
 * has them.
 *
 * @param status below 500
 * @param peer that answered; empty where the log's format does not have it, or nginx asked nobody
 * @param site as in {@link TrafficEvent}
 * @param path as {@link TrafficEvent#path}
 * @param log by the name it was given
 */
public record AnsweredRequest(
        int status,
        Optional<String> peer,
        Optional<String> site,
        Optional<String> client,
        String path,
        String log) {}
