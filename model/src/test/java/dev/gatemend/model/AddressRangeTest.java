package dev.gatemend.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/255.0.0.0, 10.1.2.3, true",
        "10.0.0.5-10.0.0.9, 10.0.0.9, true",
        "10.0.0.5-10.0.0.9, 10.0.0.10, false",
        "127.0.0.1, 127.0.0.1, true",
        "0.0.0.0/0, 127.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "::/0, 127.0.0.1, false",
        "10.0.0.0/8, app.example, false",
    })
    void knowsWhatLiesInside(String range, String address, boolean inside) {
        assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "1-::1"})
    void refusesWhatIsNone(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }
}
