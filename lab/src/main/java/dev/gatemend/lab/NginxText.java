package dev.gatemend.lab;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a scenario writes into its nginx.conf, with {@link Placeholders}.
 *
 * @param main lines of the main level
 * @param events lines of {@code events}
 * @param http what stands beside the sites
 * @param sites the inside of each server block, by server_name
 */
record NginxText(String main, String events, String http, Map<String, String> sites) {
    NginxText {
        sites = Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    }

    /** Has it written when nginx is started. */
    void into(Bench bench) throws IOException {
        NginxServer nginx = bench.nginx();
        if (!main.isBlank()) {
            nginx.main(Placeholders.fill(bench, main));
        }
        if (!events.isBlank()) {
            nginx.events(Placeholders.fill(bench, events));
        }
        if (!http.isBlank()) {
            nginx.http(nameOf(http), Placeholders.fill(bench, http));
        }
        for (Map.Entry<String, String> site : sites.entrySet()) {
            nginx.site(site.getKey(), Placeholders.fill(bench, site.getValue()));
        }
    }

    /** An access log of the scenario's own replaces the usual one: each request is logged once. */
    private static String nameOf(String http) {
        return http.contains("access_log ") ? "access_log" : "scenario";
    }
}
