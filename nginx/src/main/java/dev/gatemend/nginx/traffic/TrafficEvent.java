package dev.gatemend.nginx.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that went wrong, told while logs are followed. Texts are as the logs have them, cut at
 * {@link #LONGEST} characters: neither redacted nor safe for a terminal.
 *
 * @param at when the request ended or the entry was written; empty where the line has no time
 * @param status that the client got; empty where only the error log tells
 * @param maker of the status; unknown for what is none
 * @param attempts peers in the order they were tried
 * @param upstream name of the group, where the line has it
 * @param site as in the report: {@code $server_name}, else {@code $host}; of an entry its server
 * @param uri with its arguments
 * @param took of the request
 * @param said the error log's last word on it
 * @param log by the name it was given
 * @param line of the access log as it stands there, cut; empty where only the error log tells
 */
public record TrafficEvent(
        Kind kind,
        Optional<Instant> at,
        OptionalInt status,
        Maker maker,
        List<Attempt> attempts,
        Optional<String> upstream,
        Optional<String> site,
        Optional<String> method,
        Optional<String> uri,
        Optional<String> client,
        Optional<Duration> took,
        Optional<Said> said,
        String log,
        Optional<String> line) {
    /** Of any text in it: more than an entry of nginx has room for is worth no memory. */
    public static final int LONGEST = 1_000;

    public TrafficEvent {
        attempts = List.copyOf(attempts);
    }

    /** One whose line nobody needs. */
    public TrafficEvent(
            Kind kind,
            Optional<Instant> at,
            OptionalInt status,
            Maker maker,
            List<Attempt> attempts,
            Optional<String> upstream,
            Optional<String> site,
            Optional<String> method,
            Optional<String> uri,
            Optional<String> client,
            Optional<Duration> took,
            Optional<Said> said,
            String log) {
        this(
                kind,
                at,
                status,
                maker,
                attempts,
                upstream,
                site,
                method,
                uri,
                client,
                took,
                said,
                log,
                Optional.empty());
    }

    /** What was asked for, without arguments and with {@code {id}} for what looks like one. */
    public Optional<String> path() {
        return uri.map(UriFold::of);
    }

    /** What happened. */
    public enum Kind {
        /** A response with a status from 500 to 599. */
        FAILED,
        /** An answer below 500 after at least one failed attempt. */
        RETRIED,
        /** An answer that broke off behind its header, as the error log says. */
        CUT,
        /** An entry of the error log that no request was seen of. */
        ENTRY
    }

    /**
     * One try at a peer.
     *
     * @param status 0 when nginx wrote none
     */
    public record Attempt(String peer, int status) {}

    /**
     * What the error log says.
     *
     * @param id of the message in the catalogue
     * @param peer that it names
     * @param server that it names
     * @param told an event of kind {@link Kind#ENTRY} told it before its request was seen
     */
    public record Said(
            Optional<String> id,
            Optional<String> level,
            String message,
            Optional<String> peer,
            Optional<String> server,
            boolean told) {
        /** What names no place. */
        public Said(Optional<String> id, Optional<String> level, String message) {
            this(id, level, message, Optional.empty(), Optional.empty(), false);
        }

        Said again() {
            return new Said(id, level, message, peer, server, true);
        }
    }

    /** The same at a moment that is known by now. */
    TrafficEvent writtenAt(Optional<Instant> moment) {
        return new TrafficEvent(
                kind, moment, status, maker, attempts, upstream, site, method, uri, client, took,
                said, log, line);
    }

    TrafficEvent madeBy(Maker by, Optional<Said> because) {
        return new TrafficEvent(
                kind, at, status, by, attempts, upstream, site, method, uri, client, took, because,
                log, line);
    }

    /** So much of a text as an event has room for. */
    static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
