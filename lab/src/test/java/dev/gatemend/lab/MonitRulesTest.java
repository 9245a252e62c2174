package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MonitRulesTest {
    private static final String NGINX_CONF =
            "proxy_pass http://127.0.0.1:8000; proxy_pass http://unix:/run/blog.sock;";

    @Test
    void askInHttpWhereNginxOrAClientDoes() {
        assertThat(
                        rules(
                                unit(
                                        "nginx.service",
                                        "/run/nginx.pid",
                                        "nginx: master",
                                        "0.0.0.0:80"),
                                unit("shop.service", "", "/srv/shop/app.py", "127.0.0.1:8000")))
                .isEqualTo(
                        """
                        check process nginx with pidfile /run/nginx.pid
                            start program = "/bin/systemctl start nginx.service"
                            stop program = "/bin/systemctl stop nginx.service"
                            if failed host 127.0.0.1 port 80 protocol http then restart

                        check process shop matching "/srv/shop/app.py"
                            start program = "/bin/systemctl start shop.service"
                            stop program = "/bin/systemctl stop shop.service"
                            if failed host 127.0.0.1 port 8000 protocol http then restart
                        """);
    }

    @Test
    void askForTheSocketThatNginxDials() {
        assertThat(rules(unit("blog.service", "", "/srv/blog/app.py", "/run/blog.sock")))
                .contains("if failed unixsocket /run/blog.sock protocol http then restart\n");
    }

    @Test
    void onlyConnectToWhatOthersThanNginxDial() {
        assertThat(rules(unit("database.service", "", "/srv/database.py", "127.0.0.1:5432")))
                .contains("if failed host 127.0.0.1 port 5432 then restart\n");
    }

    @Test
    void findAProgramWithoutArgumentsByItsName() {
        WatchedUnit unit =
                new WatchedUnit("shop.service", "", List.of(), List.of("/usr/bin/shop"), List.of());

        assertThat(MonitRules.of(List.of(unit), NGINX_CONF)).contains("matching \"/usr/bin/shop\"");
    }

    @Test
    void startASocketUnitTogetherWithWhatItStarts() {
        WatchedUnit unit =
                new WatchedUnit(
                        "shop.service", "", List.of("shop.socket"), List.of("shop"), List.of());

        assertThat(MonitRules.of(List.of(unit), NGINX_CONF))
                .contains("start program = \"/bin/systemctl start shop.socket shop.service\"")
                .contains("stop program = \"/bin/systemctl stop shop.socket shop.service\"");
    }

    private static String rules(WatchedUnit... units) {
        return MonitRules.of(List.of(units), NGINX_CONF);
    }

    private static WatchedUnit unit(String name, String pidFile, String script, String address) {
        return new WatchedUnit(
                name,
                pidFile,
                List.of(),
                List.of("/usr/bin/python3", script, address),
                List.of(address));
    }
}
