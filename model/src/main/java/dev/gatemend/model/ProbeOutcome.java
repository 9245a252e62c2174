package dev.gatemend.model;

import java.time.Duration;

/** What came of a probe. */
public sealed interface ProbeOutcome {
    /**
     * The connection was established (and, for TLS, the handshake done); nothing more was asked.
     */
    record Connected(String detail) implements ProbeOutcome {}

    /** connect(2) failed at once. */
    record ConnectFailed(int errno, String text) implements ProbeOutcome {}

    /** No answer to the connect within this time: dropped packets, or a full accept queue. */
    record ConnectTimedOut(Duration waited) implements ProbeOutcome {}

    /** TLS did not come to be; the text is the library's. */
    record TlsFailed(String text) implements ProbeOutcome {}

    /** Connected, asked, and not a byte within this time. */
    record Silent(Duration waited) implements ProbeOutcome {}

    /** Connected, asked, and the peer closed (or reset) without a byte. */
    record Closed(boolean reset) implements ProbeOutcome {}

    /**
     * The peer said something.
     *
     * @param firstBytes at most 512, one character a byte (ISO 8859-1)
     * @param status of a valid HTTP status line, else -1
     * @param headerBytes size of the header when it ended, else -1
     * @param header its lines, at most 16,384 characters, cookies' values left out; empty unless a
     *     status line was read
     */
    record Answered(String firstBytes, int status, int headerBytes, String header)
            implements ProbeOutcome {
        /** An answer whose header nobody kept. */
        public Answered(String firstBytes, int status, int headerBytes) {
            this(firstBytes, status, headerBytes, "");
        }
    }
}
