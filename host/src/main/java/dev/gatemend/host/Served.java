package dev.gatemend.host;

import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.NginxMaster;
import java.util.List;

/** Which running nginx serves what a configuration says. */
final class Served {
    private Served() {}

    /**
     * The masters of a configuration.
     *
     * @return one when the configuration was read for it; those that use its path when it was read
     *     for nobody; none when none runs
     */
    static List<NginxMaster> by(Look look, NginxConfiguration configuration) {
        return look.facts(NginxMaster.class)
                .filter(
                        m ->
                                configuration.nginx() == 0
                                        ? m.configuration().equals(configuration.path())
                                        : m.pid() == configuration.nginx())
                .toList();
    }
}
