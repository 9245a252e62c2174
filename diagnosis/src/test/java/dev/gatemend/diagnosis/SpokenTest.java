package dev.gatemend.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTest {
    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, HTTP",
        "SSH-2.0-OpenSSH_9.2p1, SSH",
        "220 mail.example ESMTP Postfix, MAIL_OR_FTP",
        "-ERR wrong number of arguments, REDIS",
        "Status: 200 OK, SCGI",
        "* OK IMAP4rev1, IMAP",
        "'\u0015\u0003\u0001\u0000\u0002', TLS",
        "'\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000', HTTP2",
        "'\u0001\u0006\u0000\u0001', FASTCGI",
        "'J\u0000\u0000\u0000\n8.0.36', MYSQL"
    })
    void firstBytesTellTheProtocol(String bytes, Spoken spoken) {
        assertThat(Spoken.by(bytes)).contains(spoken);
    }

    @ParameterizedTest
    @CsvSource({"hello", "OK", "''", "X-HTTP/1.1 200"})
    void otherBytesTellNothing(String bytes) {
        assertThat(Spoken.by(bytes)).isEmpty();
    }
}
