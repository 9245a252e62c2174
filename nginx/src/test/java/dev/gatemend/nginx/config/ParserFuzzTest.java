package dev.gatemend.nginx.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes at all: a tree that prints back, perhaps with a problem, and never an exception. */
class ParserFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyBytes(byte[] bytes) {
        assertThat(ConfigurationParser.parse("fuzz.conf", bytes).tree().print()).isEqualTo(bytes);
    }
}
