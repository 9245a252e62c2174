package dev.gatemend.lab;

import java.util.List;

/**
 * The request a scenario turns on: what clients ask for, what they get when all is well and what
 * they get when it is broken.
 *
 * @param site the Host header
 * @param path with a query, if any
 * @param healthy status when nothing is broken
 * @param broken status while it is; 0 when nginx does not answer at all
 * @param times how often clients ask while it is broken
 * @param headers further header lines, sent as they are
 * @param upload bytes of a POST body; 0 for a GET
 */
public record Ask(
        String site,
        String path,
        int healthy,
        int broken,
        int times,
        List<String> headers,
        int upload) {
    /** Enough to be more than an accident, little enough to be quick. */
    private static final int USUAL_TIMES = 5;

    public Ask {
        headers = List.copyOf(headers);
    }

    /** Five GET requests that get 200 when all is well. */
    static Ask of(String site, String path, int broken) {
        return new Ask(site, path, 200, broken, USUAL_TIMES, List.of(), 0);
    }

    Ask times(int count) {
        return new Ask(site, path, healthy, broken, count, headers, upload);
    }

    Ask with(String... headerLines) {
        return new Ask(site, path, healthy, broken, times, List.of(headerLines), upload);
    }

    Ask uploading(int bytes) {
        return new Ask(site, path, healthy, broken, times, headers, bytes);
    }

    Ask healthy(int status) {
        return new Ask(site, path, status, broken, times, headers, upload);
    }
}
