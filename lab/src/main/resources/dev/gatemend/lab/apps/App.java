import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * A small application: App.java HOST:PORT MISBEHAVE
 *
 * <p>/wait and /say as in app.py. While there is a file MISBEHAVE, /slow, /status and /cookie do, too,
 * what they do there.
 */
class App {
    public static void main(String[] arguments) throws Exception {
        String bind = arguments[0];
        int colon = bind.lastIndexOf(':');
        var address =
                new InetSocketAddress(
                        bind.substring(0, colon), Integer.parseInt(bind.substring(colon + 1)));
        Path misbehave = Path.of(arguments[1]);
        HttpServer server = HttpServer.create(address, 128);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(
                "/",
                exchange -> {
                    String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
                    String what = path[0];
                    if (what.matches("slow|status|cookie") && !Files.exists(misbehave)) {
                        what = "";
                    }
                    if (what.matches("wait|slow")) {
                        pause(Double.parseDouble(path[1]));
                    }
                    if (what.equals("cookie")) {
                        exchange.getResponseHeaders()
                                .set("Set-Cookie", "session=" + "a".repeat(Integer.parseInt(path[1])));
                    }
                    int status = what.matches("say|status") ? Integer.parseInt(path[1]) : 200;
                    byte[] body = "hello from java\n".getBytes();
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        System.out.println("ready");
    }

    private static void pause(double seconds) {
        try {
            Thread.sleep((long) (seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
