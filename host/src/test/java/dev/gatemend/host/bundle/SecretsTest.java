package dev.gatemend.host.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Cookie: session=abc; theme=dark | Cookie: [redacted]",
                "Set-Cookie: id=abc; HttpOnly | Set-Cookie: [redacted]",
                "Authorization: Bearer abc.def | Authorization: [redacted]",
                "curl -H 'Authorization: Basic dXNlcjpwYXNz' http://x/ | curl -H 'Authorization: [redacted]' http://x/",
                "postgres://app:s3cret@db.internal:5432/shop | postgres://app:[redacted]@db.internal:5432/shop",
                "GET /x?token=abc123&page=2 HTTP/1.1 | GET /x?token=[redacted]&page=2 HTTP/1.1",
                "GET /x?a=1&api_key=abc HTTP/1.1 | GET /x?a=1&api_key=[redacted] HTTP/1.1",
                "DB_PASSWORD=hunter2 PORT=8000 | DB_PASSWORD=[redacted] PORT=8000",
                "app --password hunter2 --port 8000 | app --password [redacted] --port 8000",
                "app --db-password=hunter2 | app --db-password=[redacted]",
                "{\"secret\": \"abc\", \"port\": 1} | {\"secret\": \"[redacted]\", \"port\": 1}",
                "said eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def here | said [redacted] here",
                "AWS AKIAIOSFODNN7EXAMPLE | AWS [redacted]"
            })
    void takesSecretsOut(String text, String redacted) {
        assertThat(Secrets.hide(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect() to unix:/run/app.sock failed (13: Permission denied)",
                "upstream sent too big header while reading response header from upstream",
                "GET /signin?page=2 HTTP/1.1",
                "http://127.0.0.1:8000/token",
                "proxy_set_header Host $host",
                "sudo setfacl -m u:www-data:x /home/deploy",
                "nginx: the \"user\" directive makes sense only with super-user privileges",
                "2026/11/21 10:00:00 [error] 12#12: *3 side effect",
                "https://shop.example:8443/a@b"
            })
    void leavesTheRestAsItIs(String text) {
        assertThat(Secrets.hide(text)).isEqualTo(text);
    }

    @Test
    void doingItTwiceChangesNothingMore() {
        String once = Secrets.hide("Cookie: a=b\nDB_PASSWORD=x postgres://u:p@h/");

        assertThat(Secrets.hide(once)).isEqualTo(once);
    }

    @Test
    void hostileTextTakesNoLongerThanOrdinary() {
        String text = ("password".repeat(500) + "://a:" + "_token-".repeat(500)).repeat(8);

        assertThatCode(
                        () ->
                                org.junit.jupiter.api.Assertions.assertTimeout(
                                        Duration.ofSeconds(5), () -> Secrets.hide(text)))
                .doesNotThrowAnyException();
    }
}
