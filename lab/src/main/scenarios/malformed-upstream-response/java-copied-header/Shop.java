import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shop.java HOST:PORT FILE: while FILE is there, a length is sent beside the chunks. */
class Shop {
    public static void main(String[] arguments) throws Exception {
        String[] bind = arguments[0].split(":");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(bind[0], Integer.parseInt(bind[1])), 128);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = "hello from the shop\n".getBytes();
                    if (Files.exists(Path.of(arguments[1]))) {
                        exchange.getResponseHeaders().set("Content-Length", "" + body.length);
                    }
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        System.out.println("ready");
    }
}
