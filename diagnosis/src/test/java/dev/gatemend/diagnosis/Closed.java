package dev.gatemend.diagnosis;

import static dev.gatemend.diagnosis.MatterBuilder.NOW;
import static dev.gatemend.diagnosis.Refusals.PEER;

import dev.gatemend.model.Address;
import dev.gatemend.model.ErrorEntry;
import dev.gatemend.model.NginxConfiguration;
import dev.gatemend.model.Pass;
import dev.gatemend.model.PassKind;
import dev.gatemend.model.PassTarget;
import dev.gatemend.model.Peer;
import dev.gatemend.model.Setting;
import dev.gatemend.model.Settings;
import dev.gatemend.model.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests on which the peer closed the connection before it answered. */
public final class Closed {
    private Closed() {}

    /** Ten of them in the last minute; {@code request} as in {@code POST /cart HTTP/1.1}. */
    public static MatterBuilder on(String request) {
        return on(request, "reading response header from upstream");
    }

    public static MatterBuilder on(String request, String phase) {
        ErrorEntry plain =
                MatterBuilder.entry(
                        "upstream-prematurely-closed",
                        "upstream prematurely closed connection",
                        0,
                        phase);
        ErrorEntry entry =
                new ErrorEntry(
                        plain.id(),
                        true,
                        plain.level(),
                        plain.time(),
                        plain.pid(),
                        plain.connection(),
                        plain.message(),
                        plain.errno(),
                        plain.phase(),
                        plain.client(),
                        plain.server(),
                        Optional.of(request),
                        plain.subrequest(),
                        plain.upstream(),
                        plain.host(),
                        plain.referrer(),
                        0,
                        false);
        return new MatterBuilder()
                .trouble(Trouble.CLOSED)
                .peer(PEER)
                .logged(entry, 10, NOW.minusSeconds(60), NOW.minusSeconds(1));
    }

    /** A pass by HTTP to an upstream block {@code shop} of this one peer. */
    public static NginxConfiguration configured(Settings upstream, Setting... settings) {
        Peer peer =
                new Peer(
                        Address.parse(PEER, 80).orElseThrow(),
                        1,
                        1,
                        Duration.ofSeconds(10),
                        0,
                        false,
                        false,
                        false,
                        Optional.of(Written.at(3)));
        return Written.configuration(
                new Pass(
                        PassKind.PROXY,
                        "http",
                        "http://shop",
                        new PassTarget.Group("shop"),
                        Written.at(12)),
                List.of(
                        new Upstream(
                                "shop",
                                false,
                                false,
                                List.of(peer),
                                upstream,
                                Optional.of(Written.at(2)))),
                settings);
    }

    /** A header that nginx sends in place of the client's. */
    public static Setting header(int line, String name, String value) {
        return Written.setting(line, "proxy_set_header", name, value);
    }
}
