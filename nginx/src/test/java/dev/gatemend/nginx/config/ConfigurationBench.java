package dev.gatemend.nginx.config;

import dev.gatemend.model.NginxConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;

/** Measures a configuration of 50,000 servers; run its main by hand, it asserts nothing. */
public final class ConfigurationBench {
    private static final int SERVERS = 50_000;

    private ConfigurationBench() {}

    /** Prints a line a round; the later ones are warm. */
    public static void main(String[] arguments) {
        String text = configuration();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemoryFiles files = MemoryFiles.of(text);
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            Parsed parsed = ConfigurationParser.syntax("nginx.conf", bytes);
            long syntax = System.nanoTime();
            NginxConfiguration view = files.view(MemoryFiles.OLD);
            long read = System.nanoTime();
            int printed = parsed.tree().print().length;
            long print = System.nanoTime();
            int found = finds(new LocationFinder(view));
            long find = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "%d bytes: syntax %d ms, read and view %d ms, print %d ms, %d finds %d ms%n",
                    printed,
                    (syntax - start) / 1_000_000,
                    (read - syntax) / 1_000_000,
                    (print - read) / 1_000_000,
                    found,
                    (find - print) / 1_000_000);
        }
    }

    private static int finds(LocationFinder finder) {
        int found = 0;
        for (int i = 0; i < 200_000; i++) {
            String host = "www.site" + i % SERVERS + ".example";
            found += finder.find(OptionalInt.of(80), host, "/a/b?c").isPresent() ? 1 : 0;
        }
        return found;
    }

    private static String configuration() {
        StringBuilder text = new StringBuilder("events {}\nhttp {\n");
        text.append("    upstream pool { server 127.0.0.1:8001; server 127.0.0.1:8002; }\n");
        for (int i = 0; i < SERVERS; i++) {
            text.append("    server {\n        listen 80;\n        server_name site")
                    .append(i)
                    .append(".example www.site")
                    .append(i)
                    .append(".example;\n        location / {\n")
                    .append("            proxy_set_header X-Forwarded-For $remote_addr;\n")
                    .append("            proxy_pass http://pool;\n        }\n    }\n");
        }
        return text.append("}\n").toString();
    }
}
