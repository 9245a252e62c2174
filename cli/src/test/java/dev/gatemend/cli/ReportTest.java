package dev.gatemend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
    @ParameterizedTest
    @CsvSource({
        "healthy, 0",
        "healthy-half-blind, 0",
        "closed-directory, 1",
        "no-nginx, 2",
        "configuration-unread, 2",
        "asked-in-vain, 3",
        "unknown, 3"
    })
    void endsWithTheContractsExitCode(String sample, int code) {
        assertThat(SampleReports.sample(sample).exitCode()).isEqualTo(code);
    }
}
