package dev.gatemend.nginx.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriFoldTest {
    @ParameterizedTest
    @CsvSource({
        "/orders/81723/items, /orders/{id}/items",
        "/orders/81723, /orders/{id}",
        "/u/550e8400-e29b-41d4-a716-446655440000, /u/{id}",
        "/blob/deadbeef01/raw, /blob/{id}/raw",
        "/a?page=2&x=1, /a",
        "/report;v=1, /report",
        "/v2/decade, /v2/decade",
        "/2/face, /{id}/face",
        "/, /",
        "*, *",
    })
    void foldsWhatDiffersFromRequestToRequest(String path, String folded) {
        assertThat(fold(path)).isEqualTo(folded);
    }

    @Test
    void cutsAPathWithoutEnd() {
        assertThat(fold("/1".repeat(5_000)).length()).isLessThan(600);
        assertThat(fold("/" + "x".repeat(100_000)).length()).isLessThan(600);
    }

    private static String fold(String path) {
        UriFold fold = new UriFold();
        byte[] bytes = (path + " HTTP/1.1").getBytes(StandardCharsets.UTF_8);
        fold.fold(bytes, 0, bytes.length);
        return new String(fold.folded, 0, fold.length, StandardCharsets.UTF_8);
    }
}
