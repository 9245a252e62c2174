package dev.gatemend.lab;

import java.io.IOException;
import java.util.List;

/** Faults of group E: nginx and the application talk, and do not understand each other. */
final class Misunderstanding {
    private static final Ask BIG_COOKIE = Ask.of(Shop.SITE, "/cookie/9000", 502);

    private Misunderstanding() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("response-header-too-big/node", "a cookie of 9,000 bytes")
                        .needs(Need.NODE)
                        .setUp(Shop::nodeOnPort)
                        .asks(BIG_COOKIE)
                        .breaks(Bench::misbehave)
                        .undoes(Bench::behave),
                Scenario.of(
                                "response-header-too-big/gunicorn-unix",
                                "a cookie of 9,000 bytes, sent by gunicorn over its socket")
                        .needs(Need.GUNICORN)
                        .setUp(Shop::gunicornOnSocket)
                        .asks(BIG_COOKIE)
                        .breaks(Bench::misbehave)
                        .undoes(Bench::behave),
                mismatch(
                        "https-to-plaintext",
                        "nginx speaks TLS, the application does not",
                        "proxy_pass https://%s;"),
                mismatch(
                        "fastcgi-to-http",
                        "fastcgi_pass to a server that speaks HTTP",
                        "fastcgi_pass %s; fastcgi_param REQUEST_METHOD $request_method;"),
                mismatch(
                        "grpc-to-http1",
                        "grpc_pass to a server that speaks HTTP/1",
                        "grpc_pass grpc://%s;"),
                Scenario.of(
                                "protocol-mismatch/http-to-tls",
                                "the application switched to TLS, nginx did not")
                        .needs(Need.PYTHON, Need.OPENSSL)
                        .setUp(Shop::pythonOnPort)
                        .asks(Shop.cart(502))
                        .breaks(Misunderstanding::restartWithTls)
                        .undoes(Misunderstanding::restartPython),
                malformed(
                        "control-character",
                        "a control character in a header's name",
                        "HTTP/1.1 200 OK\\r\\nX-Sess\\x01ion: 1\\r\\n\\r\\nhello",
                        502),
                malformed(
                        "no-colon",
                        "a header line without a colon",
                        "HTTP/1.1 200 OK\\r\\nContent Type text/html\\r\\n\\r\\nhello",
                        502),
                malformed(
                        "bad-status-line",
                        "a status line without a status",
                        "HTTP/1.1 OK\\r\\nContent-Length: 5\\r\\n\\r\\nhello",
                        0),
                malformed(
                        "bad-chunk",
                        "a chunk whose size is no number",
                        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz\\r\\nhello",
                        0));
    }

    private static Scenario mismatch(String variant, String story, String pass) {
        return Scenario.of("protocol-mismatch/" + variant, story)
                .needs(Need.NODE)
                .setUp(Shop::nodeOnPort)
                .asks(Shop.cart(502))
                .breaks(bench -> Shop.moves(bench, pass.formatted(bench.loopback("app"))))
                .undoes(bench -> Shop.moves(bench, Shop.proxyToApp(bench)));
    }

    /** The application is replaced by something that always sends the same bytes. */
    private static Scenario malformed(String variant, String story, String answer, int status) {
        return Scenario.of("malformed-upstream-response/" + variant, story)
                .needs(Need.PYTHON)
                .setUp(Shop::pythonOnPort)
                .asks(Shop.cart(status))
                .breaks(
                        bench -> {
                            bench.program("shop").stop();
                            bench.apps().parrot("shop", bench.loopback("app"), answer);
                        })
                .undoes(Misunderstanding::restartPython);
    }

    private static void restartWithTls(Bench bench) throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().pythonTls("shop", bench.loopback("app"));
    }

    private static void restartPython(Bench bench) throws IOException, InterruptedException {
        bench.program("shop").stop();
        bench.apps().python("shop", bench.loopback("app"));
    }
}
