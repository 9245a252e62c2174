package dev.gatemend.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    /** The first causes; a cause without a scenario has never been seen for real. */
    private static final Set<String> FIRST_CAUSES =
            Set.of(
                    "app-error",
                    "app-hung",
                    "app-not-running",
                    "disk-full",
                    "fd-limit",
                    "firewall-blocked",
                    "invalid-nginx-config",
                    "malformed-upstream-response",
                    "nginx-not-running",
                    "protocol-mismatch",
                    "resolver-cannot-resolve",
                    "resolver-missing",
                    "response-header-too-big",
                    "slow-upstream-read-timeout",
                    "socket-dir-permission",
                    "socket-permission",
                    "socket-unlinked",
                    "stale-socket",
                    "temp-dir-permission",
                    "upstream-dns-not-found",
                    "upstream-own-error",
                    "worker-connections-exhausted",
                    "wrong-bind-address",
                    "wrong-port",
                    "wrong-socket-path");

    @Test
    void makeEachOfTheFirstCausesAtLeastOnce() {
        assertThat(
                        Scenarios.all().stream()
                                .flatMap(scenario -> scenario.cause().stream())
                                .collect(Collectors.toSet()))
                .containsAll(FIRST_CAUSES);
    }

    @Test
    void areThereWhereTheyArePlayedWithAnotherNginx() throws IOException {
        assertThat(Scenarios.all())
                .extracting(Scenario::id)
                .containsAll(DiagnosisOnTheBenchCheck.selection());
    }

    @Test
    void areRealInAllPartsUnlessTheirCauseCannotBeMadeHere() {
        assertThat(Scenarios.all())
                .filteredOn(scenario -> !scenario.scored())
                .extracting(scenario -> scenario.cause().orElse(""))
                .containsOnly("selinux-denied");
    }

    @Test
    void haveDifferentIds() {
        assertThat(Scenarios.all()).extracting(Scenario::id).doesNotHaveDuplicates();
    }

    @Test
    void areSetApartByTheirIdsAloneAboutAThirdOfThem() {
        // CRC-32 of the bytes, as zlib has it: a number that is the same for ever, everywhere.
        assertThat(Scenario.of("wrong-port/node-moved", "x").setApart()).isTrue();
        assertThat(Scenario.of("wrong-port/python-config", "x").setApart()).isFalse();
        assertThat(Scenarios.all().stream().filter(Scenario::setApart).count())
                .isBetween(Scenarios.all().size() / 4L, Scenarios.all().size() / 2L);
    }

    @Test
    void haveControlsWhereNothingIsWrong() {
        assertThat(Scenarios.all())
                .filteredOn(s -> s.cause().isEmpty())
                .hasSizeGreaterThanOrEqualTo(15);
    }
}
