package dev.gatemend.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8000, 127.0.0.1:8000",
        "app, app:80",
        "app:3000, app:3000",
        "[::1]:8000, [::1]:8000",
        "[0:0:0:0:0:0:0:1]:8000, [::1]:8000",
        "::1, [::1]:80",
        "unix:/run/app.sock, unix:/run/app.sock",
        "unix:/run/app.sock:, unix:/run/app.sock",
    })
    void readsWhatNginxWrites(String text, String address) {
        assertThat(Address.parse(text, 80).map(Address::toString)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unix:", "app:99999", "app:x"})
    void refusesWhatIsNoAddress(String text) {
        assertThat(Address.parse(text, 80)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "0:0:0:0:0:0:0:0, ::",
        "::ffff:127.0.0.1, ::ffff:7f00:1",
        "fe80::1%eth0, fe80::1%eth0",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "not-an-address, not-an-address",
        "1:2, 1:2",
    })
    void writesAnIpv6AddressInOneWay(String text, String canonical) {
        assertThat(Ipv6Text.canonical(text)).isEqualTo(canonical);
    }

    @Test
    void aNameIsNeverLoopbackBeforeItIsResolved() {
        assertThat(new Address.Tcp("127.example", 80).isLoopback()).isFalse();
        assertThat(new Address.Tcp("127.0.0.1", 80).isLoopback()).isTrue();
        assertThat(new Address.Tcp("::1", 80).isLoopback()).isTrue();
    }
}
