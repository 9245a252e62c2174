package dev.gatemend.watch;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One request that went wrong.
 *
 * @param hidden by a retry: the client got an answer
 * @param status that the client got; empty where only the error log tells
 * @param path folded; empty when it is not known
 * @param log that tells it
 * @param logged its access log names the peer, so that answers name it, too
 * @param line as the log has it, redacted by nobody yet
 */
public record Failure(
        Place place,
        boolean hidden,
        OptionalInt status,
        Optional<String> site,
        Optional<String> peer,
        Optional<String> client,
        String path,
        String log,
        boolean logged,
        String line) {}
