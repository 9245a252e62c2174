package dev.gatemend.watch;

import dev.gatemend.host.FollowablePlaces;
import dev.gatemend.model.CouldNotLook;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxInstallation;
import dev.gatemend.model.NginxMaster;
import dev.gatemend.model.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the nginx that is there. */
interface Scout {
    /** Looks, in well under a second. */
    Surroundings look(Instant now) throws InterruptedException;

    /** Something changed: another look would see something else. Cheap. */
    boolean seesChange(Instant now);

    /**
     * What is there.
     *
     * @param expected configurations that something says should be served
     * @param problems what could not be looked at, each with its reason
     */
    record Surroundings(
            List<NginxMaster> masters,
            List<NginxConfiguration> configurations,
            Set<String> expected,
            FollowablePlaces logs,
            List<String> problems) {
        static Surroundings of(Snapshot snapshot, FollowablePlaces logs) {
            List<NginxMaster> masters = snapshot.facts(NginxMaster.class).toList();
            return new Surroundings(
                    masters,
                    snapshot.facts(NginxConfiguration.class)
                            .filter(one -> masters.stream().anyMatch(one::isOf))
                            .toList(),
                    snapshot.facts(NginxInstallation.class)
                            .filter(installation -> installation.expected().isPresent())
                            .map(NginxInstallation::configuration)
                            .collect(Collectors.toSet()),
                    logs,
                    Stream.concat(
                                    snapshot.facts(CouldNotLook.class)
                                            .map(one -> one.source() + ": " + one.why()),
                                    logs.problems().stream().map(one -> "logs: " + one))
                            .distinct()
                            .toList());
        }

        /** Those that are served, by names that stay over a restart. */
        Set<String> running() {
            return masters.stream().map(Surroundings::name).collect(Collectors.toSet());
        }

        int sites() {
            return configurations.stream().mapToInt(one -> one.sites().size()).sum();
        }

        private static String name(NginxMaster master) {
            return master.container().map(container -> container + ":").orElse("")
                    + master.configuration();
        }
    }
}
