package dev.gatemend.nginx.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatemend.model.ConfigurationProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** Spoils configurations the way people and copy-and-paste do. */
final class Mutants {
    private static final String SPECIAL = "{};\"'#$\\()";

    /** Touches most of what nginx's syntax knows; accepted by a plain nginx. */
    static final String RICH =
            """
            # a comment with ; and { in it
            pid gatemend.pid;
            worker_processes 2;
            events { worker_connections 64; }
            http {
                access_log off;
                log_format main '$remote_addr [$time_local] "$request" '
                                "$status \\"$http_referer\\"";
                map $http_upgrade $connection_upgrade {
                    default upgrade;
                    ~*^web\\{1} "x;y";
                    ''      close;
                }
                geo $office { default 0; 10.0.0.0/8 1; }
                split_clients "${remote_addr}a" $variant { 50% a; * b; }
                types { text/html html htm; image/png png; }
                upstream backend {
                    server 127.0.0.1:8001 weight=2 max_fails=3;
                    server 127.0.0.1:8002 backup;
                    keepalive 4;
                }
                server {
                    listen 127.0.0.1:8080;
                    server_name a.example "b.example" ~^c\\d+\\.example$;
                    set $target "http://${host}/x";
                    location / {
                        proxy_set_header Host $host;
                        proxy_read_timeout 1m30s;
                        proxy_pass http://backend;
                        if ($request_method = "POST") {
                            return 405 "no; {never}\\n";
                        }
                    }
                    location ~ \\.php$ {
                        fastcgi_param X 'it''s';
                        fastcgi_pass unix:/run/php.sock;
                        limit_except GET { deny all; }
                    }
                    location = /x# { rewrite ^/(.*)$ /y/$1 break; }
                }
            }
            """
                    .replace("'it''s'", "'its'");

    private Mutants() {}

    static byte[] spoil(byte[] original, Random random) {
        int at = random.nextInt(original.length + 1);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(original, at);
            case 1 -> insert(original, at, (byte) SPECIAL.charAt(random.nextInt(SPECIAL.length())));
            case 2 -> delete(original, at, 1 + random.nextInt(20));
            default -> deleteSpecial(original, at);
        };
    }

    /**
     * Compares nginx's verdict with ours.
     *
     * @return whether nginx refused the syntax
     */
    static boolean compare(NginxOracle oracle, byte[] text, String name) {
        NginxOracle.Verdict verdict = oracle.ask(text);
        Optional<ConfigurationProblem> ours = RefusalTest.firstProblem(text);
        String shown = name + ":\n" + new String(text, UTF_8) + "\nnginx: " + verdict;
        if (verdict.isSyntax()) {
            assertThat(ours).as(shown).isPresent();
            assertThat(ours.get().position().line()).as(shown).isEqualTo(verdict.line());
            assertThat(ours.get().message()).as(shown).startsWith(verdict.message());
            return true;
        }
        if (verdict.accepted()) {
            assertThat(ours).as(shown).isEmpty();
        } else {
            ours.ifPresent(
                    problem ->
                            assertThat(problem.position().line())
                                    .as(shown)
                                    .isGreaterThanOrEqualTo(verdict.line()));
        }
        return false;
    }

    private static byte[] deleteSpecial(byte[] original, int from) {
        for (int i = from; i < original.length; i++) {
            if (SPECIAL.indexOf(original[i]) >= 0) {
                return delete(original, i, 1);
            }
        }
        return original;
    }

    private static byte[] delete(byte[] original, int at, int count) {
        int end = Math.min(original.length, at + count);
        byte[] result = Arrays.copyOf(original, original.length - (end - at));
        System.arraycopy(original, end, result, at, original.length - end);
        return result;
    }

    private static byte[] insert(byte[] original, int at, byte value) {
        byte[] result = Arrays.copyOf(original, original.length + 1);
        System.arraycopy(original, at, result, at + 1, original.length - at);
        result[at] = value;
        return result;
    }
}
