package dev.gatemend.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern URL = Pattern.compile("http://([a-z0-9.-]+)(/.*)");

    /** Enough to be more than an accident, little enough to be quick. */
    private static final int USUAL_TIMES = 5;

    public Ask {
        headers = List.copyOf(headers);
    }

    /** Five GET requests that get 200 when all is well. */
    static Ask of(String site, String path, int broken) {
        return new Ask(site, path, 200, broken, USUAL_TIMES, List.of(), 0);
    }

    /**
     * One GET request.
     *
     * @param url {@code http://SITE/PATH}
     */
    static Ask url(String url) throws IOException {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IOException(
                    "a URL is http://SITE/PATH, as in http://shop.example/cart: " + url);
        }
        return of(parts.group(1), parts.group(2), 200).times(1);
    }

    Ask times(int count) {
        return new Ask(site, path, healthy, broken, count, headers, upload);
    }

    Ask with(String... headerLines) {
        return new Ask(site, path, healthy, broken, times, List.of(headerLines), upload);
    }

    /** One header line more. */
    Ask withAlso(String headerLine) {
        List<String> all = new ArrayList<>(headers);
        all.add(headerLine);
        return with(all.toArray(String[]::new));
    }

    Ask uploading(int bytes) {
        return new Ask(site, path, healthy, broken, times, headers, bytes);
    }

    Ask broken(int status) {
        return new Ask(site, path, healthy, status, times, headers, upload);
    }

    Ask healthy(int status) {
        return new Ask(site, path, status, broken, times, headers, upload);
    }
}
