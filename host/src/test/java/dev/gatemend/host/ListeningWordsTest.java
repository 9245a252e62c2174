package dev.gatemend.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gunicorn -b 127.0.0.1:8000 app:app | 127.0.0.1:8000",
                "gunicorn --bind=[::1]:8000 app:app | [::1]:8000",
                "gunicorn --bind unix:/run/app/app.sock app | unix:/run/app/app.sock",
                "uwsgi --socket /run/uwsgi/app.socket | unix:/run/uwsgi/app.socket",
                "puma -b tcp://0.0.0.0:9292 | 0.0.0.0:9292",
                "node server.js --port 3000 | 3000",
                "PORT=3000 NODE_ENV=production | 3000",
                "http-server -p 8081 | 8081",
                "php -S localhost:8080 | localhost:8080",
                "app --listen *:5000 | 0.0.0.0:5000",
                "python3 -m http.server 8001 | 8001",
                "python3 -m http.server --bind 127.0.0.1 8001 | 8001",
                "python3 -m http.server -d /srv 8001 --cgi | 8001",
                "python2 -m SimpleHTTPServer 8000 | 8000",
                "python manage.py runserver --noreload 8000 | 8000",
            })
    void findsAnAddress(String text, String address) {
        assertThat(ListeningWords.in(text)).containsExactly(address.strip());
    }

    @Test
    void findsNoneInOtherNumbersAndPaths() {
        assertThat(
                        ListeningWords.in(
                                "DATABASE_URL=postgres://u:p@127.0.0.1:5432/x API=http://localhost:9000"
                                        + " gunicorn --workers 3 --timeout 30 --pid /run/app.pid app:main -c"
                                        + " 2026-03-01T12:00:00 python3 -m http.server --timeout 30"
                                        + " manage.py runserver-plus 4000"))
                .isEqualTo(List.of());
    }
}
